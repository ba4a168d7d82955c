"""Tombstones held against the erasures that made them: nothing goes without a decision (EV-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dadkhah.archive import Line
from dadkhah.custody.merkle import EMPTY, Frontier, leaf_hash
from dadkhah.records import Erasure

__all__ = ["Tombstones"]


@dataclass(slots=True)
class Tombstones:
    """The tombstones of each erasure, hashed as they come by, in the order of their places."""

    found: dict[str, Frontier] = field(default_factory=lambda: defaultdict(lambda: EMPTY))
    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    decided: dict[str, Erasure] = field(default_factory=dict)
    captures: set[str] = field(default_factory=set)

    def add(self, line: Line) -> None:
        """Take one tombstone; they come by entry and position."""
        name = str(line.record.get("erasure", ""))
        self.found[name] = self.found[name].append(leaf_hash(line.encode()))
        self.said[name] = (
            str(line.record.get("reason", "")),
            str(line.record.get("authority", "")),
        )
        if line.record.get("kind") == "capture":
            self.captures.add(str(line.record.get("id", "")))

    def decide(self, erasure: Erasure) -> None:
        """Take one decision of the log."""
        self.decided[erasure.id] = erasure

    def root(self, name: str) -> tuple[int, str]:
        """Give how many tombstones of an erasure came by, and the root over them."""
        return self.found[name].size, self.found[name].root().hex()

    def faults(
        self, known: Container[str], place: Callable[[str], str]
    ) -> Iterator[tuple[str, str]]:
        """Give what is wrong, as code and place.

        Args:
            known: ids of the records that are there.
            place: where the bytes of a digest lie.
        """
        for name in sorted(self.found):
            if name not in self.decided:
                yield "tombstone-undecided", f"erasure {name or 'not named'}"
        for name, erasure in sorted(self.decided.items()):
            whole = self.root(name) == (erasure.count, erasure.root)
            agrees = self.said.get(name) == (erasure.reason, erasure.authority)
            if not whole or not agrees:
                yield "tombstone-changed", f"erasure {name}"
        for digest in sorted(self.captures):
            if digest not in known and Path(place(digest)).exists():
                yield "erased-bytes-left", digest
