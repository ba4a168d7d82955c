"""Days of remembrance: all of them on one page, and a page for each day of each calendar."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dadkhah.memorial import addresses, anniversaries, slicing, words
from dadkhah.memorial.anniversaries import Day, Year
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.pages.walls import card, weigh
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Text, date, reading, text_of
from dadkhah.memorial.slips import Slip
from dadkhah.records import Mention

__all__ = ["Remembered", "drafts", "leaves", "of_all"]

NAMES = ("event.name", "act.type")
WHEN_BYTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One line of a day: who or what, the full date, and where it is told."""

    name: Text
    when: str
    address: str


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the page of all days, and one for each day that anybody is remembered on."""
    yield of_all(book, language)
    for day in anniversaries.days(book):
        yield from (draft.make() for draft in drafts(book, day, language))


def of_all(book: Book, language: str) -> Leaf:
    """Give the page of all days."""
    other = "en" if language == "fa" else "fa"
    months: dict[str, dict[int, list[tuple[str, str, int]]]] = {}
    for day in anniversaries.days(book):
        held = months.setdefault(day.calendar, defaultdict(list))
        where = addresses.piece(language, f"days/{day.key}", 1)
        held[day.month].append((_label(day, language), where, len(day.held)))
    return Leaf(
        address=f"{language}/days/index.html", other=f"{other}/days/index.html",
        language=language, template="days.html", room="days", title=words.of(language)["days"],
        shows={"calendars": [(name, list(held.values())) for name, held in months.items()]},
    )  # fmt: skip


def _label(day: Day, language: str) -> str:
    return anniversaries.label(day.calendar, day.month, day.day, language)


def drafts(book: Book, day: Day, language: str) -> Iterator[Draft]:
    """Give the pages of one day."""
    cut = list(
        slicing.cut(
            _in_order(book, day, language), slicing.NAMES, lambda each: each.thing.id,
            lambda each: _weigh(each, language),
        )
    )  # fmt: skip
    for number, piece in cut:
        yield Draft(
            address=addresses.piece(language, f"days/{day.key}", number),
            made_from=(piece, len(cut)),
            make=functools.partial(_leaf, book, day, language, piece, number, len(cut)),
        )


def _weigh(each: Year, language: str) -> int:
    return WHEN_BYTES + (weigh(each.thing, language) if isinstance(each.thing, Slip) else 200)


def _leaf(
    book: Book, day: Day, language: str, piece: Sequence[Year], number: int, last: int
) -> Leaf:
    word = f"days/{day.key}"
    return Leaf(
        address=addresses.piece(language, word, number),
        other=addresses.piece("en" if language == "fa" else "fa", word, 1),
        language=language, template="day.html", room="days",
        title=words.of(language)["on_the_day"].format(_label(day, language)),
        shows={
            "held": [_line(book, each, language) for each in piece],
            "number": number, "calendar": day.calendar,
            "pieces": [addresses.piece(language, word, n) for n in range(1, last + 1)],
        },
    )  # fmt: skip


def _in_order(book: Book, day: Day, language: str) -> list[Year]:
    """Give people by the alphabet; before them what happened, by its day."""
    things = [each for each in day.held if not isinstance(each.thing, Slip)]
    of_each: dict[str, list[Year]] = defaultdict(list)
    slips = []
    for each in day.held:
        if isinstance(each.thing, Slip):
            of_each[each.thing.id].append(each)
            slips.append(each.thing)
    people = roll_of(book).sorted({one.id: one for one in slips}.values(), language)
    return [*things, *(each for one in people for each in of_each[one.id])]


def _line(book: Book, each: Year, language: str) -> Remembered:
    when = date(each.day.isoformat(), language)
    if isinstance(each.thing, Slip):
        one = card(each.thing, language)
        return Remembered(name=one.called.name, when=when, address=one.address)
    return Remembered(
        name=_name(book, each.thing, language), when=when,
        address=f"{addresses.page(language, 'timeline')}#m-{each.thing.id}",
    )  # fmt: skip


def _name(book: Book, mention: Mention, language: str) -> Text:
    named = book.claims(mention.id, *NAMES)
    if not named:
        return Text(text=words.of(language)[f"{mention.type}_unnamed"], direction="")
    shown, is_ours = reading(book, named[0], language)
    return Text(text=shown, direction="") if is_ours else text_of(shown, language)
