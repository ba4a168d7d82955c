"""What goes into the reading of a row and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from dadkhah import canonical
from dadkhah.claims.mapping_form import Mapping
from dadkhah.records import Claim, Mention, Passage

__all__ = [
    "KEY_JOINT",
    "Ids",
    "Placeholder",
    "Placeholders",
    "Problem",
    "RowResult",
    "TableRow",
    "fingerprint",
    "key_of",
    "slot",
]

KEY_JOINT: Final = "\u241f"


class TableRow(Protocol):
    """A row as `dadkhah.sources` gives it."""

    @property
    def sheet(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Lookup[str, str]: ...
    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...
    @property
    def problems(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a row that a person should look at; `column` is empty for the whole row."""

    code: str
    row: int
    column: str
    what: str
    todo: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A first day of a year that stands for its year: the year in EDTF, and why that is said."""

    year: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The ids that a row's records had when it was first imported, so that they are kept.

    `claims` leads from a claim's slot to its id; see slot().
    """

    mention: str = ""
    passage: str = ""
    claims: Lookup[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What a row says. A row that is refused has no mention, and its problems say why."""

    mention: Mention | None
    passage: Passage | None
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    key: str = ""


Placeholders = Lookup[str, Lookup[str, Placeholder]]
"""Column, then day in EDTF, to what the day stands for."""


def key_of(row: TableRow, mapping: Mapping) -> str:
    """Give a row's key: the cells of its key columns, or of the whole row where there is none."""
    if not mapping.key:
        return fingerprint(row)
    return KEY_JOINT.join(row.cells.get(column, "").strip() for column in mapping.key)


def fingerprint(row: TableRow, mapping: Mapping | None = None) -> str:
    """Give the SHA-256 of a row's cells, so that a changed row is seen.

    Args:
        mapping: when given, a change of the mapping is a change of every row.
    """
    cells = [[name, value] for name, value in sorted(row.cells.items())]
    return canonical.digest(canonical.encode([mapping.digest if mapping else "", cells]))


def slot(predicate: str, column: str, number: int) -> str:
    """Name the place of a claim in its row: predicate, column, and which of several parts."""
    return f"{predicate}|{column}|{number}"
