"""How two dates stand to each other when each is only known as a span (CA-11).

Each span holds the possible days of one event, or the extent of one period. A relation holds
definitely, possibly or not at all, by the bounds alone.

Source: J. F. Allen, Maintaining knowledge about temporal intervals, 1983, for the relations.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final, Literal

from dadkhah.dates.span import DateSpan

__all__ = ["Answer", "Relation", "relation"]

Answer = Literal["definitely", "possibly", "no"]
_FIRST: Final = datetime.date.min.toordinal() - 1
_LAST: Final = datetime.date.max.toordinal() + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Answers about two dates, a and b; each is "definitely", "possibly" or "no".

    Args:
        before: a is over before b begins. Definite only when max(a) < min(b).
        after: the same with a and b changed over.
        equal: a and b are the same day.
        within_a_day: they are at most one day apart.
        overlaps: read as periods, a and b share at least one day.
        meets: read as periods, b begins on the day after a ends.
        during: read as periods, a lies within b.
        contains: read as periods, b lies within a.
        starts: read as periods, they begin on one day and a ends first.
        finishes: read as periods, they end on one day and a begins last.
    """

    before: Answer
    after: Answer
    equal: Answer
    within_a_day: Answer
    overlaps: Answer
    meets: Answer
    during: Answer
    contains: Answer
    starts: Answer
    finishes: Answer


def _ends(span: DateSpan) -> tuple[int, int]:
    first = _FIRST if span.earliest is None else span.earliest.toordinal()
    last = _LAST if span.latest is None else span.latest.toordinal()
    return first, last


def _answer(definite: bool, possible: bool) -> Answer:
    return "definitely" if definite else "possibly" if possible else "no"


def relation(a: DateSpan, b: DateSpan) -> Relation:
    """Compare two spans.

    `before`, `after`, `equal` and `within_a_day` ask about two events somewhere in their spans;
    the rest ask about two periods with just these bounds, where an open end leaves doubt.
    """
    first_a, last_a = _ends(a)
    first_b, last_b = _ends(b)
    shared = first_a <= last_b and first_b <= last_a
    exact = a.exact and b.exact
    apart = max(last_b - first_a, last_a - first_b)
    gap = max(first_b - last_a, first_a - last_b)
    return Relation(
        before=_answer(last_a < first_b, first_a < last_b),
        after=_answer(last_b < first_a, first_b < last_a),
        equal=_answer(exact and a == b, shared),
        within_a_day=_answer(apart <= 1, gap <= 1),
        **_periods(a, b, shared=shared),
    )


def _periods(a: DateSpan, b: DateSpan, *, shared: bool) -> dict[str, Answer]:
    """Compare two periods; where an end is open it may lie anywhere on its side."""
    sure = a.bounded and b.bounded
    begins = a.earliest is not None and a.earliest == b.earliest
    finishes = a.latest is not None and a.latest == b.latest
    next_day = (
        a.latest is not None
        and b.earliest is not None
        and (b.earliest.toordinal() - a.latest.toordinal() == 1)
    )
    known = {
        "meets": next_day,
        "during": a in b,
        "contains": b in a,
        "starts": begins and a in b and not finishes,
        "finishes": finishes and a in b and not begins,
    }
    answers = {
        name: _answer(sure and held, held or (not sure and _may(name, a, b)))
        for name, held in known.items()
    }
    return {"overlaps": _answer(_must_share(a, b), shared), **answers}


def _must_share(a: DateSpan, b: DateSpan) -> bool:
    """Say whether two periods share a known day: their bounded ends reach each other."""
    begin = [span.earliest for span in (a, b)]
    end = [span.latest for span in (a, b)]
    if None not in begin and None not in end:
        return max(d for d in begin if d) <= min(d for d in end if d)
    return False


def _may(name: str, a: DateSpan, b: DateSpan) -> bool:
    """Say whether an open end leaves a relation possible."""
    first_a, last_a = _ends(a)
    first_b, last_b = _ends(b)
    if name == "meets":
        return first_b - 1 <= last_a if a.latest is None or b.earliest is None else False
    return first_a <= last_b and first_b <= last_a
