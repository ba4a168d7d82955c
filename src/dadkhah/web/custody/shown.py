"""How values show to a reader: numbers, dates, places and terms in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from dadkhah import dates, predicates, text
from dadkhah.errors import DateTextError, RecordError
from dadkhah.web.custody import words

__all__ = [
    "amount",
    "by_language",
    "date",
    "digits",
    "label_of",
    "moment",
    "number",
    "other_date",
    "other_years",
    "persian",
    "place",
    "reading",
    "source_type",
    "term",
    "tongue",
]


def persian() -> bool:
    """Whether the page is in Persian."""
    return (get_language() or "en").startswith("fa")


def digits(written: object) -> str:
    """Write the digits of the page's language."""
    return text.to_persian_digits(str(written)) if persian() else str(written)


def number(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return digits(f"{value:,}").replace(",", "٬") if persian() else f"{value:,}"


def amount(value: Mapping[str, Any]) -> str:
    """Write a number or a range as it was read: both ends, or one end and what lies open."""
    low, high = value.get("low"), value.get("high")
    if low is None:
        return number(high) if high is not None else ""
    if high is None:
        return gettext("%(number)s or more") % {"number": number(low)}
    if low == high:
        return number(low)
    return gettext("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def place(value: Mapping[str, Any]) -> str:
    """Write a place with the level at which it is known."""
    levels = {
        "prison": gettext("prison"), "city": gettext("city"), "province": gettext("province"),
        "country": gettext("country"), "cemetery": gettext("cemetery"), "site": gettext("site"),
    }  # fmt: skip
    level = str(value.get("level", ""))
    name = str(value.get("name", ""))
    return f"{name} ({levels.get(level, level)})" if level else name


def by_language(labels: Mapping[str, str]) -> str:
    """Choose the page's language from a text given in several."""
    return (labels.get("fa") if persian() else labels.get("en")) or next(iter(labels.values()), "")


def label_of(name: str) -> str:
    """Give the label of a predicate; an unknown one shows its own name."""
    try:
        found = predicates.get(name)
    except RecordError:
        return name
    return found.fa if persian() else found.en


def reading(name: str, value: Any) -> str:
    """Write what a claim was read as, by its predicate's type; empty when it was not read."""
    if value is None:
        return ""
    kind = _type_of(name)
    if kind == "number" and isinstance(value, dict):
        return amount(value)
    if kind == "place" and isinstance(value, dict):
        return place(value)
    if kind in {"term", "mention"}:
        return term(str(value))
    if kind == "date":
        return date(str(value))
    return str(value)


def term(coded: str) -> str:
    """Write a coded term by its label, with the code behind it."""
    try:
        found = predicates.term(coded)
    except RecordError:
        return coded
    return found.fa if persian() else found.en


def source_type(code: str) -> str:
    """Write what kind of material a source is: a HURIDOCS term, or a word of its own."""
    return term(code) if ":" in code else words.word(code)


def date(edtf: str) -> str:
    """Write an EDTF date for the reader: Gregorian in English, Solar Hijri in Persian."""
    try:
        return dates.display(edtf, "fa" if persian() else "en")
    except DateTextError:
        return edtf


def other_date(edtf: str) -> str:
    """Write an EDTF date in the other calendar, for those who count by it."""
    language, calendar = ("fa", "gregorian") if persian() else ("en", "solar_hijri")
    try:
        return dates.display(edtf, language, calendar=calendar)
    except DateTextError:
        return ""


def moment(written: str) -> str:
    """Write a time of the log: the day as the reader counts it, and the minute in UTC."""
    day, _, clock = written.partition("T")
    if not clock:
        return date(day)
    return gettext("%(day)s, %(clock)s UTC") % {"day": date(day), "clock": digits(clock[:5])}


def other_years(year: int) -> str:
    """Write the two years of the other calendar that share a year of the page's own."""
    first = year + 621 if persian() else year - 622
    years = gettext("%(first)s–%(second)s Solar Hijri")
    return years % {"first": digits(first), "second": digits(first + 1)}


def tongue(written: str, language: str = "") -> tuple[str, str]:
    """Give language and direction of a text: the language only where it is known."""
    direction = text.direction(written)
    known = language if language not in {"", "und", "mul"} else ""
    if known and (known[:2] in {"fa", "ar", "ku", "az"}) != (direction == "rtl"):
        known = ""
    if not known and text.script(written) == "Arabic":
        known = "fa"
    return known, direction


def _type_of(name: str) -> str:
    try:
        return predicates.get(name).value
    except RecordError:
        return "text"
