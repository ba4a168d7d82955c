"""In which state a contribution is, and what goes when it leaves that state."""

from __future__ import annotations

import dataclasses
from typing import Any

from dadkhah.errors import AccessError
from dadkhah.records import Contribution
from dadkhah.web.claims.actions import PICTURES
from dadkhah.web.claims.models import Claim as ClaimRow
from dadkhah.web.contributions import models
from dadkhah.web.custody.models import Disclosure as DisclosureRow

__all__ = ["closed_disclosures", "in_state", "pictures_of", "withdrawn_claims"]


def in_state(contribution: str, *states: str) -> Contribution:
    """Give a contribution that is in one of some states, held until the change is made.

    Raises:
        AccessError: contribution-state.
    """
    row = models.Contribution.objects.select_for_update().filter(pk=contribution).first()
    if row is None or row.state not in states:
        raise AccessError(
            "contribution-state",
            "This cannot be done with a contribution in this state.",
            where="gone" if row is None else row.state,
            todo="Look at it again: somebody may have decided meanwhile.",
        )
    record: Contribution = row.record()
    return record


def pictures_of(claim: str) -> list[ClaimRow]:
    """Give the pictures that stand with the words of a contribution, those withdrawn left out."""
    words = ClaimRow.objects.filter(pk=claim).first()
    if words is None:
        return []
    rows = ClaimRow.objects.filter(mention=words.mention_id).select_related("mention")
    return [row for row in rows if row.predicate in PICTURES and row.status != "withdrawn"]


def withdrawn_claims(old: Contribution, *, words: bool = True) -> list[Any]:
    """Give the pictures of a contribution, and its words, as withdrawn."""
    rows = pictures_of(old.claim)
    if words:
        rows += ClaimRow.objects.filter(pk=old.claim).exclude(status="withdrawn")
    return [dataclasses.replace(row.record(), status="withdrawn") for row in rows]


def closed_disclosures(old: Contribution) -> list[Any]:
    """Give the disclosures of a contribution and its pictures, no longer in force."""
    rows = list(DisclosureRow.objects.filter(pk=old.disclosure))
    for picture in pictures_of(old.claim):
        rows += DisclosureRow.objects.filter(claims=[picture.pk], withdrawn=False)
    return [dataclasses.replace(row.record(), withdrawn=True) for row in rows]
