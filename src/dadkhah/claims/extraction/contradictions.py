"""Where one source contradicts itself: a period and a duration, or two periods, of the same act."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dadkhah import dates
from dadkhah.claims.extraction.drafts import Draft
from dadkhah.dates import DateSpan
from dadkhah.records import Claim

__all__ = ["flag"]


def flag(draft: Draft) -> None:
    """Flag both claims of every contradiction with "contradicts:<the other's id>"."""
    for one, other in list(_pairs(draft.claims)):
        draft.flag(one.id, f"contradicts:{other.id}")
        draft.flag(other.id, f"contradicts:{one.id}")


def _pairs(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    timed = [c for c in claims if c.predicate.endswith((".date", ".duration")) and c.value]
    for one, other in combinations(timed, 2):
        same = one.mention == other.mention and one.speaker == other.speaker
        if same and _contradict(one, other):
            yield one, other


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
    return days - 60 if loose else days


def _day_words(claim: Claim) -> str:
    """Give the words of a period without its year."""
    return "".join(word for word in claim.written.split() if len(word) < 4)
