"""What officers decide about a contribution: ask, accept, publish, refuse, hide, take back.

Nothing is changed in place: each decision is a newer version of the contribution's record, with
what comes of it, in one entry of the log. Publishing needs a second person.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dadkhah import disclosure as disclosures
from dadkhah import people, text
from dadkhah.errors import RecordError
from dadkhah.records import Anchor, Claim, Contribution, Disclosure, Mention, Passage, new_id
from dadkhah.sources.language import detect
from dadkhah.web.contributions import message, pictures, reasons, tickets
from dadkhah.web.contributions.arrivals import Arrivals, arriving, words_of
from dadkhah.web.contributions.states import closed_disclosures, in_state, withdrawn_claims
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people import index
from dadkhah.web.people.models import IndexedPerson, Membership
from dadkhah.web.sources.models import Source as SourceRow

__all__ = ["accept", "ask", "hide", "publish", "refuse", "retract", "shown_words"]

TOOL = "dadkhah.contributions.shown"
PREDICATES = {"person": "person.contribution", "place": "place.contribution"}
WHY_LINKED = "linked by the officer who accepted the contribution"


@transaction.atomic
def ask(*, by: str, contribution: str, question: str) -> None:
    """Ask the sender something; the question waits behind the receipt code."""
    old = in_state(contribution, "received", "asked", "accepted")
    said = {"from": "case", "at": tickets.today(), "text": text.clean(question)[:2000]}
    state = "asked" if old.state != "accepted" else old.state
    _decide(by, "contributions.ask", dataclasses.replace(
        old, state=state, exchange=(*old.exchange, said), by=by, decided=tickets.today()
    ))  # fmt: skip


@transaction.atomic
def accept(
    *,
    by: str,
    contribution: str,
    about: str,
    decision: str = "",
    withhold: Sequence[str] = (),
) -> str:
    """Accept as testimony: the words become a claim of their own source, in the case's hands.

    Args:
        about: what it is about, as the officer sees it; a person is linked by a judgement.
        decision: what is done about it, for everybody to read; a correction needs one.
        withhold: words that are not to be shown. Pictures that were proposed stay proposed, unless
            it is about no person now.

    Returns:
        The id of the claim.

    Raises:
        AccessError: contribution-state. RecordError: contribution-person, contribution-decision.
    """
    old = in_state(contribution, "received", "asked", "accepted")
    _need_decision(old, decision)
    person = _person(about)
    day = tickets.today()
    with arriving(old.source, day) as arrivals:
        made = _claim(by, old, about, withhold, arrivals)
        source = dataclasses.replace(
            SourceRow.objects.get(pk=old.source).record(), confidentiality="restricted"
        )
        newer = dataclasses.replace(
            old, state="accepted", about=about, decision=text.clean(decision), by=by,
            reviewed_by="", decided=day, claim=made.claim.id, reason="",
        )  # fmt: skip
        records = [*arrivals.captures, made.passage, made.mention, made.claim]
        if person:
            records.append(_judgement(by, person, made.mention.id))
        records += [
            *withdrawn_claims(old), *pictures.carried(old, made.claim, made.mention), source, newer,
        ]  # fmt: skip
        append(by=by, changes=[_change("contributions.accept", records)])
    _join(person, made.mention)
    return made.claim.id


@transaction.atomic
def publish(*, by: str, contribution: str, ground: str) -> Disclosure:
    """Let the words of an accepted contribution be public: the second of two people.

    Raises:
        AccessError: disclosure-alone, disclosure-ground, contribution-state.
    """
    old = in_state(contribution, "accepted")
    record = Disclosure(
        id=new_id(), by=old.by, reviewed_by=by, at=now(), ground=ground, claims=(old.claim,)
    )
    disclosures.check(record)
    newer = dataclasses.replace(
        old, state="published", reviewed_by=by, decided=tickets.today(), disclosure=record.id
    )
    append(by=by, changes=[_change("contributions.publish", [record, newer])])
    return record


@transaction.atomic
def retract(*, by: str, contribution: str, decision: str) -> None:
    """Take a published contribution back from the public; it stays in the case."""
    old = in_state(contribution, "published")
    newer = dataclasses.replace(
        old, state="accepted", by=by, reviewed_by="", disclosure="", decided=tickets.today(),
        decision=text.clean(decision),
    )  # fmt: skip
    records = [*closed_disclosures(old), *withdrawn_claims(old, words=False), newer]
    append(by=by, changes=[_change("contributions.retract", records)])


@transaction.atomic
def refuse(*, by: str, contribution: str, reason: str, decision: str = "") -> None:
    """Refuse, with a reason of the published list; the words stay closed.

    Raises:
        RecordError: contribution-reason, contribution-decision.
    """
    if reason not in reasons.codes():
        raise RecordError(
            "contribution-reason", "This reason is not on the published list.", where=reason
        )
    old = in_state(contribution, "received", "asked", "accepted")
    _need_decision(old, decision)
    newer = dataclasses.replace(
        old, state="rejected", reason=reason, decision=text.clean(decision), by=by,
        reviewed_by="", decided=tickets.today(),
    )  # fmt: skip
    append(by=by, changes=[_change("contributions.refuse", [*withdrawn_claims(old), newer])])


@transaction.atomic
def hide(*, by: str, contribution: str) -> None:
    """Close a contribution that threatens somebody: from now on only a keeper opens it."""
    old = in_state(contribution, "received", "asked", "accepted", "rejected")
    source = SourceRow.objects.get(pk=old.source).record()
    newer = dataclasses.replace(
        old, state="hidden", reason="threat", by=by, reviewed_by="", decided=tickets.today()
    )
    closed = dataclasses.replace(source, confidentiality="confidential")
    records = [*withdrawn_claims(old), closed, newer]
    append(by=by, changes=[_change("contributions.hide", records)])


def shown_words(old: Contribution, withhold: Sequence[str] = ()) -> str:
    """Give all that its sender wrote, as it may be shown."""
    letters = [said["capture"] for said in old.exchange if said["from"] == "sender"]
    written = "\n\n".join(message.body_of(words_of(digest)) for digest in letters)
    return message.for_everybody(written, emails=old.show_email, withhold=withhold)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    passage: Passage
    mention: Mention
    claim: Claim


def _claim(
    by: str, old: Contribution, about: str, withhold: Sequence[str], arrivals: Arrivals
) -> _Made:
    """Make the claim: that what may be shown was said, about this."""
    words = shown_words(old, withhold)
    head = f"Contribution: {old.id}\nShown: {new_id()}\n\n"
    letters = [said["capture"] for said in old.exchange if said["from"] == "sender"]
    digest = arrivals.shown(
        (head + words).encode(), letters[0], TOOL,
        {"letters": letters, "emails": old.show_email, "withheld": len(withhold)},
    )  # fmt: skip
    anchor = Anchor(capture=digest, quote=words, start=len(head), end=len(head) + len(words))
    language = detect(words, (old.language,)) or old.language
    passage = Passage(
        id=new_id(), source=old.source, anchor=anchor, language=language,
        direction=text.direction(words),
    )  # fmt: skip
    kind = about.partition(":")[0]
    predicate = PREDICATES.get(kind, "event.contribution")
    mention = Mention(
        id=new_id(), source=old.source, type=predicate.partition(".")[0], passage=passage.id,
        label=f"contribution {old.id}", unidentified=True,
    )  # fmt: skip
    claim = Claim(
        id=new_id(), mention=mention.id, predicate=predicate, written=words, value=words,
        passage=passage.id, author=by, basis="sent through the contribution form",
    )  # fmt: skip
    return _Made(passage=passage, mention=mention, claim=claim)


def _judgement(by: str, person: str, mention: str) -> Any:
    left, right = sorted((person, mention))
    return people.judge(left, right, "same", by=by, at=now(), why=WHY_LINKED)


def _join(person: str, mention: Mention) -> None:
    """Put the new account into the register, under the person it was linked to."""
    if mention.type != "person":
        return
    Membership.objects.create(mention_id=mention.id, person_id=person)
    index.refresh([mention.id])


def _person(about: str) -> str:
    kind, _, identity = about.partition(":")
    if kind != "person":
        return ""
    if not IndexedPerson.objects.filter(pk=identity).exists():
        raise RecordError(
            "contribution-person",
            "There is no such person in the register.",
            where=identity,
            todo="Choose one by a search, or say that it is about the whole.",
        )
    return identity


def _need_decision(old: Contribution, decision: str) -> None:
    if old.type == "correction" and not decision.strip():
        raise RecordError(
            "contribution-decision",
            "A correction is decided with a sentence that everybody can read.",
            todo="Say what is changed, or why nothing is.",
        )


def _decide(by: str, action: str, newer: Contribution) -> None:
    append(by=by, changes=[_change(action, [newer])])


def _change(action: str, records: Sequence[Any]) -> Change:
    return Change(action=action, records=records, replaces=True)
