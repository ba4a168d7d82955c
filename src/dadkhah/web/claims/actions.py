"""Review claims, and let claims out of the house."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from dadkhah import disclosure as disclosures
from dadkhah.errors import AccessError, RecordError
from dadkhah.records import STATUSES, Disclosure, new_id
from dadkhah.web.claims.models import Claim
from dadkhah.web.custody.actions import Change, append, now

__all__ = ["PICTURES", "disclose", "review"]

PICTURES: Final = ("person.portrait", "person.letter")


@transaction.atomic
def review(*, by: str, claims: Sequence[str], status: str) -> int:
    """Give claims a status; the version before is kept.

    Returns:
        How many claims changed.

    Raises:
        RecordError: claim-status.
    """
    if status not in STATUSES:
        raise RecordError("claim-status", f"A claim is {', '.join(STATUSES)}.", where=status)
    rows = Claim.objects.filter(pk__in=claims).exclude(status=status).order_by("entry", "position")
    newer = [dataclasses.replace(row.record(), status=status) for row in rows]
    if newer:
        append(by=by, changes=[Change(action="claims.review", records=newer, replaces=True)])
    return len(newer)


@transaction.atomic
def disclose(
    *,
    by: str,
    reviewed_by: str,
    ground: str,
    sources: Sequence[str] = (),
    collections: Sequence[str] = (),
    predicates: Sequence[str] = (),
    claims: Sequence[str] = (),
    text_of_sources: bool = False,
    until: str = "",
) -> Disclosure:
    """Let claims be public: a decision of two people, on a stated ground.

    Raises:
        AccessError: disclosure-alone, disclosure-ground, disclosure-picture.
    """
    _refuse_what_readers_drew(claims)
    record = Disclosure(
        id=new_id(),
        by=by,
        reviewed_by=reviewed_by,
        at=now(),
        ground=ground,
        until=until,
        sources=tuple(sources),
        collections=tuple(collections),
        predicates=tuple(predicates),
        claims=tuple(claims),
        text_of_sources=text_of_sources,
    )
    disclosures.check(record)
    append(by=by, changes=[Change(action="claims.disclose", records=[record])])
    return record


def _refuse_what_readers_drew(claims: Sequence[str]) -> None:
    """Refuse pictures that readers sent: those go by a way of their own, after their words."""
    sent = Claim.objects.filter(predicate__in=PICTURES, mention__source__type="contribution")
    if not set(claims).isdisjoint(sent.values_list("pk", flat=True)):
        raise AccessError(
            "disclosure-picture",
            "A picture that a reader sent is not let out here.",
            todo="Let it out at the desk of its contribution, once the words there are public.",
        )
