"""Where sources disagree: values of one predicate that cannot all be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dadkhah.memorial.book import Book
from dadkhah.memorial.contesting import SINGLE, apart, contested
from dadkhah.records import Claim, Person

__all__ = [
    "SINGLE",
    "Disagreement",
    "apart",
    "contested",
    "contradictions",
    "of_people",
    "of_things",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Claims of one predicate about one person or thing that cannot all be true."""

    predicate: str
    claims: tuple[Claim, ...]
    person: Person | None = None
    mention: str = ""


def of_people(book: Book, people: Iterable[Person]) -> list[Disagreement]:
    """Give what sources disagree on about people, person by person."""
    return [
        Disagreement(predicate=predicate, claims=claims, person=person)
        for person in people
        if len(person.mentions) > 1 or len(book.claims_about(person)) > 1
        for predicate, claims in contested(book.claims_about(person))
    ]


def of_things(book: Book) -> list[Disagreement]:
    """Give what is disagreed on about one event, order, act or group."""
    return [
        Disagreement(predicate=predicate, claims=claims, mention=mention.id)
        for mention in book.things
        for predicate, claims in contested(book.claims(mention.id))
    ]


def contradictions(book: Book) -> list[Disagreement]:
    """Give the claims that were flagged as contradicting their own source, by source."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.marked:
        if "contradiction" in claim.flags:
            by_source[book.held.mentions[claim.mention].source].append(claim)
    return [Disagreement(predicate="", claims=tuple(held)) for held in by_source.values()]
