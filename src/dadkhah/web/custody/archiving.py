"""Carry a case into an archive folder and back."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from dadkhah import archive, canonical, records
from dadkhah.archive import Line
from dadkhah.custody import entries, merkle
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.notes import parse_note
from dadkhah.errors import ArchiveError
from dadkhah.web.custody import store, tree
from dadkhah.web.custody.actions import ENTRY_FIELDS
from dadkhah.web.custody.models import LogEntry, SignedCheckpoint, Superseded, Tombstone

__all__ = ["export", "in_log_order", "lines", "log_entries", "restore"]

CHUNK = 2000
BATCH = 5000


def log_entries() -> Iterator[bytes]:
    """Read the log's entries from the store, in order, in their canonical bytes."""
    for row in LogEntry.objects.order_by("index").iterator(chunk_size=CHUNK):
        yield entries.entry_bytes(entries.Entry(**{f: getattr(row, f) for f in ENTRY_FIELDS}))


def lines(kind: type[Any]) -> Iterator[Line]:
    """Read every version of every record of one kind, in log order."""
    live = store.model_of(kind).objects.order_by("entry", "position")
    old = Superseded.objects.filter(kind=kind.kind).order_by("entry", "position")
    yield from heapq.merge(
        (_live_line(row) for row in live.iterator(chunk_size=CHUNK)),
        (_old_line(row) for row in old.iterator(chunk_size=CHUNK)),
        key=attrgetter("entry", "position"),
    )


def in_log_order() -> Iterator[Line]:
    """Read the records of every kind and the tombstones, by entry and position."""
    streams = [lines(kind) for kind in records.KINDS.values()]
    yield from heapq.merge(*streams, _tombstones(), key=attrgetter("entry", "position"))


@transaction.atomic
def export(
    case: Path,
    folder: Path,
    *,
    origin: str,
    verifier: str,
    extra: dict[str, bytes],
    captures: bool = True,
    advance: Callable[[str], None] = lambda _: None,
) -> None:
    """Write the archive of a case.

    Args:
        captures: without them it is the skeleton of an archive, for a mirror or a backup that
            takes the bytes from where they are.

    Raises:
        ArchiveError: archive-unsigned when no checkpoint covers the log as it stands.
    """
    size, root = tree.head()
    head = SignedCheckpoint.objects.filter(size=size).first()
    if head is None:
        raise ArchiveError(
            "archive-unsigned",
            "The log has grown since its last checkpoint, and the signing key is not here.",
            todo="Export on the machine that holds the key, or set DADKHAH_KEYS to its folder.",
        )
    kept = {kind.kind: lines(kind) for kind in records.KINDS.values()}
    digests = store.model_of(records.Capture).objects.order_by("pk").values_list("pk", flat=True)
    archive.write(
        folder,
        about={"log_root": root.hex(), "log_size": size, "origin": origin},
        entries=log_entries(),
        lines={**kept, archive.TOMBSTONE: _tombstones()},
        checkpoint=str(head.note),
        verifier=verifier,
        captures=((d, archive.capture_path(case, d)) for d in (digests if captures else ())),
        extra={**extra, **_earlier(size)},
        advance=advance,
    )


def _earlier(size: int) -> dict[str, bytes]:
    """Give the checkpoints before the newest one, by their path in an archive."""
    found = SignedCheckpoint.objects.filter(size__lt=size).order_by("size")
    return {
        archive.checkpoint_path(was): str(note).encode()
        for was, note in found.values_list("size", "note")
    }


@transaction.atomic
def restore(folder: Path) -> None:
    """Fill an empty store from an archive that has been verified."""
    batch: list[LogEntry] = []
    for data in archive.entries(folder):
        entry = entries.read_entry(data)
        leaf = merkle.leaf_hash(data)
        batch.append(LogEntry(**{f: getattr(entry, f) for f in ENTRY_FIELDS}, leaf=leaf))
        if len(batch) == BATCH:
            LogEntry.objects.bulk_create(batch)
            batch = []
    LogEntry.objects.bulk_create(batch)
    tree.add_tiles(0, LogEntry.objects.count())
    for kind in records.KINDS.values():
        _restore_kind(folder, kind)
    for line in archive.lines(folder, archive.TOMBSTONE):
        said = dict(line.record)
        Tombstone.objects.create(
            entry=line.entry,
            position=line.position,
            commitment=line.commitment,
            record_id=said.pop("id"),
            **said,
        )
    for note in archive.checkpoints(folder):
        size = read_checkpoint(parse_note(note).text).size
        SignedCheckpoint.objects.create(size=size, note=note.decode())


def _restore_kind(folder: Path, kind: type[Any]) -> None:
    newest = {
        line.record["id"]: (line.entry, line.position) for line in archive.lines(folder, kind.kind)
    }
    live: list[store.Placed] = []
    for line in archive.lines(folder, kind.kind):
        if newest[line.record["id"]] == (line.entry, line.position):
            live.append(_placed(kind, line))
        else:
            _keep_old(kind, line)
        if len(live) == BATCH:
            store.insert(kind, live)
            live = []
    store.insert(kind, live)


def _placed(kind: type[Any], line: Line) -> store.Placed:
    fields = {name: value for name, value in line.record.items() if name != "kind"}
    return store.Placed(
        kind=kind,
        fields=fields,
        entry=line.entry,
        position=line.position,
        salt=line.salt,
        commitment=line.commitment,
    )


def _keep_old(kind: type[Any], line: Line) -> None:
    Superseded.objects.create(
        kind=kind.kind,
        record_id=line.record["id"],
        entry=line.entry,
        position=line.position,
        salt=line.salt,
        commitment=line.commitment,
        body=canonical.encode(dict(line.record)),
    )


def _live_line(row: Any) -> Line:
    record = row.record()
    return Line(
        entry=row.entry,
        position=row.position,
        commitment=bytes(row.commitment),
        salt=bytes(row.salt),
        record={"kind": record.kind, **records.plain(record)},
    )


def _old_line(row: Superseded) -> Line:
    return Line(
        entry=row.entry,
        position=row.position,
        commitment=bytes(row.commitment),
        salt=bytes(row.salt),
        record=orjson.loads(bytes(row.body)),
    )


def _tombstones() -> Iterator[Line]:
    for row in Tombstone.objects.order_by("entry", "position").iterator(chunk_size=CHUNK):
        yield Line(
            entry=row.entry,
            position=row.position,
            commitment=bytes(row.commitment),
            salt=b"",
            record={
                "authority": row.authority,
                "erasure": row.erasure,
                "id": row.record_id,
                "kind": row.kind,
                "reason": row.reason,
            },
        )
