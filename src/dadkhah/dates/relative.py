"""Readings counted from the source's own date, and lengths of time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from dadkhah.dates import edtf
from dadkhah.dates.calendars import to_solar_hijri
from dadkhah.dates.matching import Match
from dadkhah.dates.placing import month_span, year_span
from dadkhah.dates.reading import Context, Inference, Reading
from dadkhah.dates.span import OPEN, DateSpan

__all__ = ["RELATIVES", "says_persian", "without_source"]

# the fewest and most days one unit can last
_DAYS: Final = {
    "hour": (0, 1), "day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366),
    "decade": (3652, 3653),
}  # fmt: skip
_FEW: Final = (2, 10)


def _source(context: Context) -> tuple[datetime.date, datetime.date] | None:
    span = context.source
    if span is None or span.latest is None:
        return None
    return span.earliest or span.latest, span.latest


def _from_source(sentence: str) -> Inference:
    return Inference(code="relative-to-source", sentence=sentence)


def without_source(role: str) -> Reading:
    """Give the reading of what is counted from the source's date where that is not known."""
    missing = Inference(
        code="source-date-missing",
        sentence="It is counted from the source's own date, which is not known here.",
    )
    return Reading(calendar="gregorian", span=OPEN, role=role, inferences=(missing,))


def _unit(match: Match) -> str:
    return str(match.caught["unit"][0]) if "unit" in match.caught else "year"


def _moved(day: datetime.date, number: int, unit: str) -> datetime.date:
    """Go back a number of units from a day, or on if below 0, within the days there are."""
    if unit in ("year", "decade", "month"):
        months = number * {"month": 1, "year": 12, "decade": 120}[unit]
        index = min(max(day.year * 12 + day.month - 1 - months, 12), 9999 * 12 + 11)
        first = datetime.date(index // 12, index % 12 + 1, 1)
        last = edtf.bounds(first.isoformat()[:7])[1] or first
        return min(first + datetime.timedelta(days=day.day - 1), last)
    days = number * (7 if unit == "week" else 1 if unit == "day" else 0)
    return edtf.shifted(day, -days)


def _ago(match: Match, context: Context) -> Reading:
    """Read "25 years ago": about that many of its unit before the source's date."""
    source = _source(context)
    if source is None:
        return without_source("ago")
    unit, number = _unit(match), match.caught.get("number")
    if number is None and "few" in match.caught:
        return _few_ago(unit, source)
    count = int(number) if number is not None else 1
    then = _moved(source[1], count, unit)
    sentence = f"{count} {unit}s before the source's date, {source[1].isoformat()}."
    return _about(then, unit, sentence, more="more" in match.caught)


def _few_ago(unit: str, source: tuple[datetime.date, datetime.date]) -> Reading:
    span = DateSpan(
        earliest=_moved(source[0], _FEW[1], unit), latest=_moved(source[1], _FEW[0], unit)
    )
    sentence = f"A few is read as {_FEW[0]} to {_FEW[1]} {unit}s before {source[1].isoformat()}."
    return Reading(
        calendar="gregorian", span=span, role="ago", inferences=(_from_source(sentence),)
    )


def _about(then: datetime.date, unit: str, sentence: str, *, more: bool) -> Reading:
    """Give the day, month or year an "ago" points at, with one of its units either side."""
    cut = {"year": 4, "month": 7, "decade": 4}.get(unit, 10)
    text = then.isoformat()[:cut] + ("~" if unit != "day" else "")
    span = DateSpan.from_edtf(text)
    if unit in ("week", "decade"):
        wide = 7 if unit == "week" else 1827
        span, text = (
            DateSpan(earliest=edtf.shifted(then, -wide), latest=edtf.shifted(then, wide)),
            "",
        )
    if more:
        span, text = DateSpan(latest=span.latest), ""
    return Reading(
        calendar="gregorian", span=span, role="ago", edtf=text or None, unit="ago",
        inferences=(_from_source(sentence),),
    )  # fmt: skip


def _past(match: Match, context: Context) -> Reading:
    """Read "during the last 34 years": from then to the source's date."""
    source = _source(context)
    if source is None:
        return without_source("period")
    unit, number = _unit(match), int(match.caught["number"])
    sentence = f"The {number} {unit}s up to the source's date, {source[1].isoformat()}."
    start = _moved(source[0], number, unit)
    if unit in ("year", "decade"):
        start = start.replace(month=1, day=1)
    span = DateSpan(earliest=start, latest=source[1])
    return Reading(
        calendar="gregorian", span=span, role="period", unit="past",
        inferences=(_from_source(sentence),),
    )  # fmt: skip


def _whole_unit(step: int, unit: str | None = None) -> Callable[[Match, Context], Reading]:
    """Make a reader of "last year", "this month", "yesterday"; پارسال is a Solar Hijri year."""

    def read(match: Match, context: Context) -> Reading:
        source = _source(context)
        if source is None:
            return without_source("point")
        kind = unit or _unit(match)
        sentence = f"Counted from the source's date, {source[1].isoformat()}."
        if kind in ("week", "decade", "hour"):
            return _near_one(kind, source, after=step < 0)
        if kind in ("year", "month") and says_persian(match):
            return _solar_unit(kind, step, source[1]).but(_from_source(sentence))
        cut = {"year": 4, "month": 7}.get(kind, 10)
        return Reading(
            calendar="gregorian",
            span=DateSpan.from_edtf(_moved(source[1], step, kind).isoformat()[:cut]),
            inferences=(_from_source(sentence),),
            unit=kind,
        )

    return read


def says_persian(match: Match) -> bool:
    """Say whether an expression is Persian (گذشته, پارسال), so that its years are Solar Hijri."""
    words = [value[0] for key, value in match.caught.items() if key in _PERSIAN]
    return any(not str(word).isascii() and word not in _ARABIC for word in words)


_PERSIAN: Final = frozenset({
    "fa_past", "fa_ago", "last_year_word", "this_year_word", "year_before_last", "anniversary",
    "last_month_word", "this_month_word", "next_", "this", "last",
})  # fmt: skip
_ARABIC: Final = frozenset({"العام الماضي", "هذا العام", "ذكرى"})


def _solar_unit(kind: str, step: int, day: datetime.date) -> Reading:
    """Give the Solar Hijri year or month that lies so many before that of a day."""
    year, month, _ = to_solar_hijri(day)
    if kind == "year":
        return Reading(
            calendar="solar_hijri", span=year_span("solar_hijri", year - step), unit=kind
        )
    index = year * 12 + month - 1 - step
    span = month_span("solar_hijri", index // 12, index % 12 + 1)
    return Reading(calendar="solar_hijri", span=span, unit=kind)


def _near_one(unit: str, source: tuple[datetime.date, datetime.date], *, after: bool) -> Reading:
    """Read "last week", "next week", "last decade": within two weeks, or one decade."""
    many = 2 if unit == "week" else 1
    if after:
        span = DateSpan(earliest=source[0], latest=_moved(source[1], -many, unit))
    else:
        span = DateSpan(earliest=_moved(source[0], many, unit), latest=source[1])
    side = "after" if after else "before"
    sentence = f"The {unit} {side} the source's date, {source[1].isoformat()}."
    return Reading(calendar="gregorian", span=span, inferences=(_from_source(sentence),))


def _some_time_ago(match: Match, context: Context) -> Reading:
    """Read "until some time ago": no later than the source."""
    role = "until" if "until_" in match.caught else "ago"
    source = _source(context)
    if source is None:
        return without_source(role)
    sentence = f"Some time before the source's date, {source[1].isoformat()}."
    return Reading(
        calendar="gregorian", span=DateSpan(latest=source[1]), role=role,
        inferences=(_from_source(sentence),),
    )  # fmt: skip


def _anniversary(match: Match, context: Context) -> Reading:
    """Read "on the 35th anniversary": the year of what is remembered."""
    source = _source(context)
    if source is None:
        return without_source("anniversary")
    number = int(match.caught.get("ordinal") or match.caught["number"])
    if says_persian(match):
        return _solar_anniversary(number, source)
    first, last = (max(day.year - number, 1) for day in source)
    span = DateSpan(earliest=datetime.date(first, 1, 1), latest=datetime.date(last, 12, 31))
    sentence = f"Anniversary {number} in {source[1].year}: what is remembered was in {last}."
    return Reading(
        calendar="gregorian", span=span, role="anniversary", unit="year",
        inferences=(_from_source(sentence),),
    )  # fmt: skip


def _solar_anniversary(number: int, source: tuple[datetime.date, datetime.date]) -> Reading:
    first, last = (to_solar_hijri(day)[0] - number for day in source)
    sentence = f"Anniversary {number} in Solar Hijri {last + number}: it was in {last}."
    return Reading(
        calendar="solar_hijri", span=year_span("solar_hijri", first, last), role="anniversary",
        unit="year", inferences=(_from_source(sentence),),
    )  # fmt: skip


def _recurring(_match: Match, context: Context) -> Reading:
    return Reading(calendar=context.calendar or "gregorian", role="recurring")


def _length(match: Match) -> tuple[int | None, int | None]:
    caught, unit = match.caught, _unit(match)
    low, high = (int(caught["low"]), int(caught["number"])) if "low" in caught else (0, 0)
    if "number" not in caught:
        low, high = _FEW
    elif "low" not in caught:
        low = high = int(caught["number"])
    shortest, longest = low * _DAYS[unit][0], high * _DAYS[unit][1]
    if "less" in caught:
        return 0, longest
    if "more" in caught:
        return shortest, None
    return shortest, longest


def _duration(match: Match, context: Context) -> Reading:
    """Read a length of time: it has no place on the calendar."""
    return Reading(
        calendar=context.calendar or "gregorian", role="duration", length_days=_length(match)
    )


RELATIVES: Final[dict[str, Callable[[Match, Context], Reading]]] = {
    "ago": _ago,
    "past": _past,
    "last_unit": _whole_unit(1),
    "last_year": _whole_unit(1, "year"),
    "this_year": _whole_unit(0, "year"),
    "last_month": _whole_unit(1, "month"),
    "this_month": _whole_unit(0, "month"),
    "today": _whole_unit(0, "day"),
    "yesterday": _whole_unit(1, "day"),
    "before_yesterday": _whole_unit(2, "day"),
    "tomorrow": _whole_unit(-1, "day"),
    "next_unit": _whole_unit(-1),
    "year_before_last": _whole_unit(2, "year"),
    "some_time_ago": _some_time_ago,
    "until_ago": _some_time_ago,
    "anniversary": _anniversary,
    "recurring": _recurring,
    "duration": _duration,
}
