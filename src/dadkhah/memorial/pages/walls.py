"""The wall of names, those without a name, and others named in sources: lists of everybody."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy

from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.naming import Called, called
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Text, label, reading, text_of
from dadkhah.memorial.slips import NAMES, Slip
from dadkhah.records import Claim

__all__ = ["Card", "Wall", "card", "drafts", "leaves", "wall"]

WORDS: Final = {"remembered": "people", "named": "people/named", "unnamed": "people/unnamed"}
SAID: Final = {
    "remembered": ("people", "people_lead"), "named": ("others_named", "others_lead"),
    "unnamed": ("unnamed", "unnamed_lead"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person in a list."""

    id: str
    called: Called
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A list of people, in alphabetical order.

    Args:
        rows: of the roll, with the letter that each stands under. pieces: from where to where.
        letters: the address on which each letter begins.
    """

    rows: Array
    under: Array
    pieces: list[tuple[int, int]]
    letters: dict[str, str]


def card(one: Slip, language: str) -> Card:
    """Give somebody as a list shows them."""
    return Card(id=one.id, called=called(one, language), address=addresses.person(language, one.id))


def wall(book: Book, language: str, group: str) -> Wall:
    """Cut a group of people into pieces, in alphabetical order."""
    return book.once(f"wall {language} {group}", lambda: _cut(book, language, group))


def _cut(book: Book, language: str, group: str) -> Wall:
    roll = roll_of(book)
    rows, under = roll.listed(language, group)
    pieces = roll.cut(rows, language)
    starts = [start for start, _ in pieces]
    letters, first = numpy.unique(under, return_index=True)
    held = {
        roll.order(language).alphabet[letter]: addresses.piece(
            language, WORDS[group], bisect_right(starts, place)
        )
        for place, letter in sorted(zip(first.tolist(), letters.tolist(), strict=True))
    }
    return Wall(rows=rows, under=under, pieces=pieces, letters=held)


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the lists of people in one language; the page of each is made by `leaf`."""
    return (draft.make() for draft in drafts(book, language))


def drafts(book: Book, language: str) -> Iterator[Draft]:
    """Give the pages of the lists of people."""
    for group in WORDS:
        held = wall(book, language, group)
        doors = _doors(book, language, WORDS[group])
        count, columns = len(held.rows), roll_of(book).columns
        for number, (start, stop) in enumerate(held.pieces, start=1):
            rows = held.rows[start:stop]
            shown = doors if number == 1 else []
            told = (number, len(held.pieces), held.letters, shown, count if number == 1 else 0)
            yield Draft(
                address=addresses.piece(language, WORDS[group], number),
                made_from=(columns.stamps[rows].tobytes(), held.under[start:stop].tobytes(), told),
                make=functools.partial(_wall, book, language, group, number, shown),
                people=columns.names(rows) if group == "unnamed" else frozenset(),
            )


def _wall(
    book: Book, language: str, group: str, number: int, doors: list[tuple[str, str, int]]
) -> Leaf:
    held, w, word = wall(book, language, group), words.of(language), WORDS[group]
    title, lead = (w[each] for each in SAID[group])
    way = [addresses.piece(language, word, n) for n in range(1, len(held.pieces) + 1)]
    piece = _piece(book, held, language, number)
    return Leaf(
        address=way[number - 1], other=addresses.piece(_other(language), word, 1),
        language=language, template="unnamed.html" if group == "unnamed" else "wall.html",
        room="people", title=title,
        shows={
            "lead": lead, "word": word, "number": number,
            "count": len(held.rows),
            "sections": _by_letter(piece, language), "letters": held.letters, "pieces": way,
            "facts": _facts(book, piece, language) if group == "unnamed" else {},
            "doors": doors,
        },
    )  # fmt: skip


def _piece(book: Book, held: Wall, language: str, number: int) -> list[tuple[Slip, str]]:
    roll, (start, stop) = roll_of(book), held.pieces[number - 1]
    alphabet = roll.order(language).alphabet
    letters = [alphabet[each] for each in held.under[start:stop].tolist()]
    return list(zip(roll.some(held.rows[start:stop]), letters, strict=True))


def _other(language: str) -> str:
    return "en" if language == "fa" else "fa"


def _by_letter(piece: Sequence[tuple[Slip, str]], language: str) -> list[tuple[str, list[Card]]]:
    found: dict[str, list[Card]] = defaultdict(list)
    for one, letter in piece:
        found[letter].append(card(one, language))
    return list(found.items())


def _doors(book: Book, language: str, word: str) -> list[tuple[str, str, int]]:
    """Give the ways to the other lists of people that hold anybody."""
    w, roll = words.of(language), roll_of(book)
    doors = [
        ("people", w["the_names"], roll.count("remembered")),
        ("people/unnamed", w["unnamed"], roll.count("unnamed")),
        ("people/groups", w["groups"], len(book.mentions("group"))),
        ("people/named", w["others_named"], roll.count("named")),
    ]
    return [(addresses.piece(language, d, 1), t, n) for d, t, n in doors if n and d != word]


def _facts(
    book: Book, piece: Sequence[tuple[Slip, str]], language: str
) -> dict[str, list[tuple[str, Text]]]:
    """Give a few facts on each entry without a name, so that one is told from another."""
    people = {person.id: person for person in book.unnamed}
    return {
        one.id: [
            (label(claim.predicate, language), _short(book, claim, language))
            for claim in book.claims_about(people[one.id])
            if claim.predicate not in NAMES
        ][:4]
        for one, _ in piece
    }


def _short(book: Book, claim: Claim, language: str) -> Text:
    shown, is_ours = reading(book, claim, language)
    return Text(text=shown, direction="") if is_ours else text_of(shown, language)
