"""Which encoding bytes are in, told by the bytes themselves."""

from __future__ import annotations

import codecs
import mmap
import re
from dataclasses import dataclass
from typing import Final

from dadkhah.errors import SourceError

__all__ = ["CHUNK_BYTES", "Bytes", "Detected", "detect", "line_of", "mark_of", "place"]

Bytes = bytes | mmap.mmap

CHUNK_BYTES: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF32_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_PUNCTUATION: Final = re.compile(rb"\xe2\x80[\x80-\xbf]")
# A high byte inside or beside an ASCII word: the manner of Western languages.
_IN_LATIN_WORD: Final = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
# Two letters of the Arabic script side by side, as Windows-1256 writes them.
_ARABIC_PAIR: Final = re.compile(
    rb"[\x81\x8d\x8e\x90\x98\xc0-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed]{2}"
)
_CERTAIN_SEQUENCES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """An encoding by its Python name, the mark's length in bytes, and how sure that is.

    `confidence` is "certain" (a mark, or UTF-8 that proves itself), "likely" (the statistics of
    the bytes agree) or "weak" (nothing contradicts it).
    """

    encoding: str
    mark_bytes: int = 0
    confidence: str = "certain"


def detect(data: Bytes, *, declared: str = "", name: str = "") -> Detected:
    """Find the encoding of bytes without building their text.

    Args:
        data: bytes, or a memory map of a file of any size.

    Raises:
        SourceError: as for decode().
    """
    marked = _by_mark(data, name)
    if marked is not None:
        return marked
    if data.find(b"\0") >= 0:
        return _utf16_or_refuse(data, name)
    invalid = _first_invalid_utf8(data)
    if invalid is None:
        return Detected(encoding="utf-8", confidence=_utf8_confidence(data))
    _refuse_controls(data, name)
    _refuse_mixture(data, invalid, name)
    return _eight_bit(data, invalid, declared, name)


def line_of(data: Bytes, offset: int) -> int:
    """Give the number of the line, from 1, on which a byte stands."""
    return sum(1 for _ in re.finditer(rb"\n", memoryview(data)[:offset])) + 1


def _by_mark(data: Bytes, name: str) -> Detected | None:
    head = data[:4]
    if head in _UTF32_MARKS:
        raise SourceError(
            "encoding-unknown",
            "This file is in UTF-32, which dadkhah does not read.",
            where=name,
            todo="Keep the file, and add a copy saved as UTF-8.",
        )
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Detected(encoding=encoding, mark_bytes=len(mark))
    return None


def mark_of(encoding: str) -> bytes:
    """Give the byte order mark of an encoding, empty where it has none."""
    return next((mark for mark, name in _MARKS if name == encoding), b"")


def _utf8_confidence(data: Bytes) -> str:
    return "certain" if _HIGH_RUN.search(data) else "likely"


def _first_invalid_utf8(data: Bytes) -> int | None:
    """Give the offset of the first byte that is not UTF-8, in one pass over pieces of the file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), CHUNK_BYTES):
        pending = len(decoder.getstate()[0])
        final = start + CHUNK_BYTES >= len(data)
        try:
            decoder.decode(data[start : start + CHUNK_BYTES], final)
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return None


def _utf16_or_refuse(data: Bytes, name: str) -> Detected:
    """Tell UTF-16 without a mark from bytes that are no text, by its spaces and line ends."""
    sample = data[: CHUNK_BYTES & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        if len(data) % 2 == 0 and _looks_like_utf16(sample, encoding):
            return Detected(encoding=encoding, confidence="likely")
    raise _not_text(data, data.find(b"\0"), "a zero byte", name)


def _not_text(data: Bytes, offset: int, what: str, name: str) -> SourceError:
    return SourceError(
        "source-binary",
        f"This is not text: it holds {what}.",
        where=f"{place(name)}byte {offset}, line {line_of(data, offset)}",
        todo="Check that the file is what its name says; nothing of it was read.",
    )


def _looks_like_utf16(sample: bytes, encoding: str) -> bool:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return False
        text = sample[: error.start].decode(encoding)
    if "\0" in text or not text:
        return False
    usual = sum(1 for letter in text if _is_usual(ord(letter)))
    return usual >= 0.95 * len(text)


def _is_usual(code: int) -> bool:
    return (
        32 <= code < 0x250
        or code in (9, 10, 13)
        or 0x600 <= code < 0x700
        or 0x2000 <= code < 0x2070
        or 0xFB50 <= code <= 0xFEFF
    )


def _refuse_controls(data: Bytes, name: str) -> None:
    found = _CONTROL.search(data)
    if found:
        raise _not_text(data, found.start(), "a control character", name)


def _refuse_mixture(data: Bytes, invalid: int, name: str) -> None:
    """Refuse a file of which one part is surely UTF-8 and another surely is not."""
    proof = _proof_of_utf8(data)
    if proof is None:
        return
    offset = max(invalid, proof) if invalid > proof else proof
    line = line_of(data, offset)
    other = (
        "is not UTF-8, but text before it is"
        if offset == invalid
        else ("is UTF-8, but text before it is not")
    )
    raise SourceError(
        "encoding-mixed",
        f"This file mixes encodings: the text here {other}.",
        where=f"{place(name)}byte {offset}, line {line}",
        todo="Keep the file as received; find how it was joined and add each part on its own.",
    )


def _proof_of_utf8(data: Bytes) -> int | None:
    """Find text that is UTF-8 and hardly anything else; give its offset.

    One eight-bit pair in twenty passes for UTF-8 by chance, so that proof needs several with
    hardly an exception on the line, or a punctuation mark of three bytes on its own.
    """
    valid, invalid, first, line_end = 0, 0, -1, -1
    for run in _HIGH_RUN.finditer(data):
        if run.start() > line_end:
            if valid >= max(_CERTAIN_SEQUENCES, 2 * invalid):
                return first
            valid, invalid, first = 0, 0, run.start()
            line_end = data.find(b"\n", run.start())
            line_end = len(data) if line_end < 0 else line_end
        if _PUNCTUATION.fullmatch(run.group()):
            return run.start()
        sequences = _SEQUENCE.findall(run.group())
        valid += len(sequences)
        invalid += len(run.group()) - sum(map(len, sequences))
    return first if valid >= max(_CERTAIN_SEQUENCES, 2 * invalid) else None


def _eight_bit(data: Bytes, invalid: int, declared: str, name: str) -> Detected:
    arabic = sum(1 for _ in _ARABIC_PAIR.finditer(data))
    western = sum(1 for _ in _IN_LATIN_WORD.finditer(data))
    cp1252_able = re.search(rb"[\x81\x8d\x8f\x90\x9d]", data) is None
    if arabic > 3 * western:
        return Detected(encoding="cp1256", confidence="likely")
    if western > 3 * arabic and cp1252_able:
        return Detected(encoding="cp1252", confidence="likely")
    named = {"windows-1256": "cp1256", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
    if declared.lower() in named:
        return Detected(encoding=named[declared.lower()], confidence="likely")
    if not arabic and not western and cp1252_able:
        return Detected(encoding="cp1252", confidence="weak")
    raise SourceError(
        "encoding-unknown",
        "This text is not UTF-8, and neither Windows-1256 nor Windows-1252 reads it well.",
        where=f"{place(name)}byte {invalid}, line {line_of(data, invalid)}",
        todo="Keep the file, and add a copy saved as UTF-8.",
    )


def place(name: str) -> str:
    """Give a file's name as the beginning of where an error stands."""
    return f"{name}, " if name else ""
