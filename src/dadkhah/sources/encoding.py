"""Which encoding received bytes are in, and their text, character for character.

UTF-8 and UTF-16, with or without a byte order mark, Windows-1256 (Persian, Arabic) and
Windows-1252 (Western). Strict: text never holds a character that was not sent, and bytes of two
encodings in one file are refused with the place where they meet.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.errors import SourceError
from dadkhah.sources.detection import (
    CHUNK_BYTES,
    Bytes,
    Detected,
    detect,
    line_of,
    mark_of,
    place,
)

__all__ = ["Bytes", "Decoded", "Detected", "byte_offset", "decode", "detect", "line_of", "pieces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of received bytes without the byte order mark, line ends as they came."""

    text: str
    encoding: str
    had_bom: bool = False
    confidence: str = "certain"


def decode(data: bytes, *, declared: str = "", name: str = "") -> Decoded:
    """Decode received bytes strictly.

    Args:
        data: the whole file.
        declared: what the page itself says (a meta element); it decides only between two
            eight-bit encodings that the bytes leave open.
        name: the file's name, for the message of an error.

    Raises:
        SourceError: mixed encodings, bytes that are no text, an encoding dadkhah does not read.
    """
    found = detect(data, declared=declared, name=name)
    try:
        text = data[found.mark_bytes :].decode(found.encoding)
    except UnicodeDecodeError as error:
        raise _broken(data, found, error.start + found.mark_bytes, name) from None
    return Decoded(
        text=text,
        encoding=found.encoding,
        had_bom=found.mark_bytes > 0,
        confidence=found.confidence,
    )


def byte_offset(decoded: Decoded, character: int) -> int:
    """Give the offset in the received bytes of a character of the decoded text.

    Args:
        character: 0 to the length of the text; past it is an error.

    Raises:
        SourceError: the text has no such character.
    """
    if not 0 <= character <= len(decoded.text):
        raise SourceError(
            "source-offset",
            f"The text has {len(decoded.text)} characters, none at offset {character}.",
            todo="Give an offset inside the text.",
        )
    mark = len(mark_of(decoded.encoding)) if decoded.had_bom else 0
    return mark + len(decoded.text[:character].encode(decoded.encoding))


def _broken(data: Bytes, found: Detected, offset: int, name: str) -> SourceError:
    return SourceError(
        "encoding-mixed",
        f"This file begins as {found.encoding.upper()}, but the bytes here are not.",
        where=f"{place(name)}byte {offset}, line {line_of(data, offset)}",
        todo="Keep the file as received; find how it was joined and add each part on its own.",
    )


def pieces(data: Bytes, found: Detected) -> Iterator[str]:
    """Decode a file piece by piece, never whole."""
    decoder = codecs.getincrementaldecoder(found.encoding)()
    for start in range(found.mark_bytes, len(data), CHUNK_BYTES):
        pending = len(decoder.getstate()[0])
        end = start + CHUNK_BYTES
        try:
            yield decoder.decode(data[start:end], end >= len(data))
        except UnicodeDecodeError as error:
            raise _broken(data, found, start - pending + error.start, "") from None
