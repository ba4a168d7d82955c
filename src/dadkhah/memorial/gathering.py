"""A part of an archive, read as if it were the whole: what the pages that one change touches need.

changed people -> all that is said of them, all that stands on the same pieces of their sources, and
what the first page, the timeline and the corrections tell
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dadkhah.memorial import corrections, disclosed, letting, pictures
from dadkhah.memorial.basket import Basket, people_of
from dadkhah.memorial.book import Book, index
from dadkhah.memorial.disclosed import Shown
from dadkhah.memorial.ground import Ground
from dadkhah.memorial.roll import Roll
from dadkhah.memorial.shelf import Shelf
from dadkhah.records import Person

__all__ = ["Part", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is to be read.

    Args:
        people: ids of their accounts, whole. passages: those of pieces of sources, with all that
            stands on them. corrected: claims with a correction. marked: see `Book`.
        names: by passage, the name of the piece it stands on, where another than the shelf says.
    """

    people: tuple[str, ...]
    passages: tuple[str, ...]
    corrected: tuple[str, ...]
    marked: Sequence[str]
    names: Mapping[str, int]
    shown: Shown


def gather(
    ground: Ground, shelf: Shelf, part: Part, register: Mapping[str, Person] | None, lists: Roll
) -> Book:
    """Read a part of an archive.

    Args:
        register: people by account. lists: the roll of everybody.
    """
    basket = Basket(shelf=shelf)
    for passage in part.passages:
        basket.passages.update(shelf.newest("passage", "id", passage))
        basket.take("passage", passage)
    on_pieces = {claim.mention for _, claim in basket.claims.values()}
    corrected = {each: shelf.versions("claim", "id", each) for each in part.corrected}
    corrected = {each: held for each, held in corrected.items() if len(held) > 1}
    for mention in (*part.people, *shelf.things, *(v[-1][2].mention for v in corrected.values())):
        basket.take("mention", mention)
        basket.take("target", mention)
    for claim in (*part.marked, *disclosed.contributed(ground.folder)):
        basket.take("id", claim)
    _whole_people(basket, register, on_pieces)
    for target in [claim.target for _, claim in basket.claims.values()]:
        basket.take("mention", target)
    basket.complete()
    versions = {
        each: [(entry, claim) for _, entry, claim in held]
        for each, held in sorted(corrected.items(), key=lambda two: two[1][0][0])
    }
    return _book(ground, basket, part, versions, register, lists)


def _whole_people(
    basket: Basket, register: Mapping[str, Person] | None, but: Iterable[str]
) -> None:
    """Take all that is said of everybody named in what was taken, but for those on the pieces."""
    named = dict.fromkeys(c.mention for _, c in basket.claims.values() if c.mention not in but)
    for person in list(people_of(named, register)):
        for mention in person.mentions:
            basket.take("mention", mention)


def _book(
    ground: Ground, basket: Basket, part: Part, versions: corrections.Versions,
    register: Mapping[str, Person] | None, lists: Roll,
) -> Book:  # fmt: skip
    """Make a book of what was taken, with the totals of the whole still to be put in."""
    mentions, passages = basket.records("mentions"), basket.records("passages")
    parted = letting.part(
        basket.records("claims"), frozenset(), ground.allowed, mentions, ground.sources, passages,
        ground.open_texts,
    )  # fmt: skip
    past = corrections.read(ground.folder, mentions, parted.let_out, versions)
    people = (
        None
        if register is None
        else list({p.id: p for p in people_of(mentions, register)}.values())
    )
    held = disclosed.cut(ground, mentions, passages, parted, people, past, part.shown)
    names = {each: part.names.get(each) or basket.shelf.piece_of(each) for each in passages}
    book = index(held)
    groups = {group: tuple(p for p in held.people if lists.slips[p.id].group == group)
              for group in ("remembered", "unnamed", "named")}  # fmt: skip
    return dataclasses.replace(
        book, piece_of=names, slips=lists.slips, kept={"roll": lists},
        pictures=dict(pictures.make(held, ground.folder)), remembered=groups["remembered"],
        unnamed=groups["unnamed"], others=groups["named"],
    )  # fmt: skip
