"""Take words out of received bytes: the file is made anew, and what stays keeps its place (EV-16).

A character that goes is written over with one sign, so that every other passage of the text still
stands at its offsets. A row of a workbook that goes is emptied and the workbook written anew.
"""

from __future__ import annotations

import codecs
import dataclasses
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import openpyxl

from dadkhah.errors import AnchorError, DadkhahError
from dadkhah.records import Anchor
from dadkhah.sources import kinds
from dadkhah.sources.detection import mark_of
from dadkhah.sources.encoding import Decoded, decode
from dadkhah.sources.readers.xlsx import guard

__all__ = [
    "MARK",
    "blank",
    "blank_rows",
    "find",
    "holds",
    "place_of",
    "redact_anchor",
    "redact_text",
    "redact_value",
]

MARK: Final = "#"
Span = tuple[int, int]
_BROKEN: Final = (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile)


def find(text: str, words: Iterable[str]) -> list[Span]:
    """Find every place of some words in a text, however their spaces and line ends fall."""
    return [
        (found.start(), found.end())
        for pattern in map(_pattern, words)
        if pattern is not None
        for found in pattern.finditer(text)
    ]


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [re.escape(part) for part in words.split()]
    whole = r"(?<!\w)" + r"(?:\s|&nbsp;)+".join(parts) + r"(?!\w)"
    return re.compile(whole, re.IGNORECASE) if parts else None


def blank(text: str, spans: Iterable[Span]) -> str:
    """Write over the characters of some spans; line ends stay, so that lines keep their numbers."""
    signs = list(text)
    for start, end in spans:
        for at in range(max(0, start), min(end, len(signs))):
            if signs[at] not in "\r\n":
                signs[at] = MARK
    return "".join(signs)


def redact_text(data: bytes, text: str) -> bytes:
    """Write received bytes anew, with another text of the same length, in the same encoding.

    Raises:
        AnchorError: redaction-encoding when the new bytes would not read back to that text.
    """
    before = decode(data)
    for made in _spellings(text, before):
        if _reads_as(made, text):
            return made
    raise AnchorError(
        "redaction-encoding",
        "Without these words the encoding of this text can no longer be told.",
        todo="Erase the capture whole.",
    )


def _spellings(text: str, before: Decoded) -> Iterator[bytes]:
    mark = mark_of(before.encoding) if before.had_bom else b""
    yield mark + text.encode(before.encoding)
    yield codecs.BOM_UTF8 + text.encode()


def _reads_as(data: bytes, text: str) -> bool:
    try:
        return decode(data).text == text
    except DadkhahError:
        return False


def blank_rows(data: bytes, rows: Mapping[str, Sequence[int]]) -> bytes:
    """Empty rows of a workbook, and write the whole of it anew.

    Args:
        rows: sheet to the numbers of its rows, from 1.

    Raises:
        AnchorError: redaction-workbook when it cannot be opened or has no such sheet.
    """
    try:
        guard(data)
        book = openpyxl.load_workbook(io.BytesIO(data))
        for sheet, numbers in rows.items():
            for number in numbers:
                for cell in book[sheet or book.sheetnames[0]][number]:
                    cell.value = None
        out = io.BytesIO()
        book.save(out)
    except _BROKEN as error:
        raise AnchorError(
            "redaction-workbook",
            "This workbook cannot be written anew.",
            where=str(error),
            todo="Erase the capture whole.",
        ) from error
    return out.getvalue()


def holds(data: bytes, words: Iterable[str], media_type: str) -> bool:
    """Say whether any of some words still stands in bytes: their text, or a workbook's parts."""
    if media_type == kinds.XLSX:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            texts = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    else:
        texts = [decode(data).text]
    wanted = list(words)
    return any(find(text, wanted) for text in texts)


def redact_anchor(anchor: Anchor, text: str) -> Anchor:
    """Read an anchor's words anew from the text that stands now; offsets are as they were."""
    if anchor.start is None or anchor.end is None:
        return anchor
    first = anchor.start - len(anchor.before)
    return dataclasses.replace(
        anchor,
        quote=text[anchor.start : anchor.end],
        before=text[first : anchor.start],
        after=text[anchor.end : anchor.end + len(anchor.after)],
    )


def redact_value(value: Any, words: Sequence[str]) -> Any:
    """Write over some words wherever they stand in a record's fields."""
    if isinstance(value, str):
        return blank(value, find(value, words))
    if isinstance(value, Mapping):
        return {name: redact_value(item, words) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [redact_value(item, words) for item in value]
    return value


def place_of(anchor: Mapping[str, Any]) -> Span | None:
    """Give the characters that a kept anchor speaks of, when it counts characters."""
    start, end = anchor.get("start"), anchor.get("end")
    return None if start is None or end is None else (start, end)
