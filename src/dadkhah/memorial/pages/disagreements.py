"""What sources disagree on: with each other, within themselves, and what they deny."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.memorial import addresses, disagreement, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.disagreement import Disagreement
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.naming import call
from dadkhah.memorial.pages.people import Group, said_in_groups
from dadkhah.memorial.saying import Said, Text, label, reading, say, source_title, text_of

__all__ = ["Shown", "count", "leaves"]

ROWS_A_PAGE = 40
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
        len(_of_people(book))
        + len(disagreement.of_things(book))
        + len(disagreement.contradictions(book))
    )


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the pages of this room in one language."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    people = [_shown(book, d, language) for d in _of_people(book)]
    cut = list(pieces(people, ROWS_A_PAGE))
    for number, piece in cut:
        first = number == 1
        yield Leaf(
            address=addresses.piece(language, "disagreements", number),
            other=addresses.piece(other, "disagreements", number),
            language=language,
            template="disagreements.html",
            room="disagreements",
            title=w["disagreements"],
            shows={
                "people": piece, "count": len(people), "number": number,
                "things": _things(book, language) if first else [],
                "inside": _inside(book, language) if first else [],
                "denied": _denied(book, language) if first else [],
                "pieces": [addresses.piece(language, "disagreements", n) for n, _ in cut],
            },
        )  # fmt: skip


def _of_people(book: Book) -> list[Disagreement]:
    return book.once("disagreements", lambda: disagreement.of_people(book, book.held.people))


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
