"""The disclosed records, indexed so that every page finds its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dadkhah.memorial import slicing
from dadkhah.memorial.columns import Slips, columns_of
from dadkhah.memorial.disclosed import Disclosed
from dadkhah.memorial.packed import Grouped, Rows
from dadkhah.memorial.slips import GROUPS, slip
from dadkhah.memorial.weighing import WEIGH
from dadkhah.records import Capture, Claim, Mention, Passage, Person

__all__ = ["Book", "Order", "index", "reading_order", "shows"]

Order = tuple[str, int, int, int, str]
Key = TypeVar("Key")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything let out, by what a page asks for.

    Args:
        claims_of: by mention. pointing_at: claims by the mention that they point to.
        claims_in: by passage. passages_of: by source, its pieces by name, each in reading order;
            passages with nothing to show are left out.
        piece_of: by passage, the name of the piece of its source's page on which it stands.
        person_of: by mention.
        slips: what lists need of each person, by id, in the order of the ids; of everybody, even
            where only a part was read.
        sent_about: by what it is about, the claims that contributions let out.
        pictures: by claim, the derivative that was made.
        roots: kept by `origins`, by source.
        kept: what several pages ask of the whole, by name, found once: see `once`.
        marked: claims that deny, doubt or contradict their own source, in log order.
        things: mentions of anything but a person, in log order.
        totals: of the whole, where only a part of it was read: see `totals`.
        remembered, unnamed, others: the people; everyone is in exactly one of these.
    """

    held: Disclosed
    claims_of: Grouped[Claim]
    pointing_at: Grouped[Claim]
    claims_in: Grouped[Claim]
    passages_of: Mapping[str, Mapping[int, Rows[Passage]]]
    captures_of: Mapping[str, tuple[Capture, ...]]
    marked: tuple[Claim, ...]
    things: tuple[Mention, ...]
    piece_of: Mapping[str, int]
    person_of: Mapping[str, Person]
    slips: Slips
    remembered: tuple[Person, ...]
    unnamed: tuple[Person, ...]
    others: tuple[Person, ...]
    sent_about: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    pictures: Mapping[str, Any] = field(default_factory=dict)
    roots: dict[str, frozenset[str]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    totals: Any = None

    def mentions(self, kind: str) -> list[Mention]:
        """Give the disclosed mentions of one kind that is no person, in log order."""
        return [m for m in self.things if m.type == kind]

    def once(self, name: str, find: Callable[[], Item]) -> Item:
        """Find something of the whole book once."""
        if name not in self.kept:
            self.kept[name] = find()
        found: Item = self.kept[name]
        return found

    def spellings(self, person: str) -> tuple[str, ...]:
        """Give every spelling of somebody's name, the most given first."""
        return self.slips[person].spellings

    def claims(self, mention: str, *predicates: str) -> list[Claim]:
        """Give the claims about a mention; of some predicates only, where these are named."""
        found = self.claims_of.get(mention, ())
        return [c for c in found if not predicates or c.predicate in predicates]

    def claims_about(self, person: Person, *predicates: str) -> list[Claim]:
        """Give the claims about a person, mention by mention."""
        return [c for m in person.mentions for c in self.claims(m, *predicates)]


def index(held: Disclosed) -> Book:
    """Index what was let out; a pure function."""
    claims_in, claims_of = held.claims.by("passage"), held.claims.by("mention")
    pointing_at = held.claims.by("target")
    passages_of, piece_of = _on_pieces(held, claims_in)
    person_of = {mention: person for person in held.people for mention in person.mentions}
    slips = _slips(held, claims_of, pointing_at)
    remembered, unnamed, others = (
        tuple(p for p in held.people if slips.group(p.id) == group) for group in GROUPS
    )
    return Book(
        held=held,
        claims_of=claims_of,
        pointing_at=pointing_at,
        claims_in=claims_in,
        passages_of=passages_of,
        captures_of=_grouped(held.captures.values(), lambda capture: capture.source),
        piece_of=piece_of,
        marked=tuple(
            c
            for c in held.claims.values()
            if c.stance in {"denies", "doubts"} or "contradiction" in c.flags
        ),
        things=tuple(m for m in held.mentions.values() if m.type != "person"),
        person_of=person_of,
        slips=slips,
        remembered=remembered,
        unnamed=unnamed,
        others=others,
        sent_about=_grouped(
            (held.claims[c] for c in sorted(held.contributed, key=held.claims.row)),
            lambda c: held.contributed[c.id],
        ),
    )


def _on_pieces(
    held: Disclosed, claims_in: Mapping[str, object]
) -> tuple[dict[str, dict[int, Rows[Passage]]], dict[str, int]]:
    """Put the passages of each source into reading order, and cut them into pieces."""
    found: dict[str, list[tuple[Order, int]]] = defaultdict(list)
    for row, passage in enumerate(held.passages.values()):
        if passage.source in held.sources and shows(passage, claims_in):
            found[passage.source].append((reading_order(passage), row))
    passages_of: dict[str, dict[int, Rows[Passage]]] = {}
    piece_of: dict[str, int] = {}
    for source, each in found.items():
        each.sort()
        passages_of[source] = {}
        for name, piece in slicing.cut_by_end(each, slicing.PASSAGES, lambda two: two[0][-1]):
            passages_of[source][name] = held.passages.chosen(row for _, row in piece)
            piece_of.update(dict.fromkeys((order[-1] for order, _ in piece), name))
    return passages_of, piece_of


def _slips(held: Disclosed, claims_of: Grouped[Claim], pointing_at: Grouped[Claim]) -> Slips:
    people = sorted(held.people, key=lambda each: each.id)
    return Slips(
        columns_of((slip(p, held.mentions, claims_of, pointing_at) for p in people), WEIGH)
    )


def shows(passage: Passage, claims_in: Container[str]) -> bool:
    """Say whether there is anything to show of a passage."""
    return bool(passage.anchor.quote.strip()) or passage.id in claims_in


def reading_order(passage: Passage) -> Order:
    """Give the key by which the passages of one source are ordered."""
    anchor = passage.anchor
    return anchor.sheet, anchor.row or 0, anchor.page or 0, anchor.start or 0, passage.id


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    found: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(group) for name, group in found.items()}
