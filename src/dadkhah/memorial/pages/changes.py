"""Corrections: every change of what had been public; and pages that still answer after one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.corrections import Correction
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.naming import call
from dadkhah.memorial.saying import Said, Text, date, label, say

__all__ = ["Change", "address", "leaves"]

CHANGES_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One correction, ready to be shown; before and after only where both are public."""

    id: str
    kind: str
    day: str
    entry: int
    count: int
    about: Text | None
    address: str
    predicate: str
    before: Said | None
    after: Said | None


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the pages of corrections, newest first, and those that stand where a person stood."""
    w, other = words.of(language), _other(language)
    every = [_change(book, each, language) for each in reversed(book.held.past.corrections)]
    cut = list(pieces(every, CHANGES_A_PAGE))
    for number, piece in cut:
        yield Leaf(
            address=_page(language, number), other=_page(other, number),
            language=language, template="corrections.html", room="corrections",
            title=w["corrections"],
            shows={
                "changes": piece, "count": len(every), "number": number,
                "erased": book.held.past.erased,
                "pieces": [_page(language, n) for n, _ in cut],
            },
        )  # fmt: skip
    yield from _still_answering(book, language)


def _other(language: str) -> str:
    return "en" if language == "fa" else "fa"


def _page(language: str, number: int) -> str:
    return addresses.page(language, f"corrections{'' if number == 1 else f'-{number}'}")


def address(language: str, place: int) -> str:
    """Give the address of the page on which a correction stands.

    Args:
        place: of the correction, from 0 for the newest.
    """
    return _page(language, 1 + place // CHANGES_A_PAGE)


def _change(book: Book, each: Correction, language: str) -> Change:
    claim = book.held.claims.get(each.id)
    about, address = _about(book, each.mention, language) if each.mention else (None, "")
    shown = each.before is not None and claim is not None
    return Change(
        id=each.id, kind=each.kind, day=date(each.day, language), entry=each.entry,
        count=each.count, about=about, address=address,
        predicate=label(each.predicate, language) if each.predicate else "",
        before=say(book, each.before, language) if shown and each.before else None,
        after=say(book, claim, language) if shown and claim else None,
    )  # fmt: skip


def _about(book: Book, mention: str, language: str) -> tuple[Text | None, str]:
    person = book.person_of.get(mention)
    if person is not None:
        return call(book, person, language).name, addresses.person(language, person.id)
    if mention in book.held.past.gone:
        return None, addresses.person(language, mention)
    return None, ""


def _still_answering(book: Book, language: str) -> Iterator[Leaf]:
    """Give a page where a person's page was or may have been: withdrawn, or joined with another."""
    w = words.of(language)
    taken = {person.id for person in book.held.people}
    for mention, day in book.held.past.gone.items():
        if mention not in taken:
            yield _stub(language, mention, w["withdrawn"], {"day": date(day, language), "to": ""})
    for person in book.held.people:
        for mention in person.mentions:
            if mention not in taken:
                to = addresses.person(language, person.id)
                yield _stub(language, mention, w["joined"], {"day": "", "to": to})


def _stub(language: str, mention: str, title: str, shows: dict[str, str]) -> Leaf:
    return Leaf(
        address=addresses.person(language, mention),
        other=addresses.person(_other(language), mention),
        language=language, template="moved.html", room="people", title=title, shows=shows,
    )  # fmt: skip
