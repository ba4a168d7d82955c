"""Whether claims about one thing can all be true: nothing but the claims is asked."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dadkhah import dates, places, predicates
from dadkhah.dates import DateSpan
from dadkhah.errors import DadkhahError
from dadkhah.records import Claim

__all__ = ["SINGLE", "apart", "contested"]

# What can have one true value only; the rest may have several, side by side.
SINGLE: Final = frozenset({
    "person.sex", "person.age", "person.birth_date", "person.birth_place", "person.death_date",
    "person.death_place", "person.disappearance_date", "person.burial_place", "person.status",
    "person.method_of_violence", "event.date", "act.date", "order.date", "group.size", "group.date",
})  # fmt: skip
# Of these a period is the extent of what happened; of a person's dates it is what is not known.
PERIODS: Final = frozenset({"event.date", "act.date"})


def contested(claims: Iterable[Claim]) -> list[tuple[str, tuple[Claim, ...]]]:
    """Give the predicates on which claims about one thing disagree, with all their claims."""
    by_predicate: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in SINGLE and claim.value is not None and claim.stance != "denies":
            by_predicate[claim.predicate].append(claim)
    return [(name, tuple(held)) for name, held in by_predicate.items() if apart(name, held)]


def apart(predicate: str, claims: Sequence[Claim]) -> bool:
    """Say whether some two readings cannot both be true.

    Dates and numbers: their spans share nothing. Places: two entries of the gazetteer of which
    neither lies in the other. Terms: two codes. A claim that a person marked "conflict" counts.
    """
    if any(claim.status == "conflict" for claim in claims):
        return True
    kind = predicates.get(predicate).value
    values = _distinct(claim.value for claim in claims)
    if predicate in PERIODS and _extents_differ(values):
        return True
    return any(_differ(kind, a, b) for a, b in itertools.combinations(values, 2))


def _extents_differ(values: Iterable[Any]) -> bool:
    """Say whether two stated periods, from a day to a day, are not the same period."""
    return len({str(value) for value in values if "/" in str(value)}) > 1


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


def _differ(kind: str, a: Any, b: Any) -> bool:
    if kind == "term":
        return True
    try:
        if kind == "date":
            return _days_differ(str(a), str(b))
        if kind == "number" and isinstance(a, Mapping) and isinstance(b, Mapping):
            return _numbers_differ(a, b)
        if kind == "place" and isinstance(a, Mapping) and isinstance(b, Mapping):
            return places.compatible(_place(a), _place(b)) == "no"
    except DadkhahError:
        return False
    return False


def _days_differ(a: str, b: str) -> bool:
    first, second = DateSpan.from_edtf(a), DateSpan.from_edtf(b)
    if first.bounded and second.bounded and not (first in second or second in first):
        return first != second
    return dates.relation(first, second).equal == "no"


def _numbers_differ(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    low = max(a.get("low") or 0, b.get("low") or 0)
    ends = [value["high"] for value in (a, b) if value.get("high") is not None]
    return bool(ends) and low > min(ends)


def _place(value: Mapping[str, Any]) -> places.Place:
    return places.read(str(value.get("as_written") or value.get("name") or ""))
