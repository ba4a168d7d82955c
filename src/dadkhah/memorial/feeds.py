"""Feeds: what changed as Atom, and days of remembrance as iCalendar. No clock: the log's days."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dadkhah import predicates
from dadkhah.dates import from_lunar_hijri, from_solar_hijri, to_lunar_hijri, to_solar_hijri
from dadkhah.errors import DadkhahError
from dadkhah.memorial import anniversaries, words
from dadkhah.memorial.anniversaries import Day
from dadkhah.memorial.book import Book
from dadkhah.memorial.pages import changes
from dadkhah.memorial.roll import roll_of

__all__ = ["atom", "calendar", "calendars", "files"]

ENTRIES: Final = 200
YEARS: Final = 10  # of days to come, where a calendar's days move in the Gregorian year
NAMES: Final = 5
LINE_BYTES: Final = 73


def files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give the feeds of both languages: (address, bytes)."""
    for language in words.LANGUAGES:
        yield f"{language}/feed.atom", atom(book, language)
    yield from calendars(book)


def calendars(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give the days of remembrance: (address, bytes)."""
    every = anniversaries.days(book)
    for language in words.LANGUAGES:
        for name in anniversaries.CALENDARS:
            days = [day for day in every if day.calendar == name]
            address = f"{language}/days-{name.replace('_', '-')}.ics"
            yield address, calendar(book, days, language)


def atom(book: Book, language: str) -> bytes:
    """Write the newest corrections, and this edition, as an Atom feed.

    Source: RFC 4287.
    """
    w, log, urn = words.of(language), book.held.log, f"urn:dadkhah:{book.held.log.origin}"
    title = _marked(book, words.choose(book.held.case.title, language), language)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(urn)}</id>",
        f"<updated>{log.day}T00:00:00Z</updated>",
        f"<author><name>{escape(title)}</name></author>",
        '<link href="index.html"/>',
        _entry(f"{urn}:{log.size}", w["edition"].format(words.grouped(log.size, language)),
               log.day, "index.html"),
    ]  # fmt: skip
    for place, each in enumerate(reversed(book.held.past.corrections[-ENTRIES:])):
        label = predicates.get(each.predicate) if each.predicate else None
        what = (label.fa if language == "fa" else label.en) if label else ""
        said = words.counted(f"correction_{each.kind}", each.count, language)
        where = changes.address(language, place).rpartition("/")[2]
        where = f"{where}#x-{each.id}-{each.entry}"
        lines.append(_entry(f"{urn}:{each.entry}:{each.id}", f"{what} {said}".strip(),
                            each.day, where))  # fmt: skip
    return "\n".join([*lines, "</feed>", ""]).encode()


def _marked(book: Book, text: str, language: str) -> str:
    return f"{words.of(language)['simulated_title']} · {text}" if book.held.case.simulated else text


def _entry(identity: str, title: str, day: str, where: str) -> str:
    return (
        f"<entry><id>{escape(identity)}</id><title>{escape(title)}</title>"
        f"<updated>{day}T00:00:00Z</updated><link href={quoteattr(where)}/></entry>"
    )


def calendar(book: Book, days: Sequence[Day], language: str) -> bytes:
    """Write days of remembrance as an iCalendar file, one event for each day of the year.

    A Gregorian day comes again every year; one of another calendar is written out for the ten
    years from the one of the log's last entry. Nothing in it follows the day of that entry, so
    that the file changes when a day of remembrance does, and once a year.

    Source: RFC 5545.
    """
    log = book.held.log
    begin = datetime.date.fromisoformat(log.day).replace(month=1, day=1)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dadkhah//memorial//EN"]
    stamp = f"{begin:%Y%m%d}T000000Z"
    for day in days:
        found = _dates(day, begin)
        if found:
            again = ["RRULE:FREQ=YEARLY"] if day.calendar == "gregorian" else []
            more = [f"{each:%Y%m%d}" for each in found[1:]]
            lines += [
                "BEGIN:VEVENT", f"UID:{day.key}@{log.origin}", f"DTSTAMP:{stamp}",
                f"DTSTART;VALUE=DATE:{found[0]:%Y%m%d}", *again,
                *([f"RDATE;VALUE=DATE:{','.join(more)}"] if more else []),
                f"SUMMARY:{_text(_summary(book, day, language))}", "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _summary(book: Book, day: Day, language: str) -> str:
    columns = roll_of(book).columns
    people = (columns.slip(row) for row in day.rows.tolist())
    names = itertools.islice((one.spellings[0] for one in people if one.spellings), NAMES)
    shown = ("، " if language == "fa" else ", ").join(names)
    label = anniversaries.label(day.calendar, day.month, day.day, language)
    many = words.counted("people_count", day.count, language)
    return _marked(book, f"{label}: {shown} ({many})" if shown else f"{label} ({many})", language)


def _dates(day: Day, start: datetime.date) -> list[datetime.date]:
    """Give the Gregorian days of a day of the year: the first, or those of the next years."""
    if day.calendar == "gregorian":
        return [min(day.dates())]
    solar = day.calendar == "solar_hijri"
    first = (to_solar_hijri if solar else to_lunar_hijri)(start)[0]
    found = []
    for year in range(first, first + YEARS):
        try:
            if solar:
                found.append(from_solar_hijri(year, day.month, day.day))
            else:
                around = from_lunar_hijri(year, day.month, day.day)
                found.append(around[0] + (around[1] - around[0]) / 2)
        except DadkhahError:
            continue
    return [each for each in found if each >= start]


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", " ").replace("\n", " ")


def _folded(line: str) -> str:
    """Cut a line at 75 bytes, never inside a character."""
    parts, held, size = [], "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > LINE_BYTES:
            parts.append(held)
            held, size = "", 0
        held, size = held + letter, size + weight
    return "\r\n ".join([*parts, held])
