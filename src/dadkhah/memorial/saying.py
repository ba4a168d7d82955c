"""How one claim is said on a page: its reading in the page's language, its words, its speaker."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dadkhah import dates, predicates
from dadkhah.errors import DadkhahError
from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.slips import key_of
from dadkhah.places import Gazetteer
from dadkhah.records import Claim, Source
from dadkhah.text import clean, direction, script, to_ascii_digits

__all__ = [
    "Said",
    "Text",
    "amount",
    "date",
    "label",
    "place_name",
    "reading",
    "say",
    "source_title",
    "term",
    "text_of",
]

_FLAGS: Final = {
    "contradiction": "flag_contradiction", "placeholder": "flag_placeholder",
    "suspicious": "flag_suspicious", "unread": "flag_unread",
}  # fmt: skip
_NUMBER: Final = re.compile(r"\d+")
# Controls that HTML cannot hold, and marks that would turn the text around a name.
_NOT_SHOWN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of text with its direction, and its language where that is not the page's."""

    text: str
    direction: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim, ready to be shown.

    Args:
        written: the source's words, where the reading differs from them.
        also: the date in the other calendar.
        stance: a word of the site for denying, doubting, reporting; else empty.
        flags: words of the site. reviewed: whether nothing need be said of its not being so.
        address: of its passage, from the site's top folder, with the place in it.
        leads_to: the kind and the address of the page of what it names; may be empty.
    """

    id: str
    predicate: str
    text: Text
    written: Text | None
    also: str
    speaker: Text | None
    source: Text
    address: str
    when: str
    stance: str
    basis: str
    flags: tuple[str, ...]
    reviewed: bool
    leads_to: tuple[str, str] = ("", "")


@functools.lru_cache(maxsize=1 << 14)
def text_of(written: str, language: str, known: str = "") -> Text:
    """Give a text as a page in one language shows it.

    Args:
        language: of the page. known: of the text, where its passage says it.
    """
    shown = _NOT_SHOWN.sub("", written)
    if shown.isascii():
        return Text(text=shown, direction="ltr", language="en" if language != "en" else "")
    way = direction(shown)
    own = known if known in {"fa", "ar", "ku", "az", "en", "sv", "de", "fr"} else ""
    if own and (own in {"fa", "ar", "ku"}) != (way == "rtl"):
        own = ""
    if not own:
        own = "fa" if script(shown) == "Arabic" else "en" if way == "ltr" else ""
    return Text(text=shown, direction=way, language="" if own == language else own)


def say(
    book: Book, claim: Claim, language: str, read: tuple[str, bool] | None = None, *,
    quiet: bool = False,
) -> Said:  # fmt: skip
    """Make one claim ready to be shown in one language.

    Args:
        read: what `reading` gave, where it was asked already.
        quiet: whether the page says once of all its claims that nobody has reviewed them.
    """
    w = words.of(language)
    passage = book.held.passages.get(claim.passage)
    known = passage.language if passage else ""
    shown, is_ours = read or reading(book, claim, language)
    text = Text(text=shown, direction="") if is_ours else text_of(shown, language, known)
    differs = claim.written != shown and _bare(claim.written) != _bare(shown)
    source = book.held.sources[book.held.mentions[claim.mention].source]
    return Said(
        id=claim.id,
        predicate=claim.predicate,
        text=text,
        written=text_of(claim.written, language, known) if differs and claim.written else None,
        also=_other_calendar(claim, language),
        speaker=_speaker(claim, source, language),
        source=source_title(source, language),
        address=_address(book, claim, source.id, language),
        when=date(claim.when, language) if claim.when else "",
        stance=w[f"stance_{claim.stance}"] if claim.stance != "asserts" else "",
        basis=claim.basis,
        flags=_flags(claim, w),
        reviewed=quiet or claim.status != "unreviewed",
        leads_to=_leads_to(book, claim, language),
    )


@functools.lru_cache(maxsize=1 << 14)
def _bare(text: str) -> str:
    return to_ascii_digits(clean(text))


def _speaker(claim: Claim, source: Source, language: str) -> Text | None:
    name = claim.speaker or source.author or source.publisher
    return text_of(name, language) if name else None


def source_title(source: Source, language: str) -> Text:
    """Give the title of a source, or say that it has none or that it is withheld."""
    if source.confidentiality == "confidential":
        return Text(text=words.of(language)["source_confidential"], direction="")
    title = source.title or source.author or source.publisher
    if not title:
        return Text(text=words.of(language)["source_untitled"], direction="")
    return text_of(title, language, source.language)


def _address(book: Book, claim: Claim, source: str, language: str) -> str:
    page = addresses.source(language, source, book.piece_of.get(claim.passage, 1))
    return f"{page}#c-{claim.id}"


def _flags(claim: Claim, w: Mapping[str, str]) -> tuple[str, ...]:
    held = [w[_FLAGS[flag]] for flag in claim.flags if flag in _FLAGS]
    return (*held, w["in_conflict"]) if claim.status == "conflict" else tuple(held)


def _leads_to(book: Book, claim: Claim, language: str) -> tuple[str, str]:
    if claim.target:
        person = book.person_of.get(claim.target)
        return ("person", addresses.person(language, person.id)) if person else ("", "")
    if isinstance(claim.value, dict) and predicates.get(claim.predicate).value == "place":
        return "place", _place_page(language, tuple(claim.value.items()))
    return "", ""


@functools.lru_cache(maxsize=1 << 14)
def _place_page(language: str, value: tuple[tuple[str, Any], ...]) -> str:
    return addresses.place(language, key_of(dict(value)))


def label(predicate: str, language: str) -> str:
    """Give the label of a predicate."""
    found = predicates.get(predicate)
    return found.fa if language == "fa" else found.en


def reading(book: Book, claim: Claim, language: str) -> tuple[str, bool]:
    """Write what a claim was read as, and say whether the words are the site's own.

    A value that was not read is shown as its source writes it.
    """
    kind = predicates.get(claim.predicate).value
    if kind == "mention":
        return _target(book, claim, language)
    if claim.value is None:
        return claim.written, False
    if kind == "date":
        return date(str(claim.value), language), True
    if kind == "number" and isinstance(claim.value, Mapping):
        return amount(claim.value, language), True
    if kind == "place" and isinstance(claim.value, Mapping):
        return place_name(claim.value, language), False
    if kind == "term":
        return term(str(claim.value), language), True
    return str(claim.value), False


def _target(book: Book, claim: Claim, language: str) -> tuple[str, bool]:
    names = ("person.name", "group.name", "post.title", "event.name", "place.name", "figure.number")
    named = book.claims(claim.target, *names)
    if named:
        return named[0].written, False
    return words.of(language)["withheld_other"], True


def amount(value: Mapping[str, Any], language: str) -> str:
    """Write a number or a range: both ends, or one end and what lies open."""
    w, low, high = words.of(language), value.get("low"), value.get("high")
    if high is None:
        return w["number_from"].format(words.grouped(low or 0, language))
    if not low:
        return w["number_until"].format(words.grouped(high, language))
    if low == high:
        return words.grouped(low, language)
    return w["number_between"].format(words.grouped(low, language), words.grouped(high, language))


def date(edtf: str, language: str) -> str:
    """Write an EDTF date in the calendar that suits it and the reader; see `calendars`."""
    return calendars(edtf, language)[0]


@functools.lru_cache(maxsize=1 << 14)
def calendars(edtf: str, language: str) -> tuple[str, str]:
    """Write an EDTF date in both calendars, the reader's own first.

    A date that is a whole year or month in the other calendar only comes first in that one: "1988"
    is not shown as a time from 11 Dey to 10 Dey. The second is empty where both are the same.
    """
    order = ("gregorian", "solar_hijri") if language == "en" else ("solar_hijri", "gregorian")
    try:
        own, other = (dates.display(edtf, language, calendar=calendar) for calendar in order)
    except DadkhahError:
        return edtf, ""
    if len(_NUMBER.findall(other)) < len(_NUMBER.findall(own)):
        own, other = other, own
    about = f"{words.of(language)['about_when']} " if edtf.endswith(("~", "%")) else ""
    return about + own, "" if other == own else other


def _other_calendar(claim: Claim, language: str) -> str:
    if claim.value is None or predicates.get(claim.predicate).value != "date":
        return ""
    return calendars(str(claim.value), language)[1]


def place_name(value: Mapping[str, Any], language: str) -> str:
    """Write a place by its gazetteer name in a language, else as its source names it."""
    entry = _gazetteer().places.get(str(value.get("gazetteer") or ""))
    if entry is None:
        return str(value.get("name", ""))
    names = (entry.name_fa, entry.name_en)
    return (names[0] or names[1]) if language == "fa" else (names[1] or names[0])


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.packaged()


def term(coded: str, language: str) -> str:
    """Write a coded term by its label."""
    try:
        found = predicates.term(coded)
    except DadkhahError:
        return coded
    return found.fa if language == "fa" else found.en
