"""Record what happens to what is kept, and read the chain of one source."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from dadkhah import archive
from dadkhah.errors import RecordError
from dadkhah.records import CustodyEvent, new_id
from dadkhah.sources import chain as chains
from dadkhah.sources.chain import Link
from dadkhah.web.custody import access
from dadkhah.web.custody import models as custody
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.sources.models import Capture, Source

__all__ = ["chain", "compare", "note_seen", "note_taken", "record"]


@transaction.atomic
def record(
    *,
    by: str,
    event: str,
    source: str = "",
    captures: Sequence[str] = (),
    giver: str = "",
    receiver: str = "",
    place: str = "",
    purpose: str = "",
    checked: str = "",
    outcome: str = "",
    signature: str = "",
    note: str = "",
    at: str = "",
    action: str = "custody.event",
) -> CustodyEvent:
    """Write one event into the log.

    Args:
        at: when it happened, RFC 3339; now, where it is empty.

    Raises:
        RecordError: custody-event, custody-hand-over, custody-source when there is no such source.
    """
    if source and not Source.objects.filter(pk=source).exists():
        raise RecordError("custody-source", "There is no such source here.", where=source)
    event_record = CustodyEvent(
        id=new_id(), event=event, at=at or now(), by=by, source=source, captures=tuple(captures),
        giver=giver, receiver=receiver, place=place, purpose=purpose, checked=checked,
        outcome=outcome, signature=signature, note=note,
    )  # fmt: skip
    chains.check(event_record)
    append(by=by, changes=[Change(action=action, records=[event_record])])
    return event_record


def note_seen(reader: Reader, source: Source) -> None:
    """Write down that a confidential source was on somebody's desk."""
    if source.confidentiality == "confidential":
        _once_a_day(reader, "view", source)


def note_taken(reader: Reader, source: Source) -> None:
    """Write down that somebody took the bytes of a source that is not public."""
    if source.confidentiality != "public":
        _once_a_day(reader, "export", source)


def _once_a_day(reader: Reader, event: str, source: Source) -> None:
    """Write one event for each account and day: who looks all day long looked once."""
    by = reader.author
    seen = custody.CustodyEvent.objects.filter(event=event, source=source.pk, by=by)
    if by and not seen.filter(at__startswith=now()[:10]).exists():
        record(by=by, event=event, source=source.pk)


def compare(case: Path, digests: Sequence[str]) -> str:
    """Hash the bytes of captures and say whether they are what their names say."""
    for digest in digests:
        path = archive.capture_path(case, digest)
        if not path.is_file():
            return "different"
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                return "different"
    return "same"


def chain(reader: Reader, source_id: str) -> list[Link]:
    """Give the chain of custody of a source to those who work on the case; to others nothing."""
    seen = Source.objects.filter(access.sources(reader), pk=source_id)
    if not reader.signed_in or not seen.exists():
        return []
    captures = Capture.objects.filter(source=source_id).order_by("entry", "position")
    events = custody.CustodyEvent.objects.filter(source=source_id).order_by("entry", "position")
    return chains.chain(
        [row.record() for row in captures],
        [(row.entry, row.record()) for row in events],
        today=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
