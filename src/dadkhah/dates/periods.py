"""Readings that stand around a date: ranges, before and after, since and until, nights."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any, Final

from dadkhah.dates import edtf
from dadkhah.dates.atoms import narrowed, read_date, read_part
from dadkhah.dates.matching import Match
from dadkhah.dates.placing import WEEKDAYS, hull, place
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.span import OPEN, DateSpan
from dadkhah.errors import DateTextError

__all__ = ["PERIODS"]

_PART_RULES: Final = ("part_of", "about", "date_itself")


def _has_year(reading: Reading) -> bool:
    return reading.parts is None or reading.parts.year is not None


def _range(match: Match, context: Context) -> Reading:
    """Read "from June till September 1988": what the first end leaves out, the second gives."""
    if "month" in match.caught:
        return _days_of_month(match.caught, context)
    return _between(*_two(match, context))


def _two(match: Match, context: Context) -> tuple[Reading, Reading]:
    """Read both ends; what the first leaves out, the second gives."""
    caught = match.caught
    whole = _whole(caught["right"], context)
    right = _narrowed(caught["right"], whole)
    if "first" in caught:
        return _filled(Parts(day=caught["first"]), whole, context), right
    left = _whole(caught["left"], context)
    if not _has_year(left) and left.parts is not None and _has_year(whole):
        left = _filled(left.parts, whole, context)
    return _narrowed(caught["left"], left), right


def _whole(match: Match, context: Context) -> Reading:
    """Read the date of one end; of "late September 1988" the month."""
    if match.rule == "twice":
        return read_part(match, context)
    return read_date(match.caught["date"] if match.rule in _PART_RULES else match, context)


def _narrowed(match: Match, whole: Reading) -> Reading:
    return narrowed(match, whole) if match.rule in _PART_RULES else whole


def _several(match: Match, context: Context) -> Reading:
    """Read "2 and 4 August 1988" as both days, and "July and August 1988" as one period."""
    left, right = _two(match, context)
    if left.unit in ("month", "season") and left.unit == right.unit and _adjoin(left, right):
        return _between(left, right)
    return _set(left, right, "{}")


def _either(match: Match, context: Context) -> Reading:
    """Read "2 or 4 August 1988" as one of both."""
    return _set(*_two(match, context), "[]")


def _adjoin(left: Reading, right: Reading) -> bool:
    first, second = left.span.latest, right.span.earliest
    return first is not None and second is not None and edtf.shifted(first, 1) == second


def _set(left: Reading, right: Reading, brackets: str) -> Reading:
    """Give two dates as an EDTF set: {all of} or [one of]."""
    if (
        left.unit != right.unit
        or left.unit not in ("day", "month", "year")
        or any(not reading.span.bounded for reading in (left, right))
    ):
        raise DateTextError("date-not-understood", "These are two dates, not one.")
    texts = ",".join(reading.span.edtf.replace("/", "..") for reading in (left, right))
    return right.but(
        *left.inferences,
        span=hull((left.span, right.span)),
        edtf=f"{brackets[0]}{texts}{brackets[1]}",
        parts=None,
    )


def _days_of_month(caught: dict[str, Any], context: Context) -> Reading:
    """Read "July 28-30, 1988"."""
    last = Parts(year=caught["year"], months=caught["month"], day=caught["day"])
    return _between(place(replace(last, day=caught["first"]), context), place(last, context))


def _filled(parts: Parts, right: Reading, context: Context) -> Reading:
    """Read the first end with the month and year of the second; a year earlier if it must be."""
    if right.parts is None or (
        parts.months == () and parts.season is None and parts.day and not right.parts.day
    ):
        raise DateTextError("date-not-understood", "The two ends of this period do not match.")
    left = place(parts.filled(right.parts), context)
    if not (left.span.earliest and right.span.latest and left.span.earliest > right.span.latest):
        return left
    year = right.parts.year
    if year is None or (parts.months == () and parts.season is None):
        raise DateTextError("date-backwards", "This period ends before it begins.")
    before = replace(right.parts, year=replace(year, value=year.value - 1))
    sentence = "The first end would be after the second, so it is read in the year before."
    return place(parts.filled(before), context).but(
        Inference(code="range-year-before", sentence=sentence)
    )


def _between(left: Reading, right: Reading) -> Reading:
    inferences = tuple(dict.fromkeys((*left.inferences, *right.inferences)))
    if not left.span.bounded or not right.span.bounded:
        return Reading(
            calendar=right.calendar, span=OPEN, role="period", unit="range", inferences=inferences
        )
    span = DateSpan(earliest=left.span.earliest, latest=right.span.latest)
    if right.span.earliest and left.span.earliest and right.span.earliest < left.span.earliest:
        raise DateTextError("date-backwards", "This period ends before it begins.", where=span.edtf)
    return Reading(
        calendar=right.calendar, span=span, role="period", unit="range", inferences=inferences
    )


def _before(match: Match, context: Context) -> Reading:
    inner = read_part(match.caught["part"], context)
    earliest = inner.span.earliest
    latest = edtf.shifted(earliest, -1) if earliest else None
    return inner.but(span=DateSpan(latest=latest), role="before", edtf=None, parts=None)


def _after(match: Match, context: Context) -> Reading:
    inner = read_part(match.caught["part"], context)
    latest = inner.span.latest
    earliest = edtf.shifted(latest, 1) if latest else None
    return inner.but(span=DateSpan(earliest=earliest), role="after", edtf=None, parts=None)


def _since(match: Match, context: Context) -> Reading:
    """Read "since February 1979": from its first day to the source's date, when that is known."""
    inner = read_part(match.caught["part"], context)
    end = context.source.latest if context.source else None
    if end is not None and inner.span.earliest is not None and end < inner.span.earliest:
        end = None
    inferences = (_to_source(context),) if end else ()
    span = DateSpan(earliest=inner.span.earliest, latest=end)
    return inner.but(*inferences, span=span, role="since", edtf=None, parts=None)


def _to_source(context: Context) -> Inference:
    date = context.source.edtf if context.source else ""
    return Inference(
        code="relative-to-source", sentence=f"It is counted from the source's own date, {date}."
    )


def _until(match: Match, context: Context) -> Reading:
    inner = read_part(match.caught["part"], context)
    span = DateSpan(latest=inner.span.latest)
    return inner.but(span=span, role="until", edtf=None, parts=None)


def _night(match: Match, context: Context) -> Reading:
    """Read a night: it spans two civil dates, and "night of Friday" is Thursday's (CA-07)."""
    inner = match.caught["date"]
    named = match.caught.get("weekday") or inner.caught.get("weekday")
    day = read_date(replace(inner, caught={**inner.caught, "weekday": None}), context)
    if not day.span.exact or day.span.earliest is None:
        if day.unit == "day" and day.span.bounded:
            return day.but(span=_widen(day.span, 0, 1), role="night", edtf=None, parts=None)
        raise DateTextError("date-not-understood", "Only a day has a night.")
    eve_style = "night_of" in match.caught and "night" not in match.caught
    before, after, added = _night_sides(
        day.span.earliest,
        named[0] if named else None,
        eve_style,
        persian=not match_is_latin(match),
    )
    return day.but(
        *added, span=_widen(day.span, before, after), role="night", edtf=None, parts=None
    )


def match_is_latin(match: Match) -> bool:
    """Say whether the night was written in Latin script."""
    word = match.caught.get("night_of") or match.caught.get("night") or ("",)
    return str(word[0]).isascii()


def _widen(span: DateSpan, before: int, after: int) -> DateSpan:
    first, last = span.earliest, span.latest
    return DateSpan(
        earliest=edtf.shifted(first, -before) if first else None,
        latest=edtf.shifted(last, after) if last else None,
    )


def _night_sides(
    day: datetime.date, named: int | None, eve_style: bool, *, persian: bool
) -> tuple[int, int, tuple[Inference, ...]]:
    """Give how many days before and after the civil date a night reaches.

    1. "Night of Friday" with Friday's date: the evening before and the early hours of that day.
    2. "Night of Friday" with Thursday's date: that evening and the next day's early hours.
    3. "Thursday night" with Thursday's date: that evening and the next day's early hours.
    4. شب before a bare date may be either night of it; so is a weekday that fits neither.
    """
    if named is None:
        return (1, 1, (_either_night(),)) if persian and eve_style else (0, 1, ())
    if eve_style and day.weekday() == named:
        return 1, 0, ()
    if day.weekday() == ((named - 1) % 7 if eve_style else named):
        return 0, 1, ()
    sentence = f"The text says {WEEKDAYS[named]}, but {day.isoformat()} was a "
    disagreement = Inference(
        code="weekday-disagrees", sentence=sentence + f"{WEEKDAYS[day.weekday()]}."
    )
    return 1, 1, (disagreement,)


def _either_night() -> Inference:
    return Inference(
        code="night-either",
        sentence="The night of a date can be the one before it or the one after it.",
    )


def _eve(match: Match, context: Context) -> Reading:
    day = read_date(match.caught["date"], context)
    if day.span.earliest is None or day.unit != "day":
        raise DateTextError("date-not-understood", "Only a day has an eve.")
    return day.but(span=_widen(day.span, 1, 0), role="night", edtf=None, parts=None)


def _night_bare(match: Match, context: Context) -> Reading:
    named = match.caught["weekday"][0]
    evening = (named - 1) % 7 if "night_of" in match.caught else named
    sentence = f"This is the evening of a {WEEKDAYS[evening]} and the early hours of a "
    meaning = Inference(
        code="night-of-weekday",
        sentence=sentence + f"{WEEKDAYS[(evening + 1) % 7]}; the text does not say of which week.",
    )
    return Reading(calendar=context.calendar or "gregorian", role="night", inferences=(meaning,))


def _itself(match: Match, context: Context) -> Reading:
    reading = read_part(match.caught["part"], context)
    spread = reading.unit in ("season", "decade", "century")
    return replace(reading, role="period") if spread and reading.role == "point" else reading


def _dawn(match: Match, context: Context) -> Reading:
    return read_date(match.caught["date"], context)


PERIODS: Final = {
    "range": _range,
    "several": _several,
    "either": _either,
    "before": _before,
    "after": _after,
    "since": _since,
    "until": _until,
    "night": _night,
    "eve": _eve,
    "dawn": _dawn,
    "night_bare": _night_bare,
    "date_itself": _itself,
}
