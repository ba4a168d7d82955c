"""Readings that stand around a date: ranges, before and after, since and until, nights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dadkhah.dates import edtf
from dadkhah.dates.atoms import narrowed, read_date, read_part
from dadkhah.dates.matching import Match
from dadkhah.dates.nights import NIGHTS
from dadkhah.dates.placing import hull, place
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.relation import relation
from dadkhah.dates.span import OPEN, DateSpan
from dadkhah.errors import DateTextError

__all__ = ["PERIODS"]

_LONG_UNITS: Final = ("month", "season", "decade", "part")
_PART_RULES: Final = ("part_of", "about", "uncertain", "date_itself")


def _has_year(reading: Reading) -> bool:
    return reading.parts is None or reading.parts.year is not None


def _range(match: Match, context: Context) -> Reading:
    """Read "from June till September 1988": what the first end leaves out, the second gives."""
    return _between(*_two(match, context))


def _two(match: Match, context: Context) -> tuple[Reading, Reading]:
    """Read both ends; what the first leaves out, the second gives."""
    caught = match.caught
    if "month" in caught:
        return _days_of_month(caught, context)
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
    if "slash" in match.caught and _one_month(left, right):
        return place(replace(right.parts or Parts(), day=(left.parts or Parts()).day), context)
    if "second" in match.caught:
        return _three(left, match.caught["second"], right, match, context)
    if "slash" in match.caught and left.calendar != right.calendar:
        raise DateTextError("date-not-understood", "This is one date in two calendars.")
    if left.unit in _LONG_UNITS and left.unit == right.unit and _adjoin(left, right):
        return _between(left, right)
    return _set((left, right), "{}")


def _three(left: Reading, day: int, right: Reading, match: Match, context: Context) -> Reading:
    """Read "5, 6 and 7 August 1988"."""
    second = _filled(Parts(day=day), _whole(match.caught["right"], context), context)
    return _set((left, second, right), "{}")


def _months_joined(match: Match, context: Context) -> Reading:
    """Read تموز وآب ١٩٨٨, where "and" is a letter of the second month."""
    year = match.caught["year"]
    left, right = (place(Parts(year=year, months=match.caught[key]), context)
                   for key in ("left_month", "and_month"))  # fmt: skip
    if "between" in match.caught or _adjoin(left, right):
        return _between(left, right)
    return _set((left, right), "{}")


def _one_month(left: Reading, right: Reading) -> bool:
    """Say whether two names of one month stand side by side: ٢٨ تموز/يوليو ١٩٨٨."""
    one, other = left.parts, right.parts
    return (
        one is not None
        and other is not None
        and other.day is None
        and bool(one.months and set(one.months) & set(other.months))
    )


def _either(match: Match, context: Context) -> Reading:
    """Read "2 or 4 August 1988" as one of both."""
    return _set(_two(match, context), "[]")


def _adjoin(left: Reading, right: Reading) -> bool:
    first, second = left.span.latest, right.span.earliest
    return first is not None and second is not None and edtf.shifted(first, 1) == second


def _set(readings: tuple[Reading, ...], brackets: str) -> Reading:
    """Give dates as an EDTF set: {all of} or [one of]."""
    units = {reading.unit for reading in readings}
    if (
        len(units) > 1
        or not units <= {"day", "month", "year", "part"}
        or any(not reading.span.bounded for reading in readings)
    ):
        raise DateTextError("date-not-understood", "These are several dates, not one.")
    texts = ",".join(reading.span.edtf.replace("/", "..") for reading in readings)
    *others, last = readings
    return last.but(
        *(inference for other in others for inference in other.inferences),
        span=hull(reading.span for reading in readings),
        edtf=f"{brackets[0]}{texts}{brackets[1]}",
        parts=None,
    )


def _days_of_month(caught: dict[str, Any], context: Context) -> tuple[Reading, Reading]:
    """Read the two days of "July 28-30, 1988"."""
    last = Parts(year=caught["year"], months=caught["month"], day=caught["day"])
    return place(replace(last, day=caught["first"]), context), place(last, context)


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
    """Read "before June 1988"; before the end of June is any day of it."""
    inner = read_part(match.caught["part"], context)
    earliest = inner.span.earliest
    latest = edtf.shifted(earliest, -1) if earliest else None
    if match.caught["part"].caught.get("part") == ("end",):
        latest = inner.span.latest
    return inner.but(span=DateSpan(latest=latest), role="before", edtf=None, parts=None)


def _after(match: Match, context: Context) -> Reading:
    """Read "after June 1988"; after the beginning of June is any day of it, and later."""
    inner = read_part(match.caught["part"], context)
    latest = inner.span.latest
    earliest = edtf.shifted(latest, 1) if latest else None
    if match.caught["part"].caught.get("part") == ("start",):
        earliest = inner.span.earliest
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


def _itself(match: Match, context: Context) -> Reading:
    reading = read_part(match.caught["part"], context)
    spread = reading.unit in ("season", "decade", "century")
    return replace(reading, role="period") if spread and reading.role == "point" else reading


def _twice_range(match: Match, context: Context) -> Reading:
    """Read "Mordad 1367 (July-August 1988)": one period in two calendars."""
    first, second = read_date(match.caught["one"], context), _between(*_two(match, context))
    if not first.span.bounded or first.calendar == second.calendar:
        raise DateTextError("date-not-understood", "These are not one period in two calendars.")
    if relation(first.span, second.span).equal != "no":
        return first
    sentence = f"The two calendars disagree: {first.span.edtf} and {second.span.edtf}."
    return first.but(
        Inference(code="calendars-disagree", sentence=sentence), *second.inferences,
        span=hull((first.span, second.span)), edtf=None, parts=None,
    )  # fmt: skip


def _dawn(match: Match, context: Context) -> Reading:
    return read_date(match.caught["date"], context)


PERIODS: Final = {
    "range": _range,
    "twice_range": _twice_range,
    "months_joined": _months_joined,
    "several": _several,
    "either": _either,
    "before": _before,
    "after": _after,
    "since": _since,
    "from_alone": _since,
    "until": _until,
    **NIGHTS,
    "dawn": _dawn,
    "date_itself": _itself,
}
