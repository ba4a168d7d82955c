"""A contribution that its sender takes back: the words go from everywhere, a tombstone stays.

1. It leaves the public: its disclosure is no longer in force.
2. Words, files, claim and judgements are erased as any erasure in the house is; the authority is
   the sender, who has the receipt code, and no officer can refuse.
3. The contribution's own record stays, without a word of what was sent: its address answers.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from dadkhah.errors import AccessError
from dadkhah.records import Contribution
from dadkhah.web.contributions import models, tickets
from dadkhah.web.contributions.sending import SENDER, at_day
from dadkhah.web.contributions.states import closed_disclosures
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.models import Superseded
from dadkhah.web.keeping.choosing import Chosen, choose
from dadkhah.web.keeping.erasing import Place, Plan, erase, plan
from dadkhah.web.people import index
from dadkhah.web.people.models import IndexedPerson, Membership
from dadkhah.web.sources.models import Capture

__all__ = ["withdraw"]

AUTHORITY = "the sender, by the receipt code"
REASON = "withdrawn by who sent it"
RECEIPT = "receipt-code"


def withdraw(*, contribution: models.Contribution) -> None:
    """Take a contribution back, with all that was made of it.

    Raises:
        AccessError: contribution-closed when it is withdrawn already.
    """
    day = tickets.today()
    _overwrite_what_is_deleted()
    old = _close(contribution.pk, day)
    chosen = _chosen(old)
    persons = _leave_the_register(chosen)
    erase(
        by=SENDER,
        reviewed_by=RECEIPT,
        reason=REASON,
        authority=AUTHORITY,
        case=Path(settings.CASE),
        plan=_with_older_versions(plan(Path(settings.CASE), chosen, whole=True), old.id),
        at=at_day(day),
        finish=False,
    )
    index.refresh(persons)
    _empty_the_journal()


@transaction.atomic
def _close(contribution: str, day: str) -> Contribution:
    """Write the version that stays, forget what is kept beside it, and give the one before."""
    # 1 and 3
    row = models.Contribution.objects.select_for_update().get(pk=contribution)
    old: Contribution = row.record()
    if old.state == "withdrawn":
        raise AccessError("contribution-closed", "This was withdrawn before.")
    newer = dataclasses.replace(
        old, state="withdrawn", decided=day, claim="", disclosure="", exchange=(), files=(),
        by="", reviewed_by="", decision="", reason="",
    )  # fmt: skip
    records = [*closed_disclosures(old), newer]
    change = Change(action="contributions.withdraw", records=records, replaces=True)
    append(by=SENDER, changes=[change], at=at_day(day))
    models.SealedContact.objects.filter(contribution=old.id).delete()
    models.Fingerprint.objects.filter(contribution=old.id).delete()
    return old


def _chosen(old: Contribution) -> Chosen:
    """Choose the source with all that stands on it; a file that another sent too stays (2)."""
    chosen = choose(source=old.source)
    others = models.Contribution.objects.exclude(pk=old.id).values_list("files", flat=True)
    shared = {digest for files in others for digest in files} & set(old.files)
    if shared:
        derived = set(_derived(shared))
        chosen.captures -= shared | derived
        chosen.sources.clear()
    return chosen


def _leave_the_register(chosen: Chosen) -> list[str]:
    """Take the account out of the register's index; give a mention of each person who is left."""
    members = Membership.objects.filter(mention__in=chosen.mentions)
    persons = list(members.values_list("person_id", flat=True))
    members.delete()
    IndexedPerson.objects.filter(pk__in=persons, membership__isnull=True).delete()
    left = Membership.objects.filter(person__in=persons).order_by("mention_id")
    return list({row.person_id: row.mention_id for row in left}.values())


def _with_older_versions(found: Plan, contribution: str) -> Plan:
    """Let the older versions of the record go too: they hold what was asked and decided."""
    rows = Superseded.objects.filter(kind="contribution", record_id=contribution)
    older = [
        Place(
            entry=row.entry, position=row.position, kind=row.kind, id=row.record_id,
            commitment=bytes(row.commitment),
        )
        for row in rows
    ]  # fmt: skip
    places = sorted((*found.places, *older), key=lambda place: (place.entry, place.position))
    return dataclasses.replace(found, places=tuple(places))


def _derived(parents: set[str]) -> list[str]:
    return list(Capture.objects.filter(parent__in=parents).values_list("pk", flat=True))


def _overwrite_what_is_deleted() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _empty_the_journal() -> None:
    """Let the write-ahead log, which still holds the old pages, be written over."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
