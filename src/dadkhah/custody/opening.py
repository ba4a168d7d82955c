"""Records held against the entries that commit to them: checks 9 to 11, one entry at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dadkhah.custody.commitments import commit, read_commitment
from dadkhah.custody.entries import Entry
from dadkhah.custody.hashing import leaf_hash, root
from dadkhah.custody.report import Fault, Report, outcome
from dadkhah.errors import VerificationError

__all__ = ["Item", "Opening"]

# A record shown (salt, canonical bytes), shown beside its stored commitment
# (salt, canonical bytes, commitment), or erased (commitment alone).
Item = tuple[bytes, bytes] | tuple[bytes, bytes, bytes] | bytes


@dataclass(slots=True)
class Opening:
    """What was learned so far; memory does not grow with the log."""

    faults: dict[int, Fault] = field(default_factory=dict)
    records: int = 0
    erased: int = 0

    def entry(self, entry: Entry, items: Iterable[Item]) -> None:
        """Hold the records of one entry against it.

        Args:
            entry: as read from the log.
            items: for each position, in order, a record shown or the commitment of one erased.
        """
        leaves: list[bytes] = []
        for item in items:
            try:
                commitment = _commitment(item)
            except VerificationError as error:
                # 10.
                where = f"entry {entry.index}, record {len(leaves)}"
                self.fault(10, error.code, where)
                commitment = _stored(item)
            self.erased += isinstance(item, bytes)
            leaves.append(leaf_hash(commitment))
        self.records += len(leaves)
        # 9.
        if len(leaves) != entry.records:
            where = f"entry {entry.index}: {entry.records} said, {len(leaves)} found"
            self.fault(9, "entry-count", where)
        # 11.
        if root(leaves).hex() != entry.root:
            self.fault(11, "entry-commitments", f"entry {entry.index}")

    def join(self, other: Opening) -> None:
        """Take over what another stretch of the same log learned."""
        for number, fault in other.faults.items():
            if number in self.faults:
                self.faults[number].count += fault.count
            else:
                self.faults[number] = fault
        self.records += other.records
        self.erased += other.erased

    def report(self) -> Report:
        """Say how checks 9 to 11 came out.

        A changed record is named by its position when its commitment is stored beside it; without
        that only the entry can be named.
        """
        checks = tuple(outcome(number, self.faults.get(number)) for number in (9, 10, 11))
        return Report(checks=checks, records=self.records, erased=self.erased)

    def fault(self, number: int, code: str, where: str) -> None:
        """Count a fault; the first of each number is told."""
        if number in self.faults:
            self.faults[number].count += 1
        else:
            self.faults[number] = Fault(code, where)


def _commitment(item: Item) -> bytes:
    if isinstance(item, bytes):
        return read_commitment(item)
    found = commit(item[0], item[1])
    if len(item) == 3 and found != item[2]:
        raise VerificationError("record-changed", "A record does not open its commitment.")
    return found


def _stored(item: Item) -> bytes:
    """The commitment as stored, so that one changed record does not hide the rest."""
    if isinstance(item, bytes):
        return item
    return item[2] if len(item) == 3 else b""
