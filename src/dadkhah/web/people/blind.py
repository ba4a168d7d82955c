"""Answers that wait for a second one: nobody may learn the first before giving his own.

Where a case wants each pair judged by several people, what one of them said takes effect, and is
shown to the others, once all have spoken: the register would otherwise tell it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from dadkhah.web.people import policy
from dadkhah.web.people.models import Judgement, PairToReview

__all__ = ["counted", "shown"]


def counted(rows: QuerySet[Judgement]) -> QuerySet[Judgement]:
    """Leave out judgements of people whose pair still waits for another's answer."""
    if policy.reviewers() == 1:
        return rows
    return rows.exclude(Q(run="") & _waiting(PairToReview.objects.exclude(answered="")))


def shown(rows: QuerySet[Judgement], author: str) -> QuerySet[Judgement]:
    """Leave out judgements of others on pairs that this reviewer may still be asked about."""
    if policy.reviewers() == 1:
        return rows
    open_pairs = PairToReview.objects.exclude(answered="")
    unanswered = open_pairs.exclude(answered__contains=f"|{author}|")
    return rows.exclude(Q(run="") & ~Q(by=author) & _waiting(unanswered))


def _waiting(pairs: QuerySet[PairToReview]) -> Exists:
    same = Q(left=OuterRef("left"), right=OuterRef("right"))
    turned = Q(left=OuterRef("right"), right=OuterRef("left"))
    return Exists(pairs.filter(same | turned))
