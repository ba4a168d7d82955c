"""Rows of one sheet of a workbook (ECMA-376), read without loading it and without trusting it."""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO
from itertools import islice, repeat
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from dadkhah.errors import SourceError, TableError
from dadkhah.sources.rows import Problem, Row, Table, headings, row_of

__all__ = ["BYTES", "PARTS", "RATIO", "SHARED_BYTES", "guard", "table"]

BYTES: Final = 1 << 30
"""Most that a workbook may unpack to, all parts together."""
SHARED_BYTES: Final = 256 << 20
"""Most that any part but a sheet may unpack to: such parts are held in memory."""
RATIO: Final = 150
"""Most that one part may grow when it is unpacked, from 10 MB on."""
PARTS: Final = 10_000
# What openpyxl and zipfile raise when the parts of a workbook do not fit together.
_BROKEN: Final = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError, OSError,
    RuntimeError,
    ParseError, zipfile.BadZipFile, zlib.error, InvalidFileException,
)  # fmt: skip
_SMALL_BYTES: Final = 10 << 20
_EMPTY_ROWS: Final = 1_000


def table(
    data: bytes | Path, *, sheet: str = "", formulas: str = "refuse", name: str = ""
) -> Table:
    """Open one sheet of a workbook; see `tables.rows`.

    A date cell is written as ISO text, a whole number without a fraction, a merged cell as its
    first cell with the others empty, as the workbook itself holds it.
    """
    guard(data, name)
    with _opened(data, values=False, name=name) as book:
        names = tuple(book.sheetnames)
        chosen = sheet or _only_sheet(book, names, name)
        if chosen not in names:
            raise TableError(
                "table-sheet",
                f"This workbook has no sheet “{chosen}”; it has {_listed(names)}.",
                where=name,
                todo="Name one of its sheets.",
            )
        place = f"{name}, sheet {chosen}, row 1".lstrip(", ")
        first = _first_row(book[chosen], name)
        texts = [_written(value) for value in first]
        header = headings(texts, place)
    header_row = row_of(header, texts, number=1, text="\t".join(texts), sheet=chosen)
    return Table(
        sheets=names,
        sheet=chosen,
        header=header,
        header_row=header_row,
        encoding="",
        opener=partial(_read, data, chosen, header, formulas, name),
    )


def guard(data: bytes | Path, name: str = "") -> None:
    """Refuse a workbook that would unpack to far more than it is, before unpacking any of it.

    Raises:
        SourceError: too many parts, too large, or growing too much (a "zip bomb"); broken.
    """
    try:
        with zipfile.ZipFile(_file(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError, ValueError):
        raise _broken(name) from None
    for part in parts:
        grown = part.file_size > _SMALL_BYTES and part.file_size > RATIO * part.compress_size
        held = part.file_size > SHARED_BYTES and not part.filename.startswith("xl/worksheets/")
        if grown or held:
            raise _bomb(f"its part {part.filename} unpacks from {part.compress_size} to "
                        f"{part.file_size} bytes", name)  # fmt: skip
        if part.flag_bits & 1:
            raise SourceError("workbook-locked", "This workbook is protected by a password.",
                              where=name, todo="Add a copy saved without a password.")  # fmt: skip
    total = sum(part.file_size for part in parts)
    if total > BYTES or len(parts) > PARTS:
        raise _bomb(f"it unpacks to {total} bytes in {len(parts)} parts", name)
    if len({part.filename for part in parts}) != len(parts):
        raise _broken(name)


def _file(data: bytes | Path) -> BytesIO | Path:
    return BytesIO(data) if isinstance(data, bytes) else data


@contextmanager
def _opened(data: bytes | Path, *, values: bool, name: str) -> Iterator[Any]:
    """Have a workbook open.

    Its bytes are handed over, never its path: a capture's name is its digest, and openpyxl opens no
    path that does not end in .xlsx.
    """
    with ExitStack() as held:
        try:
            file = held.enter_context(data.open("rb") if isinstance(data, Path) else BytesIO(data))
            book = openpyxl.load_workbook(
                file, read_only=True, data_only=values, keep_links=False, rich_text=False
            )
        except _BROKEN:
            raise _broken(name) from None
        held.callback(book.close)
        yield book


def _only_sheet(book: Any, names: tuple[str, ...], name: str) -> str:
    try:
        filled = [title for title in names if _has_content(book[title])]
    except _BROKEN:
        raise _broken(name) from None
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise TableError("table-no-header", "This workbook has no cells.", where=name,
                         todo="The first row must name the columns.")  # fmt: skip
    raise TableError(
        "table-sheet",
        f"This workbook has {len(filled)} sheets with content: {_listed(filled)}.",
        where=name,
        todo="Say which one is read (sheet: in the mapping), and import each on its own.",
    )


def _first_row(sheet: Any, name: str) -> tuple[Any, ...]:
    try:
        return _trimmed(next(_cells(sheet), ()))
    except _BROKEN:
        raise _broken(name) from None


def _has_content(sheet: Any) -> bool:
    """Say whether a sheet has a filled cell in its first rows; a chart has no rows."""
    rows = islice(_cells(sheet), _EMPTY_ROWS) if hasattr(sheet, "iter_rows") else iter(())
    return any(_trimmed(row) for row in rows)


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Give each row's values; the size that the sheet claims for itself is not believed."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _trimmed(values: Sequence[Any]) -> tuple[Any, ...]:
    """Leave out empty cells past the last that holds something."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return tuple(values[:end])


def _read(
    data: bytes | Path, sheet: str, header: tuple[str, ...], formulas: str, name: str
) -> Iterator[Row]:
    with ExitStack() as held:
        book = held.enter_context(_opened(data, values=False, name=name))
        values: Iterator[Sequence[Any]] = repeat(())
        if taken := formulas == "values":
            computed = held.enter_context(_opened(data, values=True, name=name))
            values = _cells(computed[sheet])
        try:
            for number, (row, known) in enumerate(
                zip(_cells(book[sheet]), values, strict=False), start=1
            ):
                cells = _trimmed(row)
                if number > 1 and cells:
                    yield _row(header, cells, known, number, sheet, taken=taken)
        except _BROKEN:
            raise _broken(name, sheet) from None


def _row(
    header: tuple[str, ...],
    cells: Sequence[Any],
    known: Sequence[Any],
    number: int,
    sheet: str,
    *,
    taken: bool,
) -> Row:
    texts: list[str] = []
    problems: list[Problem] = []
    for position, value in enumerate(cells):
        if _is_formula(value):
            value = known[position] if taken and position < len(known) else None
            if value is None:
                problems.append(_formula(header, position, number, sheet, taken=taken))
        texts.append(_written(value))
    texts.extend([""] * (len(header) - len(texts)))
    return row_of(
        header, texts, number=number, text="\t".join(texts), sheet=sheet, problems=tuple(problems)
    )


def _is_formula(value: Any) -> bool:
    return (isinstance(value, str) and len(value) > 1 and value.startswith("=")) or (
        type(value).__name__ in ("ArrayFormula", "DataTableFormula")
    )


def _formula(
    header: tuple[str, ...], position: int, number: int, sheet: str, *, taken: bool
) -> Problem:
    heading = header[position] if position < len(header) else ""
    cell = f"{get_column_letter(position + 1)}{number}"
    return Problem(
        code="row-formula",
        row=number,
        column=heading,
        sheet=sheet,
        what=f"Cell {cell} holds a formula" + (" that was never computed." if taken else "."),
        todo="Put the value in its place"
        + ("." if taken else ", or write formulas: values to take the last computed value."),
    )


def _written(value: Any) -> str:
    """Write a cell's value as text: dates in ISO form, whole numbers without a fraction."""
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else str(value)


def _moment(value: datetime.datetime) -> str:
    midnight = value.time() == datetime.time()
    return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    str: lambda value: value,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    float: lambda value: str(int(value)) if value.is_integer() else repr(value),
    datetime.datetime: _moment,
    datetime.date: datetime.date.isoformat,
    datetime.time: datetime.time.isoformat,
}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _bomb(why: str, name: str) -> SourceError:
    return SourceError(
        "workbook-bomb",
        f"This workbook is refused before it is unpacked: {why}.",
        where=name,
        todo="Ask whoever gave it for the table as CSV.",
    )


def _broken(name: str, sheet: str = "") -> SourceError:
    return SourceError(
        "workbook-broken",
        "This workbook cannot be read: its parts do not fit together.",
        where=f"{name}, sheet {sheet}" if sheet else name,
        todo="Open it in a spreadsheet program and save it anew, or ask for the table as CSV.",
    )
