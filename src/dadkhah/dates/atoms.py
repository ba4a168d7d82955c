"""Readings of the first two levels of grammar.yaml: a date itself, a part of it, about it."""

from __future__ import annotations

import re
from typing import Any, Final

from dadkhah.dates import edtf
from dadkhah.dates.calendars import Calendar
from dadkhah.dates.matching import Match, YearText
from dadkhah.dates.numeric import place_numeric, place_pair, season_of_pair
from dadkhah.dates.placing import hull, month_span, place, year_span
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.relation import relation
from dadkhah.dates.span import DateSpan
from dadkhah.dates.years import year_of
from dadkhah.errors import DateTextError

__all__ = ["narrowed", "read_date", "read_part", "uncertain"]

_SIMPLE: Final = re.compile(r"\d{4}(-\d\d){0,2}|\d{3}X")
_FEASTS: Final[dict[str, tuple[Calendar, int, int]]] = {
    "nowruz": ("solar_hijri", 1, 1),
    "tasua": ("lunar_hijri", 1, 9),
    "ashura": ("lunar_hijri", 1, 10),
}


def _piece_bounds(part: str, n: int) -> tuple[int, int]:
    """Give the first and last of n pieces that a part takes: thirds and halves rounded outwards.

    For "first_week" and "first_ten" the pieces are days.
    """
    return {
        "early": (0, -(-n // 3) - 1),
        "mid": (n // 3, -(-2 * n // 3) - 1),
        "late": (2 * n // 3, n - 1),
        "start": (0, -(-n // 3) - 1),
        "end": (2 * n // 3, n - 1),
        "first_half": (0, -(-n // 2) - 1),
        "second_half": (n // 2, n - 1),
        "first_week": (0, 6),
        "second_week": (7, 13),
        "third_week": (14, 20),
        "last_week": (n - 7, n - 1),
        "first_ten": (0, 9),
        "second_ten": (10, 19),
        "third_ten": (20, n - 1),
    }[part]


def _first(caught: dict[str, Any], key: str) -> Any:
    values = caught.get(key)
    return values[0] if values else None


def _parts_of(caught: dict[str, Any]) -> Parts:
    """Gather the parts that a rule of the first level caught."""
    calendar, month, day = _FEASTS.get(_first(caught, "feast"), (None, 0, None))
    return Parts(
        year=caught.get("year") or caught.get("full_year"),
        months=((calendar, month),) if calendar else caught.get("month", ()),
        day=day or caught.get("day"),
        season=_first(caught, "season"),
        era=_first(caught, "era"),
        weekday=_first(caught, "weekday"),
    )


def _decade(first: YearText, parts: Parts, context: Context) -> Reading:
    calendar, year, inferred = year_of(Parts(year=first, era=parts.era), context)
    if year % 10:
        raise DateTextError("date-not-understood", f"{year} does not begin a decade.")
    span = year_span(calendar, year, year + 9)
    told = f"{year // 10}X" if calendar == "gregorian" else None
    return Reading(
        calendar=calendar, span=span, unit="decade", year=year, edtf=told, inferences=inferred
    )


def _decade_of(match: Match, context: Context) -> Reading:
    parts = _parts_of(match.caught)
    if "decade" in match.caught:
        token = match.caught["decade"]
        year = YearText(token.numbers[0], token.digits[0], apostrophe=True)
    elif "number" in match.caught:
        value = match.caught["number"]
        year = YearText(value, len(str(value)))
    else:
        year = YearText(_first(match.caught, "tens_plural"), 2, apostrophe=True)
    return _decade(year, parts, context)


def _century(match: Match, context: Context) -> Reading:
    number = match.caught["ordinal"]
    calendar: Calendar = _parts_of(match.caught).era or context.calendar or "gregorian"
    first = (number - 1) * 100 + 1
    return Reading(calendar=calendar, span=year_span(calendar, first, first + 99), unit="century")


def read_date(match: Match, context: Context) -> Reading:
    """Give the reading of a match of the first level."""
    if "numeric" in match.caught:
        return place_numeric(match.caught["numeric"], _parts_of(match.caught), context)
    if "pair" in match.caught and "season" in match.caught:
        return season_of_pair(match.caught["pair"], _parts_of(match.caught), context)
    if "pair" in match.caught:
        return place_pair(match.caught["pair"], _parts_of(match.caught), context)
    if match.rule == "decade":
        return _decade_of(match, context)
    if match.rule == "century":
        return _century(match, context)
    return place(_parts_of(match.caught), context)


def read_part(match: Match, context: Context) -> Reading:
    """Give the reading of a match of the second level: the whole date, or a part of it."""
    if match.rule == "twice":
        return _twice(match, context)
    return narrowed(match, read_date(match.caught["date"], context))


def narrowed(match: Match, whole: Reading) -> Reading:
    """Give what a match of the second level says of the date in it: a part of it, or about it."""
    if match.rule == "part_of":
        return _piece(whole, _first(match.caught, "part"))
    if match.rule == "uncertain":
        return whole.but(edtf=uncertain(whole.edtf or whole.span.edtf))
    return _about(whole) if match.rule == "about" else whole


def uncertain(told: str) -> str:
    """Mark an EDTF date as uncertain (?), one that is about (~) as both (%); others stay."""
    ends = told.split("/")
    if all(_SIMPLE.fullmatch(end) for end in ends):
        return "/".join(f"{end}?" for end in ends)
    return f"{told[:-1]}%" if told.endswith("~") else told


def _twice(match: Match, context: Context) -> Reading:
    """Read one date given in two calendars; when they disagree, both stand (CA-08)."""
    first = read_date(match.caught["first"], context)
    second = read_date(match.caught["second"], context)
    if not first.span.bounded or not second.span.bounded or first.calendar == second.calendar:
        raise DateTextError("date-not-understood", "These are not one date in two calendars.")
    if relation(first.span, second.span).equal != "no":
        return first
    sentence = f"The two calendars disagree: {first.span.edtf} and {second.span.edtf}."
    return first.but(
        Inference(code="calendars-disagree", sentence=sentence),
        *second.inferences,
        span=hull((first.span, second.span)),
        edtf=None,
        parts=None,
    )


def _about(whole: Reading) -> Reading:
    """Widen a date by one of its own units either side (EDTF ~)."""
    first, last = whole.span.earliest, whole.span.latest
    if first is None or last is None:
        return whole
    unit = whole.unit if whole.unit in ("day", "month", "year") else "month"
    earliest, latest = edtf.widened(first, last, unit)
    sentence = f"About: one {unit} either side is held possible."
    plain = whole.span.edtf
    return whole.but(
        Inference(code="about-widened", sentence=sentence),
        span=DateSpan(earliest=earliest, latest=latest),
        edtf=f"{plain}~" if "/" not in plain and whole.edtf is None else None,
        parts=None,
    )


def _piece(whole: Reading, part: str) -> Reading:
    """Cut the early, mid or late third, or a half, out of a period."""
    by_days = part.endswith(("_week", "_ten"))
    if whole.span.days is None or whole.unit == "day" or (by_days and whole.unit != "month"):
        raise DateTextError(
            "date-not-understood", "Only a month, season, year or decade has a beginning and end."
        )
    sentence = f"The {part.replace('_', ' ')} part of a {whole.unit} is taken by thirds or halves."
    inference = Inference(code="part-of-period", sentence=sentence)
    return whole.but(inference, span=_cut(whole, part), unit="part", edtf=None, parts=None)


def _cut(whole: Reading, part: str) -> DateSpan:
    """Cut by the unit's own pieces: a decade by years, a year or season by months, else by days."""
    calendar, year, month = whole.calendar, whole.year, whole.month
    if year is not None and whole.unit == "decade":
        first, last = _piece_bounds(part, 10)
        return year_span(calendar, year + first, year + last)
    if year is not None and whole.unit == "year":
        first, last = _piece_bounds(part, 12)
        return month_span(calendar, year, 1 + first, 1 + last)
    if year is not None and month is not None and whole.unit == "season":
        first, last = _piece_bounds(part, 3)
        return month_span(calendar, year, month + first, month + last)
    return _cut_days(whole.span, part)


def _cut_days(span: DateSpan, part: str) -> DateSpan:
    if span.earliest is None or span.days is None:
        return span
    first, last = _piece_bounds(part, span.days)
    start = span.earliest.toordinal()
    return DateSpan(
        earliest=span.earliest.fromordinal(start + first),
        latest=span.earliest.fromordinal(start + last),
    )
