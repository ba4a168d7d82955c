"""The first page, and the pages about the record itself: scope, checking, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dadkhah.memorial import addresses, totals, words
from dadkhah.memorial.answer import answer_of
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.pages import figures, timeline
from dadkhah.memorial.pages.walls import card
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Text, date, label, term, text_of
from dadkhah.memorial.sent import about
from dadkhah.memorial.slips import Slip

__all__ = ["leaves"]

NAMES_AT_HOME = 36
WORDS_AT_HOME = 5
ROOMS = (("method", "method.html"), ("verify", "verify.html"), ("contribute", "contribute.html"))


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the first page and those about the record, in one language."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    yield Leaf(
        address=addresses.home(language), other=addresses.home(other), language=language,
        template="home.html", room="home", title=words.choose(book.held.case.title, language),
        shows=_home(book, language),
    )  # fmt: skip
    for word, template in ROOMS:
        yield Leaf(
            address=addresses.page(language, word), other=addresses.page(other, word),
            language=language, template=template, room=word, title=w[word],
            shows={
                "sent_here": about(book, "whole", language) if word == "contribute" else [],
                "scope": _scope(book, language), "methodology": _methodology(book, language),
                "categories": _categories(book, language) if word == "method" else [],
            },
        )  # fmt: skip


def _home(book: Book, language: str) -> dict[str, Any]:
    held, every = book.held, figures.figures(book, language)
    run, whole = held.run, totals.of(book)
    return {
        "names": [card(one, language) for one in _first(book, language)],
        "remembered": whole.remembered,
        "unnamed": whole.unnamed,
        "others": whole.others,
        "told": _told(book, language),
        "figures": [f for f in every if f.number.stance == ""],
        "kinds": [(k, [f for f in every if f.kind == k]) for k in figures.KINDS],
        "answer": answer_of(run, book) if run is not None else None,
        "sources": len(held.sources),
        "open_texts": len(held.open_texts),
        "places": whole.places,
        "claims": whole.claims,
        "unreviewed": whole.unreviewed,
        "disagreements": whole.disagreements,
        "scope": _scope(book, language),
    }


def _first(book: Book, language: str) -> list[Slip]:
    """Give those whose names stand on the first page."""
    rows, _ = roll_of(book).listed(language, "remembered")
    return roll_of(book).some(rows[:NAMES_AT_HOME])


def _told(book: Book, language: str) -> list[timeline.Moment]:
    """Give the first things that sources tell within the dates of the case, else of any time."""
    named = [m for m in timeline.moments(book, language) if m.name_said is not None and m.first]
    named.sort(key=lambda m: (str(m.first), m.id))
    span = timeline.span_of(book.held.case.dates)
    within = [m for m in named if m.first is not None and m.first in span]
    return (within or named)[:WORDS_AT_HOME]


def _scope(book: Book, language: str) -> list[tuple[str, Text]]:
    case, w = book.held.case, words.of(language)
    parts = (
        ("scope_persons", case.persons), ("scope_acts", case.acts), ("scope_places", case.places),
    )  # fmt: skip
    said = [(w[word], text_of(words.choose(t, language), language)) for word, t in parts if t]
    if case.dates:
        said.append((w["scope_dates"], Text(text=date(case.dates, language), direction="")))
    if case.out_of_scope:
        said.append((w["scope_out"], text_of(words.choose(case.out_of_scope, language), language)))
    return said


def _categories(book: Book, language: str) -> list[tuple[str, list[str]]]:
    """Give every coded term in use, by the predicate that uses it (CR-02)."""
    return [
        (label(name, language), sorted({term(value, language) for value in held}))
        for name, held in sorted(totals.of(book).terms.items())
    ]


def _methodology(book: Book, language: str) -> Text | None:
    said = words.choose(book.held.case.methodology, language)
    return text_of(said, language) if said else None
