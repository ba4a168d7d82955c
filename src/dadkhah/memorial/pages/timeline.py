"""The timeline: events, orders, acts and the sources themselves, from before to the present."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dadkhah.dates import DateSpan, to_solar_hijri
from dadkhah.errors import DadkhahError
from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.pages.people import Group, said_in_groups
from dadkhah.memorial.saying import Said, Text, date, say, source_title
from dadkhah.memorial.sent import is_sent
from dadkhah.records import Claim, Mention, Source

__all__ = ["Moment", "leaves", "moments", "span_of"]

_DATE = {"event": "event.date", "order": "order.date", "act": "act.date"}
_NAME = {"event": ("event.name",), "order": ("order.text",), "act": ("act.type",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing on the timeline.

    Args:
        first: its first possible day; None without a date.
        dates: the claims that date it. groups: what else is said of it.
    """

    id: str
    kind: str
    first: datetime.date | None
    name: Text
    dates: tuple[Said, ...]
    groups: tuple[Group, ...]
    name_said: Said | None = None
    address: str = ""
    when: str = ""


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the one page of this room in one language."""
    every = moments(book, language) + _publications(book, language)
    dated = sorted((m for m in every if m.first), key=lambda m: (str(m.first), m.id))
    years: dict[str, list[Moment]] = defaultdict(list)
    for moment in dated:
        years[_year(moment.first, language)].append(moment)
    yield Leaf(
        address=addresses.page(language, "timeline"),
        other=addresses.page("en" if language == "fa" else "fa", "timeline"),
        language=language, template="timeline.html", room="timeline",
        title=words.of(language)["timeline"],
        shows={"years": list(years.items()), "undated": [m for m in every if m.first is None]},
    )  # fmt: skip


def _year(day: datetime.date | None, language: str) -> str:
    day = day or datetime.date.min
    year = to_solar_hijri(day)[0] if language == "fa" and day.year > 622 else day.year
    return words.digits(year, language)


def moments(book: Book, language: str) -> list[Moment]:
    """Give the events, orders and acts let out, in log order."""
    found = (_moment(book, m, language) for m in _things(book))
    return [moment for moment in found if moment is not None]


def _things(book: Book) -> list[Mention]:
    return [m for m in book.things if m.type in _DATE and not is_sent(book, m.id)]


def _moment(book: Book, mention: Mention, language: str) -> Moment | None:
    claims = book.claims(mention.id)
    dated = [c for c in claims if c.predicate == _DATE[mention.type]]
    named = [c for c in claims if c.predicate in _NAME[mention.type]]
    rest = [c for c in claims if c not in dated and c not in named[:1]]
    name = say(book, named[0], language) if named else None
    unnamed = Text(text=words.of(language)[f"{mention.type}_unnamed"], direction="")
    return Moment(
        id=mention.id,
        kind=mention.type,
        first=min(filter(None, map(_first_day, dated)), default=None),
        name=name.text if name else unnamed,
        name_said=name,
        dates=tuple(say(book, claim, language) for claim in dated),
        groups=tuple(said_in_groups(book, rest, language)),
    )


def _first_day(claim: Claim) -> datetime.date | None:
    return _first(str(claim.value)) if claim.value is not None else None


def _first(edtf: str) -> datetime.date | None:
    span = span_of(edtf)
    return span.earliest or span.latest


def span_of(edtf: str) -> DateSpan:
    """Read a span; what cannot be read is open at both ends."""
    try:
        return DateSpan.from_edtf(edtf) if edtf else DateSpan()
    except DadkhahError:
        return DateSpan()


def _publications(book: Book, language: str) -> list[Moment]:
    """Give the dated sources that are neither rows of a list nor sent by a reader."""
    every = (s for s in book.held.sources.values() if s.type != "contribution")
    dated = [s for s in every if s.date and not s.collection]
    return [_publication(source, language) for source in dated]


def _publication(source: Source, language: str) -> Moment:
    return Moment(
        id=source.id, kind="source", first=_first(source.date), name=source_title(source, language),
        dates=(), groups=(), address=addresses.source(language, source.id),
        when=date(source.date, language),
    )  # fmt: skip
