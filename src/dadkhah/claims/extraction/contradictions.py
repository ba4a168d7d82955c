"""Where one source contradicts itself: a period and a duration, or two periods, of the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from dadkhah import dates
from dadkhah.claims.extraction.drafts import Draft
from dadkhah.dates import DateSpan
from dadkhah.records import Claim

__all__ = ["flag"]

_MOST: Final = 40
_SLACK: Final = 20


def flag(draft: Draft) -> None:
    """Flag both claims of every contradiction with "contradicts:<the other's id>"."""
    flags: dict[str, list[str]] = defaultdict(list)
    for one, other in _pairs(draft.claims):
        flags[one.id].append(f"contradicts:{other.id}")
        flags[other.id].append(f"contradicts:{one.id}")
    draft.flag(flags)


def _pairs(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pair the times that one speaker gives of one thing, of many the first ones."""
    timed: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate.endswith((".date", ".duration")) and claim.value:
            timed[claim.mention, claim.speaker].append(claim)
    for told in timed.values():
        yield from (pair for pair in combinations(told[:_MOST], 2) if _contradict(*pair))


def _contradict(one: Claim, other: Claim) -> bool:
    kinds = one.predicate.split(".")[1], other.predicate.split(".")[1]
    if kinds == ("date", "date"):
        return _apart(one, other)
    if set(kinds) == {"date", "duration"}:
        date, duration = (one, other) if kinds[0] == "date" else (other, one)
        return _too_long(date, duration)
    return False


def _apart(one: Claim, other: Claim) -> bool:
    """Two dates of one act that share no day and are not the ends of one period."""
    spans = DateSpan.from_edtf(one.value), DateSpan.from_edtf(other.value)
    return dates.relation(*spans).overlaps == "no"


def _too_long(date: Claim, duration: Claim) -> bool:
    """Compare the least that a period can last with the most that the duration allows."""
    least, most = _least_days(date), _most_days(duration)
    return least is not None and most is not None and least > most


def _most_days(claim: Claim) -> int | None:
    lengths = [found.length_days for found in dates.find(claim.written) if found.length_days]
    return lengths[0][1] if lengths else None


def _least_days(claim: Claim) -> int | None:
    """Give the fewest days of a period: it may begin late and end early within its two ends."""
    first, slash, last = str(claim.value).partition("/")
    if not slash or ".." in (first, last) or not first or not last:
        return None
    begins, ends = DateSpan.from_edtf(first).latest, DateSpan.from_edtf(last).earliest
    if begins is None or ends is None:
        return None
    days = (ends - begins).days + 1
    # A month of another calendar is written with its days: each end may lie anywhere in its month.
    loose = len(first) > 7 and len(last) > 7 and not any(ch.isdigit() for ch in _day_words(claim))
    if loose:
        return days - 60
    return days - _SLACK if _in_part(claim) else days


def _in_part(claim: Claim) -> bool:
    """Say whether an end is part of a month ("late September"), which may be any day of it."""
    return any(
        inference.code == "part-of-period"
        for found in dates.find(claim.written)
        for inference in found.date.inferences
    )


def _day_words(claim: Claim) -> str:
    """Give the words of a period without its year."""
    return "".join(word for word in claim.written.split() if len(word) < 4)
