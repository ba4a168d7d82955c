"""Groups that a source counts and does not name: "14 from Tabriz"; never added to anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.naming import call
from dadkhah.memorial.pages.people import Group, said_in_groups
from dadkhah.memorial.saying import Said, Text, reading, text_of
from dadkhah.memorial.sent import about
from dadkhah.records import Mention

__all__ = ["Counted", "leaves"]

GROUPS_A_PAGE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One group: what it is called, what is said of it, and who of it has a page of their own."""

    id: str
    name: Text
    groups: tuple[Group, ...]
    members: tuple[tuple[Text, str], ...]
    sent: tuple[Said, ...]


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the pages of this room in one language; there is always one."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    every = [_counted(book, mention, language) for mention in book.mentions("group")]
    cut = list(pieces(every, GROUPS_A_PAGE))
    for number, piece in cut:
        yield Leaf(
            address=addresses.piece(language, "people/groups", number),
            other=addresses.piece(other, "people/groups", number),
            language=language, template="groups.html", room="people", title=w["groups"],
            shows={
                "held": piece, "count": len(every), "number": number,
                "pieces": [addresses.piece(language, "people/groups", n) for n, _ in cut],
            },
        )  # fmt: skip


def _counted(book: Book, mention: Mention, language: str) -> Counted:
    named = book.claims(mention.id, "group.name")
    name = Text(text=words.of(language)["group_unnamed"], direction="")
    if named:
        name = text_of(reading(book, named[0], language)[0], language)
    return Counted(
        id=mention.id,
        name=name,
        groups=tuple(said_in_groups(book, book.claims(mention.id), language)),
        members=tuple(_members(book, mention, language)),
        sent=tuple(about(book, f"group:{mention.id}", language)),
    )


def _members(book: Book, mention: Mention, language: str) -> Iterator[tuple[Text, str]]:
    pointing = book.pointing_at.get(mention.id, ())
    found = {
        person.id: person
        for claim in pointing
        if claim.predicate == "person.member_of"
        and (person := book.person_of.get(claim.mention)) is not None
    }
    for person in found.values():
        yield call(book, person, language).name, addresses.person(language, person.id)
