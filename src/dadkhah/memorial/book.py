"""The disclosed records, indexed so that every page finds its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from dadkhah.memorial.disclosed import Disclosed
from dadkhah.memorial.packed import Grouped, Rows
from dadkhah.records import Capture, Claim, Mention, Passage, Person
from dadkhah.text import clean

__all__ = ["NAMES", "PASSAGES_A_PAGE", "Book", "index", "reading_order"]

PASSAGES_A_PAGE: Final = 40
OF_A_VICTIM: Final = frozenset({
    "person.death_date", "person.death_place", "person.burial_place", "person.disappearance_date",
    "person.cause_of_death", "person.method_of_violence", "person.victim_status",
    "person.detention_place", "person.sentence_status", "person.arrest_date",
})  # fmt: skip
NAMES: Final = ("person.name", "person.other_name")
OF_AN_ACTOR: Final = frozenset({"act.involvement", "order.issuer", "order.addressee"})

Key = TypeVar("Key")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything let out, by what a page asks for.

    Args:
        claims_of: by mention. pointing_at: claims by the mention that they point to.
        claims_in: by passage. passages_of: by source, in reading order; those with nothing to
            show are left out.
        piece_of: by passage, on which piece of its source's page it stands, from 1.
        person_of: by mention.
        spellings: by person, every spelling of the name, the most given first, then in log order.
        sent_about: by what it is about, the claims that contributions let out.
        called, ranked: kept by `naming`, by person and language.
        pictures: by claim, the derivative that was made.
        roots: kept by `origins`, by source.
        kept: what several pages ask of the whole, by name, found once: see `once`.
        marked: claims that deny, doubt or contradict their own source, in log order.
        things: mentions of anything but a person, in log order.
        totals, first_names: of the whole, where only a part of it was read: see `totals` and the
            first page.
        remembered, unnamed, others: the people; everyone is in exactly one of these.
    """

    held: Disclosed
    claims_of: Grouped[Claim]
    pointing_at: Grouped[Claim]
    claims_in: Grouped[Claim]
    passages_of: Mapping[str, Rows[Passage]]
    captures_of: Mapping[str, tuple[Capture, ...]]
    marked: tuple[Claim, ...]
    things: tuple[Mention, ...]
    piece_of: Mapping[str, int]
    person_of: Mapping[str, Person]
    spellings: Mapping[str, tuple[str, ...]]
    remembered: tuple[Person, ...]
    unnamed: tuple[Person, ...]
    others: tuple[Person, ...]
    sent_about: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    called: dict[tuple[str, str], Any] = field(default_factory=dict)
    ranked: dict[str, dict[str, int]] = field(default_factory=dict)
    pictures: Mapping[str, Any] = field(default_factory=dict)
    roots: dict[str, frozenset[str]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    totals: Any = None
    first_names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def mentions(self, kind: str) -> list[Mention]:
        """Give the disclosed mentions of one kind that is no person, in log order."""
        return [m for m in self.things if m.type == kind]

    def once(self, name: str, find: Callable[[], Item]) -> Item:
        """Find something of the whole book once."""
        if name not in self.kept:
            self.kept[name] = find()
        found: Item = self.kept[name]
        return found

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
    remembered, unnamed, others = _sorted_out(held, claims_of, pointing_at)
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
        spellings={person.id: _spellings(held, person, claims_of) for person in held.people},
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
) -> tuple[dict[str, Rows[Passage]], dict[str, int]]:
    """Put the passages of each source into reading order, and cut them into pieces."""
    found: dict[str, list[tuple[tuple[str, int, int, int], int, str]]] = defaultdict(list)
    for row, passage in enumerate(held.passages.values()):
        if passage.source in held.sources and _shows(passage, claims_in):
            found[passage.source].append((reading_order(passage), row, passage.id))
    passages_of: dict[str, Rows[Passage]] = {}
    piece_of: dict[str, int] = {}
    for source, each in found.items():
        each.sort()
        passages_of[source] = held.passages.chosen(row for _, row, _ in each)
        for place, (_, _, identity) in enumerate(each):
            piece_of[identity] = 1 + place // PASSAGES_A_PAGE
    return passages_of, piece_of


def _spellings(held: Disclosed, person: Person, claims_of: Grouped[Claim]) -> tuple[str, ...]:
    given: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for mention in person.mentions:
        if not held.mentions[mention].unidentified:
            for claim in claims_of.get(mention, ()):
                if claim.predicate in given and clean(claim.written):
                    given[claim.predicate][clean(claim.written)] += 1
    found = next((counts for counts in given.values() if counts), Counter[str]())
    return tuple(name for name, _ in found.most_common())


def _shows(passage: Passage, claims_in: Mapping[str, object]) -> bool:
    return bool(passage.anchor.quote.strip()) or passage.id in claims_in


def reading_order(passage: Passage) -> tuple[str, int, int, int]:
    """Give the key by which the passages of one source are ordered."""
    anchor = passage.anchor
    return anchor.sheet, anchor.row or 0, anchor.page or 0, anchor.start or 0


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    found: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(group) for name, group in found.items()}


def _sorted_out(
    held: Disclosed, claims_of: Grouped[Claim], pointing_at: Grouped[Claim]
) -> tuple[tuple[Person, ...], tuple[Person, ...], tuple[Person, ...]]:
    """Part the people into those remembered by name, those without one, and others named.

    Whoever a source names as issuing an order or as involved in an act is never put on the wall.
    """
    remembered: list[Person] = []
    unnamed: list[Person] = []
    others: list[Person] = []
    for person in held.people:
        said = {c.predicate for m in person.mentions for c in claims_of.get(m, ())}
        pointed = {c.predicate for m in person.mentions for c in pointing_at.get(m, ())}
        listed = bool(person.collections) and "person.holds_post" not in said
        if pointed & OF_AN_ACTOR:
            others.append(person)
        elif listed or said & OF_A_VICTIM or "act.victim" in pointed:
            nameless = all(held.mentions[m].unidentified for m in person.mentions)
            (unnamed if nameless else remembered).append(person)
        else:
            others.append(person)
    return tuple(remembered), tuple(unnamed), tuple(others)
