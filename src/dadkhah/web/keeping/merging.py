"""Bring in another case that worked offline: its records, its log, and every disagreement.

1. The archive of the other case has been verified; where both logs began as one, what they share is
   passed over, and so is what an earlier merge brought in.
2. Each entry of its log becomes an entry of ours, with every version of every record it made.
3. A record that both changed since keeps all versions; a claim is then "in conflict", a disclosure
   stands only where both let it stand, anything else stays as it is here.
4. Bytes that both received make one source derived from the other, so that they count once.
5. Its log goes whole into our store, as captures of a source of its own.

All of it is one transaction. Erased records stay erased in their log; they are counted, not taken.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from dadkhah import __version__, archive, records
from dadkhah.custody import merkle
from dadkhah.custody.entries import Entry, read_entry
from dadkhah.errors import RecordError, VerificationError
from dadkhah.records import Capture, Claim, Disclosure, Run, Source, new_id
from dadkhah.sources import capture as captures
from dadkhah.web.custody import models as custody
from dadkhah.web.custody import store, tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people import models as people
from dadkhah.web.sources import models
from dadkhah.web.sources.actions import keeping

__all__ = ["Merged", "merge"]

TYPE = "merge"
FLAG = "merged-differently"
LOG_FILES = ("entries.jsonl", "checkpoint", "verifier.txt")
AT_ONCE = 500


@dataclass(slots=True, kw_only=True)
class Merged:
    """What a merge brought: entries and records taken, conflicts, records erased over there."""

    entries: int = 0
    records: int = 0
    conflicts: int = 0
    same_bytes: int = 0
    erased_there: int = 0
    erased_there_held_here: list[str] = field(default_factory=list)


@transaction.atomic
def merge(
    *, by: str, case: Path, folder: Path, advance: Callable[[], None] = lambda: None
) -> Merged:
    """Bring in a verified archive of another case; again, it brings only what is new.

    Raises:
        VerificationError: merge-rewritten when the other log is not what it was at the last merge.
        RecordError: merge-itself when the archive is of this very log, and no newer.
    """
    start = _begin_of_new(folder)
    with ExitStack() as kept:
        _keep_captures(case, folder, kept)
        work = _Merging(by=by, folder=folder, start=start)
        work.replay(advance)
        if work.done.entries:
            work.settle()
            _keep_log(by, case, folder, work, kept)
    return work.done


def _begin_of_new(folder: Path) -> int:
    """Give the first entry of the other log that is not here yet (1)."""
    origin, size = archive.about(folder)["origin"], archive.about(folder)["log_size"]
    leaves = [merkle.leaf_hash(entry) for entry in archive.entries(folder)]
    ours = custody.LogEntry.objects.filter(index__lt=size).order_by("index")
    shared = 0
    for mine, theirs in zip(ours.values_list("leaf", flat=True), leaves, strict=False):
        if bytes(mine) != theirs:
            break
        shared += 1
    if shared == size:
        raise RecordError(
            "merge-itself",
            "Everything in that archive is in this case's own log already.",
            where=str(folder),
        )
    for run in people.Run.objects.filter(type=TYPE).order_by("entry"):
        said = run.settings
        if said["origin"] != origin or said["size"] > size:
            continue
        if merkle.root(leaves[: said["size"]]).hex() != said["root"]:
            raise VerificationError(
                "merge-rewritten",
                "That log is not what it was when it was merged before: it has another history.",
                where=f"within the first {said['size']} entries",
                todo="Keep both archives and find out why; nothing was merged.",
            )
        shared = max(shared, said["size"])
    return shared


def _keep_captures(case: Path, folder: Path, kept: ExitStack) -> None:
    here = set(models.Capture.objects.values_list("pk", flat=True))
    for path in archive.capture_paths(folder):
        if path.name not in here:
            with path.open("rb") as stream:
                kept.enter_context(keeping(case, stream))


@dataclass(slots=True, kw_only=True)
class _Merging:
    """One merge under way."""

    by: str
    folder: Path
    start: int
    done: Merged = field(default_factory=Merged)
    seen: dict[str, bytes] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def replay(self, advance: Callable[[], None]) -> None:
        """Take each entry of the other log as one of ours (2)."""
        lines = itertools.groupby(archive.in_log_order(self.folder), key=lambda line: line.entry)
        ahead = next(lines, None)
        for index, data in enumerate(archive.entries(self.folder)):
            held: list[Any] = []
            if ahead is not None and ahead[0] == index:
                held = [line for line in ahead[1] if not self._erased(line)]
                ahead = next(lines, None)
            self._entry(read_entry(data), held)
            advance()
        self._flush()

    def _erased(self, line: archive.Line) -> bool:
        if not line.erased:
            return False
        identity, kind = str(line.record.get("id", "")), str(line.record.get("kind", ""))
        self.done.erased_there += line.entry >= self.start
        model = store.model_of(records.KINDS[kind]) if kind in records.KINDS else None
        if model is not None and model.objects.filter(pk=identity).exists():
            self.done.erased_there_held_here.append(f"{kind} {identity}")
        return True

    def _entry(self, entry: Entry, held: list[archive.Line]) -> None:
        taken: list[Any] = []
        for line in held:
            record = records.read(line.record)
            if entry.index >= self.start and record.kind != "erasure":
                taken.extend(self._take(record))
            self.seen[f"{record.kind} {record.id}"] = _print_of(record)
        if entry.index < self.start:
            return
        origin = archive.about(self.folder)["origin"]
        note = f"entry {entry.index} of {origin}, by {entry.by}, {entry.at}"
        self.waiting.append(
            Change(action=entry.action, records=taken, note=note[:500], replaces=True)
        )
        self.done.entries += 1
        self.done.records += len(taken)

    def _take(self, record: Any) -> Iterator[Any]:
        """Give the record as it shall come in, or nothing when it is here as it is."""
        key = f"{record.kind} {record.id}"
        if record.kind == "case":
            # a case has one description: the other's becomes an older version of ours
            mine = custody.Case.objects.get().record()
            record = dataclasses.replace(record, id=mine.id)
            key = f"case {mine.id}"
            self.ours.setdefault(key, mine)
        if record.id in self.named or len(self.waiting) >= AT_ONCE:
            self._flush()
        row = store.model_of(type(record)).objects.filter(pk=record.id).first()
        live = row.record() if row is not None else None
        if live == record:
            return
        if live is not None and key not in self.theirs and _print_of(live) != self.seen.get(key):
            self.ours.setdefault(key, live)
        self.theirs[key] = record
        self.named.add(record.id)
        yield record

    def _flush(self) -> None:
        if self.waiting:
            append(by=self.by, changes=self.waiting)
        self.waiting, self.named = [], set()

    def settle(self) -> None:
        """Decide what stands where both changed a record, and mark common sources (3, 4)."""
        settled = []
        for key, mine in self.ours.items():
            if key in self.theirs and self.theirs[key] != mine:
                settled.append(_settled(mine, self.theirs[key]))
                self.done.conflicts += not key.startswith("case ")
        settled += _derived(self.folder, self.ours, self.done)
        last = people.Run.objects.filter(type="linkage", entry__lt=self._our_end()).last()
        if last is not None and f"run {last.pk}" not in self.theirs:
            # the last linkage stays the one of this case, until somebody links again
            settled.append(last.record())
        unique = {(record.kind, record.id): record for record in settled}
        if unique:
            change = Change(action="custody.merge", records=[*unique.values()], replaces=True)
            append(by=self.by, changes=[change])

    def _our_end(self) -> int:
        return tree.head()[0]


def _print_of(record: Any) -> bytes:
    return hashlib.sha256(records.encode(record)).digest()


def _settled(mine: Any, other: Any) -> Any:
    if isinstance(mine, Claim):
        flags = mine.flags if FLAG in mine.flags else (*mine.flags, FLAG)
        return dataclasses.replace(mine, status="conflict", flags=flags)
    if isinstance(mine, Disclosure):
        return dataclasses.replace(mine, withdrawn=mine.withdrawn or other.withdrawn)
    return mine


def _derived(folder: Path, ours: dict[str, Any], done: Merged) -> Iterator[Any]:
    """Let a source whose bytes were here already derive from the one that has them (CR-12)."""
    for digest, theirs in archive.current(folder, "capture").items():
        mine = ours.get(f"capture {digest}")
        if mine is None or mine.source == theirs.source:
            continue
        row = models.Source.objects.filter(pk=theirs.source).first()
        if row is not None and mine.source not in row.derived_from:
            done.same_bytes += 1
            source = row.record()
            parents = (*source.derived_from, mine.source)
            yield dataclasses.replace(source, derived_from=parents)
            yield from _derived_list(source.collection, mine.source)


def _derived_list(collection: str, parent_source: str) -> Iterator[Any]:
    """Let the list of such a source derive from the list that the same bytes made here."""
    parent = models.Source.objects.get(pk=parent_source).collection_id
    row = models.Collection.objects.filter(pk=collection).first()
    if row is not None and parent and parent != collection and parent not in row.derived_from:
        kept = row.record()
        yield dataclasses.replace(kept, derived_from=(*kept.derived_from, parent))


def _keep_log(by: str, case: Path, folder: Path, work: _Merging, kept: ExitStack) -> None:
    """Keep the other log whole, and record the merge (5)."""
    said = archive.about(folder)
    source = Source(
        id=new_id(), title=f"Log of {said['origin']}, {said['log_size']} entries",
        confidentiality="confidential",
    )  # fmt: skip
    held: list[Capture] = []
    for name in LOG_FILES:
        with (folder / "log" / name).open("rb") as stream:
            digest, size = kept.enter_context(keeping(case, stream))
        if not models.Capture.objects.filter(pk=digest).exists():
            came = captures.collection_record(
                name_as_given=name, received_at=now(), collector=by, method="merged"
            )
            held.append(
                Capture(
                    id=digest, source=source.id, size_bytes=size, media_type="text/plain",
                    encoding="utf-8", collected=came,
                )
            )  # fmt: skip
    size, root = tree.head()
    run = Run(
        id=new_id(), type=TYPE, at=now(), by=by, log_size=size, log_root=root.hex(),
        settings={
            "origin": said["origin"], "size": said["log_size"], "root": said["log_root"],
            "from": work.start, "source": source.id,
        },
        versions={"dadkhah": __version__},
        result={
            "entries": work.done.entries, "records": work.done.records,
            "conflicts": work.done.conflicts, "same_bytes": work.done.same_bytes,
            "erased_there": work.done.erased_there,
        },
    )  # fmt: skip
    append(by=by, changes=[Change(action="custody.merge", records=[source, *held, run])])
