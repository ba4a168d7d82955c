"""What an import found, column by column: filled, distinct, unread, and dates not to believe."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

from dadkhah import dates
from dadkhah.claims.mapping_cells import read_cell
from dadkhah.claims.mapping_form import Column, Mapping
from dadkhah.claims.mapping_values import Placeholder, RowResult, TableRow

__all__ = ["ColumnReport", "Report", "Tally", "placeholders", "summary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReport:
    """One mapped column: how many rows fill it, with how many texts, how many are unread.

    `suspicions` are sentences about dates that look like placeholders.
    """

    column: str
    predicate: str
    filled: int
    distinct: int
    unread: int
    suspicions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An import in numbers. `keys_twice` are keys that more than one row has, with how many."""

    rows: int
    mentions: int
    claims: int
    unidentified: int
    refused: int
    problems: Counter[str]
    columns: tuple[ColumnReport, ...]
    keys_twice: dict[str, int]


@dataclass(slots=True)
class Tally:
    """Held open while rows are read; add each row, then ask for the report.

    It keeps a digest per key and per distinct text, not the texts; dates are kept as written, once
    each with their count.
    """

    mapping: Mapping
    rows: int = 0
    mentions: int = 0
    claims: int = 0
    unidentified: int = 0
    refused: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    _filled: Counter[str] = field(default_factory=Counter)
    _unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    _texts: dict[str, set[int]] = field(default_factory=dict)
    _dates: dict[str, Counter[str]] = field(default_factory=dict)
    _keys: Counter[str] = field(default_factory=Counter)

    def add(self, row: TableRow, result: RowResult) -> None:
        """Count one row and what became of it."""
        self.rows += 1
        self.problems.update(problem.code for problem in result.problems)
        if result.mention is None:
            self.refused += 1
            return
        self._keys[result.key] += 1
        self.mentions += 1
        self.claims += len(result.claims)
        self.unidentified += result.mention.unidentified
        for column in self.mapping.columns:
            self._count(column, row.cells[column.column])
        for claim in result.claims:
            if "unread" in claim.flags and claim.within is not None:
                self._unread[claim.predicate, claim.within.column] += 1

    def _count(self, column: Column, text: str) -> None:
        if not text or text.isspace():
            return
        self._filled[f"{column.predicate}|{column.column}"] += 1
        self._texts.setdefault(column.column, set()).add(hash(text))
        if column.reading == "date":
            self._dates.setdefault(column.column, Counter())[text] += 1

    def report(self) -> Report:
        """Give the numbers so far."""
        return Report(
            rows=self.rows,
            mentions=self.mentions,
            claims=self.claims,
            unidentified=self.unidentified,
            refused=self.refused,
            problems=Counter(self.problems),
            columns=tuple(map(self._column, self.mapping.columns)),
            keys_twice={key: count for key, count in self._keys.items() if count > 1},
        )

    def _column(self, column: Column) -> ColumnReport:
        values = self._dates.get(column.column, Counter()) if column.reading == "date" else {}
        found = dates.suspicious(_repeated(values)) if values else []
        return ColumnReport(
            column=column.column,
            predicate=column.predicate,
            filled=self._filled[f"{column.predicate}|{column.column}"],
            distinct=len(self._texts.get(column.column, ())),
            unread=self._unread[column.predicate, column.column],
            suspicions=tuple(item.sentence for item in found),
        )


def summary(results: Iterable[tuple[TableRow, RowResult]], mapping: Mapping) -> Report:
    """Give the report of a whole import at once."""
    tally = Tally(mapping)
    for row, result in results:
        tally.add(row, result)
    return tally.report()


def placeholders(rows: Iterable[TableRow], mapping: Mapping) -> dict[str, dict[str, Placeholder]]:
    """Find the first days of years that stand for an unknown day, before rows are applied.

    A day such as 1988-01-01 on one row in twenty or more is no day of an event: apply() then
    reads it as its year, says so in the claim's basis, and flags the claim "placeholder". Other
    suspicious days are only reported.

    Args:
        rows: the whole table once; it is read again for apply().
    """
    dated = [column for column in mapping.columns if column.reading == "date"]
    texts: dict[str, Counter[str]] = {column.column: Counter() for column in dated}
    for row in rows if dated else ():
        for column in dated:
            texts[column.column][row.cells.get(column.column, "")] += 1
    return {column.column: _standing(column, texts[column.column]) for column in dated}


def _standing(column: Column, texts: Counter[str]) -> dict[str, Placeholder]:
    days: Counter[str] = Counter()
    for text, count in texts.items():
        cell = read_cell(text, column) if text.strip() else None
        if cell is not None and isinstance(cell.value, str):
            days[cell.value] += count
    return {
        item.value: Placeholder(year=_year_of(item.value), sentence=item.sentence)
        for item in dates.suspicious(_repeated(days))
        if item.code == "placeholder-year-start"
    }


def _year_of(day: str) -> str:
    """Give the year that a first day opens: of the Gregorian or of the Solar Hijri calendar."""
    if day[5:] == "01-01":
        return day[:4]
    year = dates.to_solar_hijri(datetime.date.fromisoformat(day))[0]
    return dates.read(str(year), calendar="solar_hijri").edtf


def _repeated(values: Counter[str] | dict[str, int]) -> Iterator[str]:
    for text, count in values.items():
        yield from repeat(text, count)
