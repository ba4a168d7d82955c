"""Records handed to the log's entries in order, and an archive's, several stretches at once.

A stretch is a run of entries with the records that belong to them; each is walked by itself, in a
process of its own where the archive is large, and what the stretches learned is put together.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from operator import attrgetter
from pathlib import Path

from dadkhah import archive, records
from dadkhah.archive import Line
from dadkhah.custody import report
from dadkhah.custody.entries import Entry, read_entry
from dadkhah.custody.opening import Item, Opening
from dadkhah.custody.report import Fault, Report
from dadkhah.errors import VerificationError
from dadkhah.records import Erasure
from dadkhah.sources.verification import RecordWalk

__all__ = ["Passing", "Stretches", "begin"]

STRETCH_BYTES = 32 << 20


@dataclass(slots=True)
class Passing:
    """Records in log order, held against the log's entries one entry at a time."""

    lines: Iterator[Line]
    walk: RecordWalk
    opening: Opening = field(default_factory=Opening)
    ahead: Line | None = None

    def visit(self, entry: Entry) -> None:
        """Hold the records of one entry against it, and check them on the way."""
        self.opening.entry(entry, self._of_entry(entry.index))

    def finish(self) -> Report:
        """Note a record that belongs to no entry, or out of its order, and report."""
        self.refuse_rest()
        return report.join([self.opening.report(), self.walk.finish()])

    def refuse_rest(self) -> None:
        """Note a record that belongs to no entry, or out of its order."""
        if (line := self._peek()) is not None:
            self.walk.faults.add(15, "record-without-entry", f"entry {line.entry}")

    def _of_entry(self, index: int) -> Iterator[Item]:
        place = 0
        while (line := self._peek()) is not None and line.entry == index:
            self.ahead = None
            if line.position != place:
                self.opening.fault(10, "record-changed", f"entry {index}, record {place}")
            place += 1
            self.walk.visit(line)
            if line.erased:
                yield line.commitment
            else:
                yield line.salt, line.body, line.commitment

    def _peek(self) -> Line | None:
        if self.ahead is None:
            self.ahead = next(self.lines, None)
        return self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one stretch learned, small enough to be sent to another process."""

    opening: Opening
    faults: Mapping[int, Fault]
    known: Collection[str]
    wanted: Mapping[str, str]
    captures: Mapping[str, int]
    decided: Mapping[str, Erasure]


@dataclass(slots=True)
class Stretches:
    """The records of an archive on their way through, in as many processes as were asked for."""

    folder: Path
    stands: Mapping[str, str]
    found: list[Future[Learned] | Learned]
    pool: ProcessPoolExecutor | None = None

    def finish(self, digests: Mapping[str, str]) -> Report:
        """Put together what all stretches learned.

        Args:
            digests: the SHA-256 of each file of the archive, by path.
        """
        place = _places(self.folder)
        whole = RecordWalk(place, self.stands, digests=digests, folder=self.folder)
        opening = Opening()
        for found in self.found:
            learned = found if isinstance(found, Learned) else found.result()
            opening.join(learned.opening)
            whole.faults.join(learned.faults)
            whole.known.update(learned.known)
            whole.wanted = {**learned.wanted, **whole.wanted}
            whole.captures.update(learned.captures)
            whole.stones.decided.update(learned.decided)
        if self.pool is not None:
            self.pool.shutdown()
        for line in archive.lines(self.folder, archive.TOMBSTONE):
            whole.stones.add(line)
        return report.join([opening.report(), whole.finish()])


def begin(folder: Path, size: int, *, processes: int = 0) -> Stretches:
    """Set out on the records of an archive.

    Args:
        size: how many entries the log is said to have; it only decides where stretches are cut.
        processes: how many; 0 lets the size of the archive and the machine decide.
    """
    stands = archive.stands_for(archive.current(folder, "capture").values())
    erased = archive.lines(folder, archive.TOMBSTONE)
    gone = {line.record["id"] for line in erased if line.record.get("kind") == "capture"}
    count = processes or _processes(folder)
    if count == 1:
        return Stretches(folder, stands, [walk(folder, 0, None, stands, gone)])
    cuts = [size * part // count for part in range(count)]
    ends: list[int | None] = [*cuts[1:], None]
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    spans = zip(cuts, ends, strict=True)
    sent = [pool.submit(walk, folder, first, last, stands, gone) for first, last in spans]
    return Stretches(folder, stands, [*sent], pool)


def walk(
    folder: Path, first: int, last: int | None, stands: Mapping[str, str], gone: Collection[str]
) -> Learned:
    """Walk one stretch of an archive: the entries from first to before last.

    Raises:
        VerificationError: archive-line.
    """
    walking = RecordWalk(_places(folder), stands)
    walking.stones.captures.update(gone)
    kinds = (*sorted(records.KINDS), archive.TOMBSTONE)
    streams = [archive.lines(folder, kind, first=first, last=last) for kind in kinds]
    merged = heapq.merge(*streams, key=attrgetter("entry", "position"))
    passing = Passing(merged, walking)
    for entry in _entries(islice(archive.entries(folder), first, last)):
        passing.visit(entry)
    passing.refuse_rest()
    return Learned(
        opening=passing.opening,
        faults=walking.faults.found,
        known=walking.known,
        wanted=walking.wanted,
        captures=walking.captures,
        decided=walking.stones.decided,
    )


def _entries(rows: Iterable[bytes]) -> Iterator[Entry]:
    """Entries that can be read; those that cannot are named by check 3."""
    for data in rows:
        try:
            yield read_entry(data)
        except VerificationError:
            continue


def _processes(folder: Path) -> int:
    size = sum(path.stat().st_size for path in (folder / "records").glob("*.jsonl"))
    return max(1, min(os.cpu_count() or 1, size // STRETCH_BYTES))


def _places(folder: Path) -> Callable[[str], Path]:
    return lambda digest: archive.capture_path(folder, digest)
