"""Days of remembrance: all of them on one page, and a page for each day of each calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.memorial import addresses, anniversaries, words
from dadkhah.memorial.anniversaries import Day, Year
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.naming import call, ranks
from dadkhah.memorial.saying import Text, date, reading, text_of
from dadkhah.records import Mention, Person

__all__ = ["Remembered", "leaves"]

NAMES = ("event.name", "act.type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One line of a day: who or what, the full date, and where it is told."""

    name: Text
    when: str
    address: str


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the page of all days, and one for each day that anybody is remembered on."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    every = anniversaries.days(book)
    months: dict[str, dict[int, list[tuple[str, str, int]]]] = {}
    for day in every:
        held = months.setdefault(day.calendar, defaultdict(list))
        where = addresses.piece(language, f"days/{day.key}", 1)
        held[day.month].append((_label(day, language), where, len(day.held)))
    yield Leaf(
        address=f"{language}/days/index.html", other=f"{other}/days/index.html",
        language=language, template="days.html", room="days", title=w["days"],
        shows={"calendars": [(name, list(held.values())) for name, held in months.items()]},
    )  # fmt: skip
    for day in every:
        yield from _day(book, day, language, other)


def _label(day: Day, language: str) -> str:
    return anniversaries.label(day.calendar, day.month, day.day, language)


def _day(book: Book, day: Day, language: str, other: str) -> Iterator[Leaf]:
    w, word = words.of(language), f"days/{day.key}"
    title = w["on_the_day"].format(_label(day, language))
    lines = [_line(book, each, language) for each in _in_order(book, day, language)]
    cut = list(pieces(lines))
    for number, piece in cut:
        yield Leaf(
            address=addresses.piece(language, word, number),
            other=addresses.piece(other, word, number),
            language=language, template="day.html", room="days", title=title,
            shows={
                "held": piece, "count": len(lines), "number": number, "calendar": day.calendar,
                "pieces": [addresses.piece(language, word, n) for n, _ in cut],
            },
        )  # fmt: skip


def _in_order(book: Book, day: Day, language: str) -> list[Year]:
    """Give people by the alphabet; before them what happened, by its day."""
    things = [each for each in day.held if not isinstance(each.thing, Person)]
    people = [each for each in day.held if isinstance(each.thing, Person)]
    place = ranks(book, language)
    people.sort(key=lambda each: (place[each.thing.id], each.day))
    return [*sorted(things, key=lambda each: (each.day, each.thing.id)), *people]


def _line(book: Book, each: Year, language: str) -> Remembered:
    when = date(each.day.isoformat(), language)
    if isinstance(each.thing, Person):
        return Remembered(
            name=call(book, each.thing, language).name, when=when,
            address=addresses.person(language, each.thing.id),
        )  # fmt: skip
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
