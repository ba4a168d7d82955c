"""A part of an archive, read as if it were the whole: what the pages that one change touches need.

changed claims -> their people -> all that is said of them, all that stands on the same pieces of
their sources, and what the first page and the corrections tell
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dadkhah.memorial import corrections, disclosed, letting, pictures
from dadkhah.memorial.book import Book, index, reading_order
from dadkhah.memorial.disclosed import Shown
from dadkhah.memorial.ground import Ground
from dadkhah.memorial.kept import Kept
from dadkhah.memorial.shelf import Shelf, Version
from dadkhah.records import Claim, Mention, Passage, Person

__all__ = ["Gathered", "gather", "people_of"]

Record = TypeVar("Record")
Pieces = Mapping[tuple[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A book of a part.

    Args:
        people: those whom the change is about. pieces: by source and number, ids of the passages
            that stand there. closed: how many of the claims read are not let out.
    """

    book: Book
    people: tuple[Person, ...]
    pieces: Pieces
    closed: int


@dataclass(slots=True, kw_only=True)
class _Basket:
    """Records as they are taken from the shelf, each with its place in the log."""

    shelf: Shelf
    claims: dict[str, tuple[int, Claim]] = field(default_factory=dict)
    mentions: dict[str, tuple[int, Mention]] = field(default_factory=dict)
    passages: dict[str, tuple[int, Passage]] = field(default_factory=dict)
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


def people_of(mentions: Iterable[str], register: Mapping[str, Person] | None) -> Iterator[Person]:
    """Give the people of mentions; without a register each mention stands alone."""
    for mention in mentions:
        if register is None:
            yield Person(id=mention, mentions=(mention,))
        elif mention in register:
            yield register[mention]


def gather(
    ground: Ground, shelf: Shelf, kept: Kept, changed: Mapping[str, Claim],
    register: Mapping[str, Person] | None,
) -> Gathered:  # fmt: skip
    """Read what the pages need that some changed claims touch.

    Args:
        changed: by id, as they are now. register: people by mention.
    """
    basket = _Basket(shelf=shelf)
    told = dict.fromkeys(claim.mention for claim in changed.values())
    people = {person.id: person for person in people_of(told, register)}
    for mention in (m for person in people.values() for m in person.mentions):
        basket.take("mention", mention)
        basket.take("target", mention)
    pieces = _pieces(basket, changed.values())
    corrected = {each: shelf.versions("claim", "id", each) for each in (*kept.corrected, *changed)}
    first = {name for names in kept.names.values() for name in names}
    for mention in (*first, *shelf.things, *(v[-1][2].mention for v in corrected.values() if v)):
        basket.take("mention", mention)
    for claim in disclosed.contributed(ground.folder):
        basket.take("id", claim)
    _whole_people(basket, register)
    for target in [claim.target for _, claim in basket.claims.values()]:
        basket.take("mention", target)
    basket.complete()
    book, closed = _book(ground, basket, kept, corrected, register)
    held = {person.id: person for person in book.held.people}
    return Gathered(
        book=book, people=tuple(held[each] for each in people if each in held), pieces=pieces,
        closed=closed,
    )  # fmt: skip


def _pieces(basket: _Basket, changed: Iterable[Claim]) -> Pieces:
    """Take what stands on the pieces of sources that the changed claims stand on."""
    shelf, found = basket.shelf, dict[tuple[str, int], list[str]]()
    for passage in dict.fromkeys(claim.passage for claim in changed):
        source = shelf.newest("passage", "id", passage)[passage][1].source
        number = shelf.piece_of(passage)
        held = sorted(shelf.on_piece(source, number), key=reading_order)
        found[source, number] = [each.id for each in held]
        for each in held:
            basket.passages.update(shelf.newest("passage", "id", each.id))
            basket.take("passage", each.id)
    return found


def _whole_people(basket: _Basket, register: Mapping[str, Person] | None) -> None:
    """Take all that is said of everybody who is named in what was taken."""
    named = dict.fromkeys(claim.mention for _, claim in basket.claims.values())
    for mention in named:
        basket.take("mention", mention)
    for person in list(people_of(named, register)):
        for mention in person.mentions:
            basket.take("mention", mention)


def _book(
    ground: Ground, basket: _Basket, kept: Kept, corrected: Mapping[str, list[Version]],
    register: Mapping[str, Person] | None,
) -> tuple[Book, int]:  # fmt: skip
    """Make a book of what was taken, with the totals of the whole still to be put in."""
    mentions = _in_order(basket.mentions)
    passages = _in_order(basket.passages)
    pieces = {identity: basket.shelf.piece_of(identity) for identity in passages}
    claims = _in_order(basket.claims)
    parted = letting.part(
        claims, frozenset(), ground.allowed, mentions, ground.sources, passages, ground.open_texts
    )
    versions = {each: [(entry, c) for _, entry, c in v] for each, v in corrected.items()}
    ordered = dict(sorted(versions.items(), key=lambda each: corrected[each[0]][:1]))
    past = corrections.read(ground.folder, mentions, parted.let_out, ordered)
    people = (
        None
        if register is None
        else list({p.id: p for p in people_of(mentions, register)}.values())
    )
    shown = Shown(
        sources=frozenset(kept.sources), captures=frozenset(kept.captures),
        collections=frozenset(kept.collections),
    )  # fmt: skip
    held = disclosed.cut(ground, mentions, passages, parted, people, past, shown)
    book = dataclasses.replace(
        index(held), piece_of=pieces, first_names={n: tuple(v) for n, v in kept.names.items()},
        pictures=dict(pictures.make(held, ground.folder)),
    )  # fmt: skip
    return book, len(parted.closed)


def _in_order(held: Mapping[str, tuple[int, Record]]) -> dict[str, Record]:
    ordered = sorted(held.items(), key=lambda each: each[1][0])
    return {identity: record for identity, (_, record) in ordered}
