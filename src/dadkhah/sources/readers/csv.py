"""Rows of a CSV file: separator found, quoted line breaks kept, offsets exact (RFC 4180)."""

from __future__ import annotations

import contextlib
import mmap
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from dadkhah.errors import SourceError, TableError
from dadkhah.sources import encoding as encodings
from dadkhah.sources.rows import ROW_CHARACTERS, Problem, Row, Table, headings, row_of

__all__ = ["DELIMITERS", "dialect", "table"]

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE_CHARACTERS: Final = 64_000
_QUOTED_BODY: Final = re.compile(r'[^"]*(?:""[^"]*)*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How this file separates cells and ends lines."""

    delimiter: str
    line_end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """The text of one row with its line end, and the offset where it begins."""

    text: str
    start: int
    closed: bool


def table(data: bytes | Path, encoding: str = "", *, formulas: str, name: str = "") -> Table:
    """Open a CSV file; see `tables.rows`."""
    with _opened(data) as content:
        found = encodings.detect(content, name=name)
        if encoding and _plain(encoding) != _plain(found.encoding):
            found = encodings.Detected(encoding=encoding, mark_bytes=found.mark_bytes)
        sample = _sample(content, found)
        shape = dialect(sample)
        first = next(_records(content, found, shape, name), None)
    if first is None or not first.text.strip():
        raise TableError("table-no-header", "This table has no headings.", where=name,
                         todo="The first row must name the columns.")  # fmt: skip
    _refuse_open(first, 1, name)
    values = _split(_body(first.text), shape.delimiter)
    header = headings(values, f"{name}, row 1".lstrip(", "))
    header_row = _row(header, first, 1, shape, formulas="values")
    return Table(
        sheets=(),
        sheet="",
        header=header,
        header_row=header_row,
        encoding=found.encoding,
        delimiter=shape.delimiter,
        opener=partial(_read, data, found, shape, header, formulas, name),
    )


def dialect(sample: str) -> Dialect:
    """Find the separator that cuts the first lines into the same number of cells.

    Where two do, the one that cuts into more; where none does, the comma.
    """
    line_end = "\n" if "\n" in sample or "\r" not in sample else "\r"
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        counts = _cells_per_line(sample, delimiter, line_end)
        if not counts or counts[0] < 2:
            continue
        same = Counter(counts)[counts[0]] / len(counts)
        if (same, counts[0]) > best_score:
            best, best_score = delimiter, (same, counts[0])
    return Dialect(delimiter=best, line_end=line_end)


def _cells_per_line(sample: str, delimiter: str, line_end: str) -> list[int]:
    counts = []
    shape = Dialect(delimiter=delimiter, line_end=line_end)
    for record in _cut(iter((sample,)), shape, ""):
        if record.closed and record.text.strip():
            counts.append(len(_split(_body(record.text), delimiter)))
        if len(counts) > 50:
            break
    complete = sample.endswith(line_end) or len(counts) < 2 or len(sample) < SAMPLE_CHARACTERS
    return counts if complete else counts[:-1]


@contextlib.contextmanager
def _opened(data: bytes | Path) -> Iterator[encodings.Bytes]:
    if isinstance(data, bytes):
        yield data
        return
    with data.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content


def _sample(content: encodings.Bytes, found: encodings.Detected) -> str:
    return next(encodings.pieces(content, found), "")[:SAMPLE_CHARACTERS]


def _plain(encoding: str) -> str:
    plain = encoding.lower().replace("_", "-").removesuffix("-sig")
    return plain.replace("windows-", "cp")


def _read(
    data: bytes | Path,
    found: encodings.Detected,
    shape: Dialect,
    header: tuple[str, ...],
    formulas: str,
    name: str,
) -> Iterator[Row]:
    with _opened(data) as content:
        for number, record in enumerate(_records(content, found, shape, name), start=1):
            if number == 1 or not record.text.strip():
                continue
            _refuse_open(record, number, name)
            yield _row(header, record, number, shape, formulas)


def _records(
    content: encodings.Bytes, found: encodings.Detected, shape: Dialect, name: str
) -> Iterator[_Record]:
    return _cut(encodings.pieces(content, found), shape, name)


def _cut(texts: Iterator[str], shape: Dialect, name: str) -> Iterator[_Record]:
    """Cut text into rows: at line ends that no quote encloses."""
    start, size, open_quote = 0, 0, False
    held: list[str] = []
    for line in _lines(texts, shape.line_end, name):
        if open_quote or '"' in line:
            open_quote = _ends_open(line, shape.delimiter, open_quote)
        held.append(line)
        size += len(line)
        if open_quote:
            _refuse_long(size, start, len(held), name)
            continue
        text = held[0] if len(held) == 1 else "".join(held)
        held, size = [], 0
        yield _Record(text=text, start=start, closed=True)
        start += len(text)
    if held:
        yield _Record(text="".join(held), start=start, closed=False)


def _lines(texts: Iterator[str], line_end: str, name: str) -> Iterator[str]:
    """Give lines with their ends; a line past the limit is refused before it is whole."""
    rest, offset = "", 0
    for text in texts:
        parts = (rest + text).split(line_end)
        rest = parts.pop()
        for part in parts:
            offset += len(part) + 1
            yield part + line_end
        if len(rest) > ROW_CHARACTERS:
            raise _too_long(offset, name)
    if rest:
        yield rest


def _ends_open(line: str, delimiter: str, inside: bool) -> bool:
    """Say whether a line ends inside quotes: a quote opens a cell only at the cell's start."""
    at = 0
    while at >= 0:
        if inside or line.startswith('"', at):
            at = _quote_end(line, at if inside else at + 1)
            if at >= len(line):
                return True
            inside = False
        at = line.find(delimiter, at) + 1 or -1
    return False


def _quote_end(text: str, at: int) -> int:
    """Give where the quote closes that is open at `at`, or the text's length."""
    found = _QUOTED_BODY.match(text, at)
    return found.end() if found else at


def _split(text: str, delimiter: str) -> list[str]:
    """Cut a row into cells as written, quotes undone."""
    if '"' not in text:
        return text.split(delimiter)
    values, at = [], 0
    while at <= len(text):
        if text.startswith('"', at):
            end = _quote_end(text, at + 1)
            stop = text.find(delimiter, end + 1)
            stop = len(text) if stop < 0 else stop
            values.append(text[at + 1 : end].replace('""', '"') + text[end + 1 : stop])
        else:
            stop = text.find(delimiter, at)
            stop = len(text) if stop < 0 else stop
            values.append(text[at:stop])
        at = stop + 1
    return values


def _body(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _row(
    header: tuple[str, ...], record: _Record, number: int, shape: Dialect, formulas: str
) -> Row:
    body = _body(record.text)
    values = _split(body, shape.delimiter)
    problems: tuple[Problem, ...] = ()
    if formulas == "refuse" and "=" in body:
        problems = _formulas(header, values, number)
    return row_of(
        header,
        values,
        number=number,
        text=body,
        start=record.start,
        end=record.start + len(body),
        problems=problems,
    )


def _formulas(header: tuple[str, ...], values: list[str], number: int) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            code="row-formula",
            row=number,
            column=heading,
            what="This cell holds a formula, not a value.",
            todo="Put the value in its place, or write formulas: values to take it as written.",
        )
        for heading, value in zip(header, values, strict=False)
        if value.startswith("=") and len(value) > 1
    )


def _refuse_open(record: _Record, number: int, name: str) -> None:
    if not record.closed:
        raise TableError(
            "table-quote",
            "A quote opened in this row is never closed.",
            where=f"{name}, row {number}, character {record.start}".lstrip(", "),
            todo="Close the quote, or double it where it is part of the text.",
        )


def _refuse_long(size: int, start: int, lines: int, name: str) -> None:
    if size > ROW_CHARACTERS:
        raise TableError(
            "table-quote",
            f"A quote opened here is not closed within {lines} lines.",
            where=f"{name}, character {start}".lstrip(", "),
            todo="Close the quote, or double it where it is part of the text.",
        )


def _too_long(offset: int, name: str) -> SourceError:
    return SourceError(
        "source-line-length",
        f"A line that begins here is longer than {ROW_CHARACTERS} characters; no table has such.",
        where=f"{name}, character {offset}".lstrip(", "),
        todo="Check that this is a table and that its line ends were not lost.",
    )
