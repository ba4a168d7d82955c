"""Take in what somebody sends: bytes first, then one entry of the log, unverified and unpublished.

1. The ticket is used up in the same transaction in which the contribution is kept, so that there
   is never one without the other, and of two answers at one moment one is kept.
2. The time that is kept is the day. Nothing of the request but what was typed comes this far.
3. The same form sent again, by a second press or after the server fell, gives the same receipt.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from dadkhah.errors import AccessError
from dadkhah.records import Capture, Contribution, Source
from dadkhah.web.contributions import flood, message, models, sealing, tickets
from dadkhah.web.contributions.arrivals import arriving, words_of
from dadkhah.web.contributions.attachments import Attachment
from dadkhah.web.contributions.tickets import Ticket
from dadkhah.web.custody.actions import Change, append

__all__ = ["SENDER", "Sent", "add", "at_day", "send", "sent_before"]

SENDER = "contributor"
MOST_LETTERS = 40
OPEN = ("received", "asked", "accepted", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a form: the contribution's id and its receipt code; `again` if it was here."""

    contribution: str
    receipt: str
    again: bool = False


def send(
    *,
    ticket: Ticket,
    about: str,
    kind: str,
    language: str,
    words: str,
    show_email: bool = False,
    files: Sequence[Attachment] = (),
    name: str = "",
    contact: str = "",
) -> Sent:
    """Keep a contribution and give its receipt.

    Raises:
        AccessError: ticket-spent when this ticket brought something else before.
    """
    try:
        return _send(ticket, about, kind, language, words, show_email, files, (name, contact))
    except AccessError:
        # the same form, sent twice at one moment: the other was first
        again = sent_before(ticket, words)
        if again is None:
            raise
        return again


def _send(
    ticket: Ticket,
    about: str,
    kind: str,
    language: str,
    words: str,
    show_email: bool,
    files: Sequence[Attachment],
    person: tuple[str, str],
) -> Sent:
    # not of the ids that count: a number that its sender sees must not tell how many came between
    identity, source = secrets.token_hex(10), secrets.token_hex(10)
    day = tickets.today()
    letter = message.compose(
        contribution=identity, part=1, about=about, kind=kind,
        language=language, day=day, words=words,
    )  # fmt: skip
    receipt = tickets.receipt_of(ticket)
    with arriving(source, day) as arrivals:
        record = Contribution(
            id=identity, source=source, about=about, type=kind, language=language, received=day,
            receipt=tickets.digest_of_receipt(receipt), show_email=show_email,
            exchange=({"from": "sender", "at": day, "capture": arrivals.letter(letter)},),
            files=tuple(arrivals.attachment(file) for file in files),
        )  # fmt: skip
        _record(ticket, record, arrivals.captures, flood.fingerprint(words), person)
    return Sent(contribution=identity, receipt=receipt)


@transaction.atomic
def _record(
    ticket: Ticket,
    record: Contribution,
    captures: Sequence[Capture],
    words: str,
    person: tuple[str, str],
) -> None:
    # 1.
    if not tickets.spend(ticket):
        raise AccessError("ticket-spent", "This form was sent before, with other words.")
    source = Source(
        id=record.source, type="contribution", title=f"Contribution {record.id}",
        language=record.language, date=record.received, confidentiality="confidential",
    )  # fmt: skip
    change = Change(action="contributions.receive", records=[source, *captures, record])
    if any(person) and settings.CONTRIBUTION_RECIPIENTS:
        sealed = sealing.seal_contact(*person, settings.CONTRIBUTION_RECIPIENTS)
        models.SealedContact.objects.create(contribution=record.id, sealed=sealed)
    if words:
        models.Fingerprint.objects.create(contribution=record.id, words=words, about=record.about)
    append(by=SENDER, changes=[change], at=at_day(record.received))


@transaction.atomic
def add(*, contribution: models.Contribution, words: str) -> None:
    """Add words to a contribution; they are a further capture of the same source.

    Raises:
        AccessError: contribution-closed, contribution-full.
    """
    row = models.Contribution.objects.select_for_update().get(pk=contribution.pk)
    old: Contribution = row.record()
    if old.state not in OPEN:
        raise AccessError("contribution-closed", "Nothing can be added to this any more.")
    if len(old.exchange) >= MOST_LETTERS:
        raise AccessError("contribution-full", "Nothing more can be added to this one.")
    day = tickets.today()
    letter = message.compose(
        contribution=old.id, part=len(old.exchange) + 1, about=old.about, kind=old.type,
        language=old.language, day=day, words=words,
    )  # fmt: skip
    with arriving(old.source, day) as arrivals:
        said = {"from": "sender", "at": day, "capture": arrivals.letter(letter)}
        state = "received" if old.state == "asked" else old.state
        newer = dataclasses.replace(old, exchange=(*old.exchange, said), state=state)
        records = [*arrivals.captures, newer]
        change = Change(action="contributions.add", records=records, replaces=True)
        append(by=SENDER, changes=[change], at=at_day(day))


def at_day(day: str) -> str:
    """Write a day as the time of a log entry (2)."""
    return f"{day}T00:00:00Z"


def sent_before(ticket: Ticket, words: str) -> Sent | None:
    """Give what came of this very form when it was sent before, with the same words (3)."""
    receipt = tickets.receipt_of(ticket)
    digest = tickets.digest_of_receipt(receipt)
    row = models.Contribution.objects.filter(receipt=digest).first()
    if row is None or not row.exchange:
        return None
    first = message.body_of(words_of(row.exchange[0]["capture"]))
    if first != words.replace("\r\n", "\n"):
        return None
    return Sent(contribution=row.pk, receipt=receipt, again=True)
