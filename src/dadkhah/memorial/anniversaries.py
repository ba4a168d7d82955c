"""On which days of the year people died and things happened, in three calendars.

Only days that a source gives exactly. A person whose sources give two days is remembered on both.
The lunar day is that of the civil table: a sighting may lie a day before or after (CA-06).
"""

from __future__ import annotations

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy
import orjson

from dadkhah import bundled
from dadkhah.dates import to_lunar_hijri, to_solar_hijri
from dadkhah.errors import DadkhahError
from dadkhah.memorial import words
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.slips import GROUPS, is_a_day
from dadkhah.records import Mention

__all__ = ["CALENDARS", "Day", "Year", "days", "keys", "label", "months", "table"]

CALENDARS: Final = ("solar_hijri", "gregorian", "lunar_hijri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What happened on a day, an event or act, and the day itself in full."""

    thing: Mention
    day: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a calendar's year.

    Args:
        rows: of the roll, of those who died on it. ordinals: of their days; in the order of both.
        things: what happened on it, in the order of days.
    """

    calendar: str
    month: int
    day: int
    rows: Array
    ordinals: Array
    things: tuple[Year, ...]

    def dates(self) -> Iterator[datetime.date]:
        """Give the days in full."""
        yield from map(datetime.date.fromordinal, self.ordinals.tolist())
        yield from (each.day for each in self.things)

    @property
    def count(self) -> int:
        """Count who and what is remembered."""
        return len(self.rows) + len(self.things)

    @property
    def key(self) -> str:
        """Give the day as it stands in addresses: s-05-06."""
        return _key(self.calendar, self.month, self.day)


def _things(book: Book) -> list[Year]:
    """Give the exact days of events and acts, in order."""
    found = [
        Year(thing=mention, day=day)
        for mention in book.things
        if mention.type in {"event", "act"}
        for day in _days(book, mention.id, f"{mention.type}.date")
    ]
    return sorted(found, key=lambda each: (each.day, each.thing.id))


def _days(book: Book, mention: str, predicate: str) -> list[datetime.date]:
    claims = (c for c in book.claims(mention, predicate) if c.stance != "denies")
    exact = dict.fromkeys(str(c.value) for c in claims if is_a_day(str(c.value)))
    return [datetime.date.fromisoformat(each) for each in exact]


def days(book: Book) -> list[Day]:
    """Give the days of each calendar on which anybody is remembered, in the calendar's order."""
    return book.once("days", lambda: _grouped(book))


def _grouped(book: Book) -> list[Day]:
    columns, things = roll_of(book).columns, _things(book)
    rows, ordinals = columns.days
    remembered = columns.groups[rows] != GROUPS.index("named")
    order = numpy.argsort(ordinals[remembered], kind="stable")
    rows, ordinals = rows[remembered][order], ordinals[remembered][order]
    held: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for day in sorted({*numpy.unique(ordinals).tolist(), *(t.day.toordinal() for t in things)}):
        for calendar in CALENDARS:
            place = _place(calendar, datetime.date.fromordinal(day))
            if place is not None:
                held[calendar, *place].append(day)
    found = []
    for where in sorted(held, key=lambda each: (CALENDARS.index(each[0]), each[1:])):
        days = held[where]
        parts = [slice(*ordinals.searchsorted((day, day + 1))) for day in days]
        found.append(
            Day(
                calendar=where[0], month=where[1], day=where[2],
                rows=numpy.concatenate([rows[part] for part in parts]),
                ordinals=numpy.concatenate([ordinals[part] for part in parts]),
                things=tuple(each for each in things if each.day.toordinal() in days),
            )
        )  # fmt: skip
    return found


def keys(day: str) -> set[str]:
    """Give the keys of the days on which an exact day is remembered."""
    exact = datetime.date.fromisoformat(day)
    places = ((calendar, _place(calendar, exact)) for calendar in CALENDARS)
    return {_key(calendar, *place) for calendar, place in places if place is not None}


def _key(calendar: str, month: int, day: int) -> str:
    return f"{calendar[0]}-{month:02}-{day:02}"


@functools.lru_cache(maxsize=1 << 16)
def _place(calendar: str, day: datetime.date) -> tuple[int, int] | None:
    try:
        if calendar == "solar_hijri":
            return to_solar_hijri(day)[1:]
        if calendar == "lunar_hijri":
            return to_lunar_hijri(day)[1:]
    except DadkhahError:
        return None
    return day.month, day.day


@functools.cache
def _months() -> Mapping[str, Mapping[str, Sequence[str]]]:
    months: dict[str, dict[str, list[str]]] = bundled.read("dadkhah.memorial", "data/months.yaml")
    return months


def months(language: str) -> list[tuple[str, str]]:
    """Give the months of each calendar by its first letter, as an attribute of a page."""
    return [(one[0], "|".join(_months()[one][language])) for one in CALENDARS]


def label(calendar: str, month: int, day: int, language: str) -> str:
    """Write a day of a year: "6 Mordad"."""
    return f"{words.digits(day, language)} {_months()[calendar][language][month - 1]}"


def table(every: Sequence[Day], mark: str) -> bytes:
    """Write the small table from which the first page picks today: key to how many."""
    counts = {day.key: day.count for day in every}
    note = f"/* {mark} */" if mark else ""
    return note.encode() + b"dadkhahDays(" + orjson.dumps(counts) + b");\n"
