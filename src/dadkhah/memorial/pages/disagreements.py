"""What sources disagree on: with each other, within themselves, and what they deny."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dadkhah.memorial import addresses, disagreement, slicing, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.disagreement import Disagreement
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.naming import call
from dadkhah.memorial.pages.people import Group, said_in_groups
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Said, Text, label, reading, say, source_title, text_of
from dadkhah.memorial.slips import Slip

__all__ = ["Shown", "count", "drafts", "leaves"]

NAMES = ("event.name", "order.text", "place.name", "post.title", "group.name", "figure.number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One disagreement: what it is about, and the values side by side."""

    about: Text
    address: str
    group: Group


def count(book: Book) -> int:
    """Count the points on which sources disagree; denials are not counted among them."""
    return (
        int(roll_of(book).columns.contested.sum())
        + len(disagreement.of_things(book))
        + len(disagreement.contradictions(book))
    )


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the pages of this room in one language."""
    return (draft.make() for draft in drafts(book, language))


def drafts(book: Book, language: str) -> Iterator[Draft]:
    """Give the pages of this room before they are made."""
    roll = roll_of(book)
    contested = roll.some(roll.columns.contested.nonzero()[0])
    cut = list(
        slicing.cut(contested, slicing.POINTS, lambda one: one.id, lambda one: one.contested)
    )
    points = _points(contested)
    for number, piece in cut:
        yield Draft(
            address=addresses.piece(language, "disagreements", number),
            made_from=(piece, number, len(cut), points if number == 1 else 0),
            make=functools.partial(_leaf, book, language, piece, number, len(cut), points),
            people=frozenset(one.id for one in piece),
        )


def _points(contested: Sequence[Slip]) -> int:
    return sum(one.contested for one in contested)


def _leaf(
    book: Book, language: str, piece: Sequence[Slip], number: int, last: int, points: int
) -> Leaf:
    other, first = "en" if language == "fa" else "fa", number == 1
    wanted = {one.id: one for one in piece}
    people = sorted((p for p in book.held.people if p.id in wanted), key=lambda p: p.id)
    return Leaf(
        address=addresses.piece(language, "disagreements", number),
        other=addresses.piece(other, "disagreements", number),
        language=language, template="disagreements.html", room="disagreements",
        title=words.of(language)["disagreements"],
        shows={
            "people": [_shown(book, d, language) for d in disagreement.of_people(book, people)],
            "number": number, "count": points if first else 0,
            "things": _things(book, language) if first else [],
            "inside": _inside(book, language) if first else [],
            "denied": _denied(book, language) if first else [],
            "pieces": [addresses.piece(language, "disagreements", n) for n in range(1, last + 1)],
        },
    )  # fmt: skip


def _shown(book: Book, found: Disagreement, language: str) -> Shown:
    about, address = Text(text="", direction=""), ""
    if found.person is not None:
        about = call(book, found.person, language).name
        address = addresses.person(language, found.person.id)
    elif found.mention:
        about = _name(book, found.mention, language)
    group = said_in_groups(book, found.claims, language)[0]
    return Shown(about=about, address=address, group=group)


def _name(book: Book, mention: str, language: str) -> Text:
    named = book.claims(mention, *NAMES)
    if named:
        shown, is_ours = reading(book, named[0], language)
        return Text(text=shown, direction="") if is_ours else text_of(shown, language)
    kind = book.held.mentions[mention].type
    return Text(text=words.of(language).get(f"{kind}_unnamed", ""), direction="")


def _things(book: Book, language: str) -> list[Shown]:
    return [_shown(book, found, language) for found in disagreement.of_things(book)]


def _inside(book: Book, language: str) -> list[tuple[Text, list[tuple[str, Said]]]]:
    """Give what contradicts itself, by source: each claim with the label of its predicate."""
    return [
        (
            source_title(book.held.sources[_source(book, found)], language),
            [(label(c.predicate, language), say(book, c, language)) for c in found.claims],
        )
        for found in disagreement.contradictions(book)
    ]


def _source(book: Book, found: Disagreement) -> str:
    return book.held.mentions[found.claims[0].mention].source


def _denied(book: Book, language: str) -> list[tuple[str, Said]]:
    return [
        (label(claim.predicate, language), say(book, claim, language))
        for claim in book.marked
        if claim.stance in {"denies", "doubts"}
    ]
