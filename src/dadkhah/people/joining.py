"""Disjoint groups of mentions that know which of them may never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["Groups"]


class Groups:
    """Disjoint sets; pairs may be forbidden to meet, and a list may name nobody twice.

    Args:
        sole: for each member the list that says that it names nobody twice, or "".
    """

    def __init__(self, sole: Sequence[str]) -> None:
        self.parent = list(range(len(sole)))
        self.size = [1] * len(sole)
        self.forbidden: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        self.listed = {place: {name: place} for place, name in enumerate(sole) if name}

    def root(self, member: int) -> int:
        """Give the member that stands for a member's group."""
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def forbid(self, left: int, right: int) -> None:
        """Keep two members apart; to be said before any join."""
        self.forbidden[left][right] = (left, right)
        self.forbidden[right][left] = (left, right)

    def join(self, left: int, right: int, *, by_machine: bool) -> tuple[int, int, str] | None:
        """Join two groups, or give the two members that stand between them and why.

        A list that would name somebody twice keeps a machine from joining, but not a person:
        then both happen.
        """
        a, b = self.root(left), self.root(right)
        if a == b:
            return None
        if b in self.forbidden.get(a, ()):
            return (*self.forbidden[a][b], "different")
        twice = self._named_twice(a, b)
        if not (twice and by_machine):
            self._unite(a, b)
        return (*twice, "no-duplicates") if twice else None

    def _named_twice(self, a: int, b: int) -> tuple[int, int] | None:
        one, two = self.listed.get(a), self.listed.get(b)
        if one and two:
            for name in one.keys() & two.keys():
                return one[name], two[name]
        return None

    def _unite(self, a: int, b: int) -> None:
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        if b in self.listed:
            self.listed[a] = {**self.listed.pop(b), **self.listed.get(a, {})}
        for other, pair in self.forbidden.pop(b, {}).items():
            del self.forbidden[other][b]
            self.forbidden[a].setdefault(other, pair)
            self.forbidden[other].setdefault(a, pair)
