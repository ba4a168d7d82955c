"""A table, row by row: what stands in each cell as written, and where the row stands.

Rows stream: a table of any length is read in the memory of a few rows. A row that cannot be read
is a row with problems, never a row left out; a table whose shape cannot be trusted (headings, an
open quote, a line without end) stops with the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dadkhah.errors import TableError
from dadkhah.text import clean

__all__ = [
    "CELL_CHARACTERS",
    "ROW_CHARACTERS",
    "Problem",
    "Row",
    "Table",
    "headings",
    "row_of",
]

CELL_CHARACTERS: Final = 1_000_000
ROW_CHARACTERS: Final = 4_000_000
COLUMNS: Final = 2_000
HEADING_CHARACTERS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with one row, said so that a person can put it right.

    `row` counts from 1, the headings included; `column` is the heading, empty for the whole row.
    """

    code: str
    row: int
    column: str
    what: str
    todo: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: cells as written by heading, and the row's exact text.

    `text` is, in a CSV, the characters `start` to `end` of the decoded file, without the line end;
    in a workbook the cells joined by tabs, with no offsets. A row with `problems` may have no
    cells; it is to be reported, not imported.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    text: str
    start: int | None = None
    end: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table's headings, and its rows each time they are asked for.

    `sheets` names the sheets of a workbook, all of them; `sheet` is the one that is read. The
    header's own text and offsets are kept, so that header, rows and line ends make the file whole.
    """

    sheets: tuple[str, ...]
    sheet: str
    header: tuple[str, ...]
    header_row: Row
    encoding: str
    delimiter: str = ""
    opener: Callable[[], Iterator[Row]] = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        """Read the rows from the first, headings left out."""
        return self.opener()


def headings(cells: Sequence[str], where: str) -> tuple[str, ...]:
    """Check a table's headings and give them in clean form.

    Raises:
        TableError: none at all, an empty one, one that is there twice, too many, one too long.
    """
    names = tuple(clean(cell) if len(cell) <= HEADING_CHARACTERS else cell for cell in cells)
    if not any(names):
        raise TableError("table-no-header", "This table has no headings.", where=where,
                         todo="The first row must name the columns.")  # fmt: skip
    if len(names) > COLUMNS or any(len(name) > HEADING_CHARACTERS for name in names):
        raise TableError(
            "table-header-size",
            f"The first row is no row of headings: at most {COLUMNS} columns, each named in at "
            f"most {HEADING_CHARACTERS} characters.",
            where=where,
            todo="Check that this is a table and that its first row names the columns.",
        )
    seen: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if not name:
            raise TableError(
                "table-heading-empty",
                f"Column {number} has no heading.",
                where=where,
                todo="Name every column, or delete an empty one.",
            )
        if name in seen:
            raise TableError(
                "table-heading-twice",
                f"Columns {seen[name]} and {number} are both headed “{name}”.",
                where=where,
                todo="Give each column its own heading.",
            )
        seen[name] = number
    return names


def row_of(
    header: tuple[str, ...],
    values: Sequence[str],
    *,
    number: int,
    text: str,
    start: int | None = None,
    end: int | None = None,
    sheet: str = "",
    problems: tuple[Problem, ...] = (),
) -> Row:
    """Make a row of its values, with a problem where it is ragged or a cell is too large."""
    found = list(problems)
    if len(values) != len(header):
        found.append(_ragged(len(header), len(values), number, sheet))
    if len(text) > CELL_CHARACTERS:
        found.extend(
            _too_large(heading, number, sheet, len(value))
            for heading, value in zip(header, values, strict=False)
            if len(value) > CELL_CHARACTERS
        )
    cells = {} if found else dict(zip(header, values, strict=True))
    return Row(
        sheet=sheet,
        number=number,
        cells=cells,
        text=text,
        start=start,
        end=end,
        problems=tuple(found),
    )


def _ragged(expected: int, got: int, number: int, sheet: str) -> Problem:
    return Problem(
        code="row-ragged",
        row=number,
        column="",
        sheet=sheet,
        what=f"This row has {got} cells; the headings are {expected}.",
        todo="Look for a missing or an extra separator, or text that needed quotes.",
    )


def _too_large(column: str, number: int, sheet: str, size: int) -> Problem:
    return Problem(
        code="row-cell-size",
        row=number,
        column=column,
        sheet=sheet,
        what=f"This cell holds {size} characters; {CELL_CHARACTERS} is the most.",
        todo="Look for a quote that is never closed; keep long texts as sources of their own.",
    )
