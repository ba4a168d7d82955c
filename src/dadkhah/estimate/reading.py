"""From any table to overlaps, one per stratum.

A column is one of four things, found by name and content, or told:

1. the counts: a column named so, or a last column of numbers beyond 0 and 1 when no two rows
   are otherwise alike;
2. a list: every value says on the list or not;
3. a stratum: words, with few different values;
4. a row number or an identifier, left out.

Anything else is not guessed at: the refusal names the column and what to say of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dadkhah import bundled
from dadkhah.errors import EstimateError
from dadkhah.estimate.overlaps import overlaps, tidy
from dadkhah.estimate.shapes import Row, memberships_of, rows_of
from dadkhah.estimate.values import Overlaps

__all__ = ["overlaps_from_table", "read"]


@cache
def _words(kind: str) -> frozenset[str]:
    """Column names and marks of one kind, from columns.yaml."""
    return frozenset(bundled.read("dadkhah.estimate", "columns.yaml")[kind])


_MOST_LEVELS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roles:
    """What each column is."""

    lists: tuple[str, ...]
    strata: tuple[str, ...]
    count: str | None
    chosen: bool


def read(
    data: Any,
    *,
    lists: Sequence[str] | None = None,
    count: str | None = None,
    strata: Sequence[str] | None = None,
) -> tuple[Overlaps, ...]:
    """Read overlaps from whatever holds them, one table per stratum.

    Args:
        data: overlaps; a CSV file; a pandas, Polars or Arrow table, with counts or with one row
            per person; an array of two levels per list; {"110": 6}; {("A", "B"): 6};
            {"A": {ids}, "B": {ids}}; [{"A"}, {"A", "B"}].
        lists: the columns that are lists; people on none of them are left out.
        count: the column of counts; none means one row per person.
        strata: columns that cut the people into parts; an empty list adds all parts up.

    Raises:
        EstimateError: overlaps-table-bad, overlaps-column-unclear, overlaps-cell-missing,
            and those of `tidy`.
    """
    if isinstance(data, Overlaps):
        return (tidy(data),)
    members = memberships_of(data)
    if members is not None:
        return (overlaps(members[1], list(lists or members[0])),)
    rows = rows_of(data)
    if not rows:
        raise EstimateError(
            "overlaps-table-bad",
            "The table has no rows.",
            todo="Give one row per pattern of lists, or one per person.",
        )
    roles = _roles(rows, lists, count, strata)
    return _by_stratum(rows, roles)


def overlaps_from_table(data: Any, *, stratum: str = "") -> Overlaps:
    """Read one table, its strata added up; see `read`."""
    table = read(data, strata=())[0]
    return table if not stratum else tidy(
        Overlaps(lists=table.lists, patterns=table.patterns, counts=table.counts, stratum=stratum)
    )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> float:
    """A cell as a number; NaN when it is none."""
    text = _text(value).replace("\u202f", "").replace("٬", "").replace("٫", ".")
    groups = text.split(",")
    if len(groups) > 1 and all(len(g) == 3 and g.isdigit() for g in groups[1:]):
        text = "".join(groups)
    try:
        return float(text)
    except ValueError:
        return math.nan


def _known(value: Any) -> bool:
    """Is anything written in this cell?"""
    return _text(value).casefold() not in _words("missing") | {""}


def _on(value: Any) -> bool | None:
    """On the list, not on it, or None when the cell says neither."""
    text = _text(value).casefold()
    if text in _words("yes") or text in _words("no"):
        return text in _words("yes")
    number = _number(value)
    return bool(number) if number in (0.0, 1.0) else None


def _roles(
    rows: list[Row], lists: Sequence[str] | None, count: str | None, strata: Sequence[str] | None
) -> _Roles:
    """Find out what each column is."""
    columns = [str(name) for name in rows[0]]
    for name in (*(lists or ()), *(strata or ()), *([count] if count else [])):
        if name not in columns:
            raise _unclear(name, "The table has no such column.")
    left = [c for c in columns if c not in (*(strata or ()), count)]
    counted = count or (_counts(rows, left) if lists is None else _named(left, lists))
    left = [c for c in left if c != counted]
    if lists is not None:
        return _Roles(lists=tuple(lists), strata=tuple(strata or ()), count=counted, chosen=True)
    marked, words = [], []
    for name in left:
        kind = _kind(rows, name, per_person=counted is None)
        marked += [name] if kind == "list" else []
        words += [name] if kind == "stratum" else []
    if len(marked) < 1:
        raise _unclear(", ".join(columns), "No column says who is on which list.")
    parts = tuple(words) if strata is None else tuple(strata)
    return _Roles(lists=tuple(marked), strata=parts, count=counted, chosen=False)


def _unclear(column: str, what: str) -> EstimateError:
    return EstimateError(
        "overlaps-column-unclear",
        what,
        where=column,
        todo="Say what the columns are: lists=[...], count=..., strata=[...].",
    )


def _named(columns: list[str], lists: Sequence[str]) -> str | None:
    """The column with a count's name, among those not said to be lists."""
    found = [c for c in columns if c.casefold().strip() in _words("counts") and c not in lists]
    return found[0] if len(found) == 1 else None


def _counts(rows: list[Row], columns: list[str]) -> str | None:
    """The column of counts, or None when each row is a person."""
    named = [c for c in columns if c.casefold().strip() in _words("counts")]
    if len(named) > 1:
        named = [c for c in named if not {_number(r.get(c)) for r in rows} <= {0.0, 1.0}]
    if len(named) > 1:
        raise _unclear(", ".join(named), "More than one column could be the counts.")
    if named:
        return named[0]
    last = columns[-1] if columns else ""
    numbers = [_number(row.get(last)) for row in rows if _known(row.get(last))]
    plain = bool(numbers) and not any(math.isnan(n) for n in numbers)
    beyond = plain and not set(numbers) <= {0.0, 1.0}
    others = {tuple(_text(row.get(c)) for c in columns[:-1]) for row in rows}
    return last if beyond and len(others) == len(rows) else None


def _kind(rows: list[Row], name: str, *, per_person: bool) -> str:
    """Whether a column is a list, a stratum, or nothing of use."""
    if not name.strip() or name.casefold().startswith("unnamed"):
        return "ignored"
    cells = [row.get(name) for row in rows]
    written = [c for c in cells if _known(c)]
    if all(_on(c) is not None for c in written):
        return "list"
    if name.casefold().strip() in _words("identifiers") and len({_text(c) for c in cells}) == len(
        rows
    ):
        return "ignored"
    levels = {_text(c) for c in cells}
    words = all(math.isnan(_number(c)) for c in written)
    if words and len(levels) <= min(_MOST_LEVELS, len(rows) / (5 if per_person else 1)):
        return "stratum"
    raise _unclear(name, "This column is neither a list (0 and 1), nor counts, nor a few words.")


def _by_stratum(rows: list[Row], roles: _Roles) -> tuple[Overlaps, ...]:
    """Collect the rows of each stratum, in the order they first appear."""
    blanks = {name: _blank_means_no(rows, name) for name in roles.lists}
    parts: dict[str, tuple[list[tuple[int, ...]], list[int]]] = {}
    for place, row in enumerate(rows, 2):
        pattern = tuple(_mark(row, name, blanks[name], place) for name in roles.lists)
        people = 1 if roles.count is None else _people(row.get(roles.count), any(pattern), place)
        if not any(pattern) and roles.chosen:
            continue
        label = " / ".join(_text(row.get(c)) or "not known" for c in roles.strata)
        patterns, counts = parts.setdefault(label, ([], []))
        patterns.append(pattern)
        counts.append(people)
    if not parts:
        parts[""] = ([], [])
    return tuple(
        tidy(Overlaps(lists=roles.lists, patterns=tuple(p), counts=tuple(n), stratum=label))
        for label, (p, n) in parts.items()
    )


def _blank_means_no(rows: list[Row], name: str) -> bool:
    """A column that only ever says yes means no where it is blank."""
    return not any(_on(row.get(name)) is False for row in rows if _known(row.get(name)))


def _mark(row: Row, name: str, blank_means_no: bool, place: int) -> int:
    value = row.get(name)
    said = _on(value)
    if said is None and not _known(value):
        if blank_means_no and not _text(value):
            return 0
        raise EstimateError(
            "overlaps-cell-missing",
            "It is not said whether these people are on the list.",
            where=f"row {place}, {name}",
            todo="Write 1 or 0. People of whom it is not known cannot be placed in a pattern.",
        )
    if said is None:
        raise EstimateError(
            "overlaps-pattern-bad",
            f"{_text(value)!r} is neither on the list nor off it.",
            where=f"row {place}, {name}",
            todo="Write 1 where the list names the people of this row, else 0.",
        )
    return int(said)


def _people(value: Any, listed: bool, place: int) -> int:
    """A count; the count of the unlisted may stay open, for it is what is asked."""
    if not listed and not _known(value):
        return 0
    number = _number(value)
    if not math.isfinite(number) or number != int(number):
        raise EstimateError(
            "overlaps-count-bad",
            f"{_text(value)!r} is not a whole number.",
            where=f"row {place}",
            todo="Counts are whole numbers from 0 up; patterns are 0 or 1.",
        )
    return int(number)
