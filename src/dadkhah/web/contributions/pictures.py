"""Pictures that readers sent, on the way to the page of a person: one proposes, another lets out.

What is shown is the picture drawn anew from the file, never the file. Nothing leaves without words
that say what is to be seen, a stated reason, and a disclosure of two people that names it.
"""

from __future__ import annotations

import dataclasses

from django.db import transaction

from dadkhah import disclosure as disclosures
from dadkhah import text
from dadkhah.errors import RecordError
from dadkhah.records import Claim, Contribution, Disclosure, Mention, new_id
from dadkhah.web.claims.actions import PICTURES
from dadkhah.web.claims.models import Claim as ClaimRow
from dadkhah.web.contributions.states import in_state, pictures_of
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.custody.models import Disclosure as DisclosureRow
from dadkhah.web.sources.models import Capture

__all__ = ["carried", "let_out", "propose", "take_down"]


@transaction.atomic
def propose(
    *, by: str, contribution: str, picture: str, predicate: str, seen: str, reason: str
) -> str:
    """Say of a picture that came what is to be seen and why it may be shown.

    Args:
        picture: digest of the picture drawn anew. predicate: person.portrait or person.letter.

    Returns:
        The id of the claim; it is not public.

    Raises:
        AccessError: contribution-state. RecordError: contribution-picture.
    """
    old = in_state(contribution, "accepted", "published")
    words = ClaimRow.objects.select_related("mention").filter(pk=old.claim).first()
    if words is None or words.mention.type != "person":
        raise RecordError(
            "contribution-picture",
            "Only the page of a person has pictures.",
            todo="Accept the contribution as being about a person, then propose the picture.",
        )
    drawn = Capture.objects.filter(pk=picture, parent__in=old.files, media_type="image/jpeg")
    if not drawn.exists():
        raise RecordError(
            "contribution-picture",
            "Only a picture that came with this contribution can be shown.",
            todo="Open the contribution again and choose one of its own pictures.",
        )
    if predicate not in PICTURES or not seen.strip() or not reason.strip():
        raise RecordError(
            "contribution-picture",
            "A picture needs its kind, what is to be seen, and why it may be shown.",
            todo="Say all three.",
        )
    if ClaimRow.objects.filter(mention=words.mention, value=picture).exclude(status="withdrawn"):
        raise RecordError(
            "contribution-picture",
            "This picture was proposed already.",
            todo="Take the one that stands down first, to propose it with other words.",
        )
    claim = Claim(
        id=new_id(), mention=words.mention_id, predicate=predicate, written=text.clean(seen),
        value=picture, passage=words.passage_id, author=by, basis=text.clean(reason),
    )  # fmt: skip
    append(by=by, changes=[Change(action="contributions.picture", records=[claim])])
    return claim.id


@transaction.atomic
def let_out(*, by: str, contribution: str, claim: str, ground: str) -> Disclosure:
    """Let a proposed picture be public: the second of two people, after the words are public.

    Raises:
        AccessError: disclosure-alone, disclosure-ground, contribution-state.
        RecordError: contribution-picture.
    """
    row = _picture(in_state(contribution, "published"), claim)
    record = Disclosure(
        id=new_id(), by=row.author, reviewed_by=by, at=now(), ground=ground, claims=(claim,)
    )
    disclosures.check(record)
    append(by=by, changes=[Change(action="contributions.show_picture", records=[record])])
    return record


@transaction.atomic
def take_down(*, by: str, contribution: str, claim: str) -> None:
    """Withdraw a picture, proposed or public; its words stay.

    Raises:
        AccessError: contribution-state. RecordError: contribution-picture.
    """
    row = _picture(in_state(contribution, "accepted", "published"), claim)
    open_now = DisclosureRow.objects.filter(claims=[claim], withdrawn=False)
    records = [
        *(dataclasses.replace(each.record(), withdrawn=True) for each in open_now),
        dataclasses.replace(row.record(), status="withdrawn"),
    ]
    change = Change(action="contributions.take_down_picture", records=records, replaces=True)
    append(by=by, changes=[change])


def carried(old: Contribution, words: Claim, mention: Mention) -> list[Claim]:
    """Give the pictures of words that are accepted anew, proposed again with the new ones.

    Where the new ones are about no person there is no page for a picture, and none is carried.
    """
    if mention.type != "person":
        return []
    return [
        dataclasses.replace(
            row.record(), id=new_id(), mention=mention.id, passage=words.passage,
            status="unreviewed",
        )
        for row in pictures_of(old.claim)
    ]  # fmt: skip


def _picture(old: Contribution, claim: str) -> ClaimRow:
    for row in pictures_of(old.claim):
        if row.pk == claim:
            return row
    raise RecordError(
        "contribution-picture",
        "This picture is not, or is no longer, proposed with this contribution.",
        todo="Look at the contribution again: somebody may have taken the picture down.",
    )  # fmt: skip
