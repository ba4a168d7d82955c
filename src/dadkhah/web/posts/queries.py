"""Who is said to have held which post at a chosen day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dadkhah.dates.edtf import bounds
from dadkhah.errors import DateTextError
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody.access import Reader

__all__ = ["Tenure", "at", "tenures"]

MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One claim that someone held a post, and the bounds of the time it speaks of.

    Args:
        post: the post as the source names it. begins, ends: None is an open end.
        dated: whether the claim says when.
    """

    claim: Said
    post: str
    begins: datetime.date | None
    ends: datetime.date | None
    dated: bool


def tenures(reader: Reader) -> list[Tenure]:
    """Give every claim that someone holds or held a post."""
    rows = seen(reader).filter(predicate="person.holds_post").exclude(status="withdrawn")
    return [_tenure(claim) for claim in newest_last(said(reader, rows[:MOST]))]


def at(found: list[Tenure], day: datetime.date) -> tuple[dict[str, list[Tenure]], list[Tenure]]:
    """Choose what may hold on a day.

    Returns: the dated claims whose bounds hold the day, by post; and those that name no time.
    """
    held: dict[str, list[Tenure]] = {}
    for tenure in found:
        if tenure.dated and _holds(tenure, day):
            held.setdefault(tenure.post, []).append(tenure)
    return dict(sorted(held.items())), [tenure for tenure in found if not tenure.dated]


def _holds(tenure: Tenure, day: datetime.date) -> bool:
    return (tenure.begins is None or tenure.begins <= day) and (
        tenure.ends is None or tenure.ends >= day
    )


def _tenure(claim: Said) -> Tenure:
    post = claim.target_label or claim.written
    try:
        begins, ends = bounds(claim.when) if claim.when else (None, None)
    except DateTextError:
        begins, ends = None, None
    return Tenure(
        claim=claim,
        post=post,
        begins=begins,
        ends=ends,
        dated=begins is not None or ends is not None,
    )
