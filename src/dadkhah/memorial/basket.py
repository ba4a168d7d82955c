"""Records taken from the shelf, each with its place in the log, in the state that is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dadkhah.memorial.shelf import Shelf
from dadkhah.records import Person

__all__ = ["Basket", "people_of"]

Held = dict[str, tuple[int, Any]]


@dataclass(slots=True, kw_only=True)
class Basket:
    """Records by id, each with the offset of its first version."""

    shelf: Shelf
    claims: Held = field(default_factory=dict)
    mentions: Held = field(default_factory=dict)
    passages: Held = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)

    def take(self, name: str, wanted: str) -> None:
        """Take every claim of which a field is now what is wanted."""
        if wanted and (name, wanted) not in self.taken:
            self.taken.add((name, wanted))
            self.claims.update(self.shelf.newest("claim", name, wanted))

    def complete(self) -> None:
        """Take the mentions and passages that the claims name."""
        for _, claim in self.claims.values():
            for mention in filter(None, (claim.mention, claim.target)):
                if mention not in self.mentions:
                    self.mentions.update(self.shelf.newest("mention", "id", mention))
            if claim.passage not in self.passages:
                self.passages.update(self.shelf.newest("passage", "id", claim.passage))

    def records(self, kind: Literal["claims", "mentions", "passages"]) -> dict[str, Any]:
        """Give what was taken of one kind, in log order."""
        held: Held = getattr(self, kind)
        ordered = sorted(held.items(), key=lambda each: each[1][0])
        return {identity: record for identity, (_, record) in ordered}


def people_of(mentions: Iterable[str], register: Mapping[str, Person] | None) -> Iterator[Person]:
    """Give the people of mentions; without a register each mention stands alone."""
    for mention in mentions:
        if register is None:
            yield Person(id=mention, mentions=(mention,))
        elif mention in register:
            yield register[mention]
