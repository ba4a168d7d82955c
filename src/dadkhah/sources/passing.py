"""Records handed to the log's entries in order, and an archive's, several stretches at once.

A stretch is a run of entries with the records that belong to them; each is walked by itself, in a
process of its own where the archive is large, and what the stretches learned is put together.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
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
from dadkhah.sources.crew import processors
from dadkhah.sources.verification import RecordWalk

__all__ = ["Passing", "Stretches", "begin", "processes_for"]

STRETCH_BYTES = 6 << 20


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
    """The records of an archive on their way through, a stretch at a time."""

    folder: Path
    stands: Mapping[str, str]
    found: Iterable[Future[Learned] | Learned]

    def finish(self, wrong: set[str]) -> Report:
        """Put together what all stretches learned.

        Args:
            wrong: captures whose bytes have another digest than their name.
        """
        whole = RecordWalk(_places(self.folder), self.stands, wrong=wrong)
        opening = Opening()
        for found in self.found:
            learned = found if isinstance(found, Learned) else found.result()
            opening.join(learned.opening)
            whole.faults.join(learned.faults)
            whole.known.update(learned.known)
            whole.wanted = {**learned.wanted, **whole.wanted}
            whole.captures.update(learned.captures)
            whole.stones.decided.update(learned.decided)
        for line in archive.lines(self.folder, archive.TOMBSTONE):
            whole.stones.add(line)
        return report.join([opening.report(), whole.finish()])


def begin(folder: Path, size: int, pool: Executor | None = None) -> Stretches:
    """Set out on the records of an archive.

    Args:
        size: how many entries the log is said to have; it only decides where stretches are cut.
        pool: other processes that walk, where there are many records.
    """
    stands = archive.redacted(folder)
    erased = archive.lines(folder, archive.TOMBSTONE)
    gone = {line.record["id"] for line in erased if line.record.get("kind") == "capture"}
    if pool is None:
        return Stretches(folder, stands, [walk(folder, 0, None, stands, gone)])
    count = max(2, _size(folder) // STRETCH_BYTES)
    cuts = [size * part // count for part in range(count)]
    spans = zip(cuts, [*cuts[1:], None], strict=True)
    sent = [pool.submit(walk, folder, first, last, stands, gone) for first, last in spans]
    return Stretches(folder, stands, sent)


def walk(
    folder: Path, first: int, last: int | None, stands: Mapping[str, str], gone: Collection[str]
) -> Learned:
    """Walk one stretch of an archive: the entries from first to before last.

    Raises:
        VerificationError: archive-line.
    """
    walking = RecordWalk(_places(folder), stands, wrong=set())
    walking.stones.captures.update(gone)
    kinds = (*sorted(records.KINDS), archive.TOMBSTONE)
    streams = [archive.lines(folder, kind, first=first, last=last) for kind in kinds]
    merged = heapq.merge(*streams, key=attrgetter("entry", "position"))
    passing = Passing(merged, walking)
    for entry in _entries(archive.entries(folder, first=first, last=last)):
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


def processes_for(folder: Path) -> int:
    """How many processes an archive is worth: as many as there are, when its records are many."""
    return processors() if _size(folder) >= 2 * STRETCH_BYTES else 1


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "records").glob("*.jsonl"))


def _places(folder: Path) -> Callable[[str], str]:
    return lambda digest: f"{folder}/captures/{digest[:2]}/{digest}"
