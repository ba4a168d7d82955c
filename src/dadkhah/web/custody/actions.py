"""Write to the log: the last line of every action in the house.

A change and its log entry are one transaction. Each record is committed to with its own random
salt; the entry holds the root over these commitments; the leaf of the log is RFC 6962's hash of
the entry.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from dadkhah import canonical, records
from dadkhah.custody import checkpoints, commitments, entries, keychain, merkle
from dadkhah.custody.notes import LogSigner, parse_note, read_verifier
from dadkhah.errors import VerificationError
from dadkhah.web.custody import store, tree
from dadkhah.web.custody.models import LogEntry, SignedCheckpoint, Superseded

__all__ = ["Change", "append", "now", "sign_head"]

BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what was done, and the records that are new or newer because of it.

    With `replaces`, a record whose id is in the store already takes that version's place; the
    older version is kept.
    """

    action: str
    records: Sequence[Any]
    note: str = ""
    replaces: bool = False


def now() -> str:
    """Give the time in UTC, to the second (RFC 3339)."""
    return entries.entry_time(datetime.datetime.now(tz=datetime.UTC))


def _not_before_the_last(at: str) -> str:
    """Give the time of the log's last entry where this machine's clock has stepped back."""
    last = LogEntry.objects.order_by("-index").values_list("at", flat=True).first()
    return max(at, last or at)


@transaction.atomic
def append(*, by: str, changes: Iterable[Change], at: str = "") -> int:
    """Write changes and their log entries, all or nothing.

    Args:
        by: the account or tool; never a person's name.
        changes: in order; one entry each.
        at: a time to write instead of now, where the very second must not be kept; it moves
            forward to that of the last entry, since a log's time never goes back.

    Returns:
        The size of the log afterwards.
    """
    size = _hold_the_log()
    at, waiting = _not_before_the_last(at or now()), iter(changes)
    while batch := list(itertools.islice(waiting, BATCH)):
        size = _append_batch(batch, size, by, at)
    return size


def _append_batch(batch: Sequence[Change], size: int, by: str, at: str) -> int:
    log_rows, placed = [], []
    for index, change in enumerate(batch, start=size):
        if change.replaces:
            _supersede(change.records)
        committed = [_commit(r, index, position) for position, r in enumerate(change.records)]
        placed.extend(committed)
        entry = entries.Entry(
            index=index,
            at=at,
            by=by,
            action=change.action,
            records=len(committed),
            root=commitments.entry_root([item.commitment for item in committed]).hex(),
            note=change.note,
        )
        leaf = merkle.leaf_hash(entries.entry_bytes(entry))
        log_rows.append((*(getattr(entry, f) for f in ENTRY_FIELDS), leaf))
    for kind, items in store.grouped(placed).items():
        store.insert(kind, items)
    store.insert_values(LogEntry, (*ENTRY_FIELDS, "leaf"), log_rows)
    tree.add_tiles(size, size + len(log_rows))
    return size + len(log_rows)


ENTRY_FIELDS = ("index", "at", "by", "action", "records", "root", "note")


def _commit(record: Any, entry: int, position: int) -> store.Placed:
    salt, fields = commitments.new_salt(), records.plain(record)
    fields["kind"] = record.kind
    body = canonical.encode(fields)
    return store.Placed(
        kind=type(record),
        fields=fields,
        entry=entry,
        position=position,
        salt=salt,
        commitment=commitments.commit(salt, body),
    )


def _hold_the_log() -> int:
    """Keep other writers out until this transaction ends, and give the log's size."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE custody_logentry IN EXCLUSIVE MODE")
    last = LogEntry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else int(last) + 1


def _supersede(newer: Sequence[Any]) -> None:
    for kind in {type(record) for record in newer}:
        model = store.model_of(kind)
        old = model.objects.filter(pk__in=[r.id for r in newer if type(r) is kind])
        Superseded.objects.bulk_create(
            Superseded(
                kind=kind.kind,
                record_id=row.pk,
                body=records.encode(row.record()),
                **{place: getattr(row, place) for place in store.PLACE},
            )
            for row in old
        )
        # the newer version takes the same id in this transaction, so links to it stay whole
        old._raw_delete(old.db)


def _hold_against(last: SignedCheckpoint, size: int) -> None:
    """Refuse to sign a log that does not go on from its last checkpoint."""
    signed = checkpoints.read_checkpoint(parse_note(last.note).text)
    if signed.size > size:
        raise VerificationError(
            "log-shortened",
            "The log is shorter than its last checkpoint says: entries are gone.",
            where=f"{size} entries, {signed.size} signed",
            todo="Restore the case from a copy; nothing was signed.",
        )
    if merkle.root_from(tree.read_hash, signed.size) != signed.root:
        raise VerificationError(
            "log-altered",
            "The log is not what its last checkpoint signed: an entry was changed.",
            where=f"within the first {signed.size} entries",
            todo="Run dadkhah verify to find it; restore the case from a copy. Nothing was signed.",
        )


def _hold_key(signer: LogSigner) -> None:
    """Refuse to sign with a key that the log says is in force no more."""
    changes = LogEntry.objects.filter(action__in=(keychain.ROTATE, keychain.REVOKE))
    last = changes.order_by("-index").values_list("note", flat=True).first()
    if last and read_verifier(last.split(" ")[-1]) != signer.verifier:
        raise VerificationError(
            "key-retired",
            "The log says that another key is in force; nothing was signed.",
            todo="Put the key in force into the keys folder, or run dadkhah keys rotate again.",
        )


@transaction.atomic
def sign_head(*, signer: LogSigner, handing_over: LogSigner | None = None) -> str:
    """Sign the log as it stands and keep the checkpoint.

    Args:
        signer: the key in force.
        handing_over: the key before it, where this very checkpoint hands over.

    Returns:
        The checkpoint, a signed note.
    """
    _hold_the_log()
    _hold_key(signer)
    size, root = tree.head()
    last = SignedCheckpoint.objects.order_by("-size").first()
    if last is not None:
        _hold_against(last, size)
        if last.size == size:
            return str(last.note)
    head = checkpoints.Checkpoint(origin=signer.name, size=size, root=root)
    signers = [signer] if handing_over is None else [handing_over, signer]
    note = checkpoints.sign_checkpoint(head, *signers)
    SignedCheckpoint.objects.create(size=size, note=note)
    return note
