"""Days of remembrance: all of them on one page, and a page for each day of each calendar."""

from __future__ import annotations

import datetime
import functools
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy

from dadkhah.memorial import addresses, anniversaries, slicing, words
from dadkhah.memorial.anniversaries import Day, Year
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.pages.walls import card
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Text, date, reading, text_of
from dadkhah.records import Mention

__all__ = ["Remembered", "drafts", "leaves", "of_all"]

NAMES = ("event.name", "act.type")
WHEN_BYTES = 60
THING_BYTES = 200
Piece = tuple[Sequence[Year], Array, Array]


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
        held[day.month].append((_label(day, language), where, day.count))
    return Leaf(
        address=f"{language}/days/index.html", other=f"{other}/days/index.html",
        language=language, template="days.html", room="days", title=words.of(language)["days"],
        shows={"calendars": [(name, list(held.values())) for name, held in months.items()]},
    )  # fmt: skip


def _label(day: Day, language: str) -> str:
    return anniversaries.label(day.calendar, day.month, day.day, language)


def drafts(book: Book, day: Day, language: str) -> Iterator[Draft]:
    """Give the pages of one day: what happened, then people by the alphabet."""
    columns, order = roll_of(book).columns, _in_order(book, day, language)
    rows, ordinals, before = day.rows[order], day.ordinals[order], len(day.things)
    sums = [zlib.crc32(each.thing.id.encode()) for each in day.things]
    weights = columns.weights[language][rows] + WHEN_BYTES
    cut = slicing.cut_rows(
        numpy.concatenate([numpy.full(before, WHEN_BYTES + THING_BYTES), weights]),
        slicing.may_end(
            numpy.concatenate([numpy.array(sums, dtype=columns.sums.dtype), columns.sums[rows]]),
            slicing.NAMES,
        ),
        slicing.NAMES,
    )
    for number, (start, stop) in enumerate(cut, start=1):
        part = slice(max(start - before, 0), max(stop - before, 0))
        piece = (day.things[start:stop], rows[part], ordinals[part])
        stamps = columns.stamps[piece[1]].tobytes()
        yield Draft(
            address=addresses.piece(language, f"days/{day.key}", number),
            made_from=(piece[0], stamps, piece[2].tobytes(), len(cut)),
            make=functools.partial(_leaf, book, day, language, piece, number, len(cut)),
        )


def _leaf(book: Book, day: Day, language: str, piece: Piece, number: int, last: int) -> Leaf:
    word = f"days/{day.key}"
    return Leaf(
        address=addresses.piece(language, word, number),
        other=addresses.piece("en" if language == "fa" else "fa", word, 1),
        language=language, template="day.html", room="days",
        title=words.of(language)["on_the_day"].format(_label(day, language)),
        shows={
            "held": list(_lines(book, piece, language)),
            "number": number, "calendar": day.calendar,
            "pieces": [addresses.piece(language, word, n) for n in range(1, last + 1)],
        },
    )  # fmt: skip


def _in_order(book: Book, day: Day, language: str) -> Array:
    """Give the order of a day's people by the alphabet; the days of one in their order."""
    return numpy.lexsort((day.ordinals, roll_of(book).rank(language)[day.rows]))


def _lines(book: Book, piece: Piece, language: str) -> Iterator[Remembered]:
    things, rows, ordinals = piece
    for each in things:
        yield Remembered(
            name=_name(book, each.thing, language), when=date(each.day.isoformat(), language),
            address=f"{addresses.page(language, 'timeline')}#m-{each.thing.id}",
        )  # fmt: skip
    for slip, ordinal in zip(roll_of(book).some(rows), ordinals.tolist(), strict=True):
        one = card(slip, language)
        when = date(datetime.date.fromordinal(ordinal).isoformat(), language)
        yield Remembered(name=one.called.name, when=when, address=one.address)


def _name(book: Book, mention: Mention, language: str) -> Text:
    named = book.claims(mention.id, *NAMES)
    if not named:
        return Text(text=words.of(language)[f"{mention.type}_unnamed"], direction="")
    shown, is_ours = reading(book, named[0], language)
    return Text(text=shown, direction="") if is_ours else text_of(shown, language)
