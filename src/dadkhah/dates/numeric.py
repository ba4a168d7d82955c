"""Dates written in figures only: 1988-07-28, 28/7/1988, ۱۳۶۷/۵/۶, 67/5/6, and 03/04/1988."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from dadkhah.dates.matching import YearText
from dadkhah.dates.placing import hull, month_span, place
from dadkhah.dates.reading import Context, Inference, Parts, Reading
from dadkhah.dates.relation import relation
from dadkhah.dates.tokens import Token
from dadkhah.dates.years import year_of
from dadkhah.errors import DateTextError

__all__ = ["place_numeric", "place_pair", "season_of_pair"]

_GREGORIAN: Final = 1500  # from this year on a year is Gregorian
_ORDERS: Final = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


def _orders(token: Token, context: Context) -> tuple[str, ...]:
    """Give the orders the three numbers can stand in, most likely first."""
    if context.order:
        return (context.order,)
    first, _, last = token.digits
    if first == 4:
        return ("ymd",)
    if last == 4:
        return ("dmy", "mdy") if token.ascii else ("dmy",)
    if token.numbers[0] > 31:
        return ("ymd",)
    if token.numbers[2] > 31:
        return ("dmy", "mdy") if token.ascii else ("dmy",)
    if not token.ascii or context.calendar == "solar_hijri":
        return ("ymd",)
    raise DateTextError(
        "date-ambiguous",
        "These three numbers can stand for several dates.",
        where=token.fold,
        todo="Say the order of day, month and year, and the calendar.",
    )


def _one(token: Token, order: str, base: Parts, context: Context) -> Reading:
    year, month, day = (_ORDERS[order][part] for part in range(3))
    told = YearText(token.numbers[year], token.digits[year], ascii=token.ascii)
    if token.digits[year] == 2 and order != "ymd" and token.ascii:
        told = YearText(told.value, told.digits, apostrophe=True)
    parts = Parts(year=told, era=base.era, weekday=base.weekday)
    calendar = year_of(parts, context)[0]
    like = "solar_hijri" if calendar == "imperial" else calendar
    numbers = (token.numbers[month], token.numbers[day])
    if not 1 <= numbers[0] <= 12:
        raise DateTextError("date-impossible", f"There is no month {numbers[0]}.")
    full = Parts(
        year=told, months=((like, numbers[0]),), day=numbers[1], era=base.era, weekday=base.weekday
    )
    calendar_inference = [
        item for item in year_of(parts, context)[2] if item.code == "calendar-by-year"
    ]
    return place(full, context).but(*calendar_inference)


def place_numeric(token: Token, base: Parts, context: Context) -> Reading:
    """Read three numbers; when day and month can change places, both days stay possible.

    Raises:
        DateTextError: date-ambiguous, date-impossible, date-out-of-range.
    """
    readings, refusal = [], None
    for order in _orders(token, context):
        try:
            readings.append(_one(token, order, base, context))
        except DateTextError as error:
            refusal = refusal or error
    if not readings and refusal is not None:
        raise refusal
    if len({reading.span for reading in readings}) == 1 or readings[0].calendar != "gregorian":
        return readings[0]
    ordered = sorted(reading.span.edtf for reading in readings)
    both = Inference(
        code="order-ambiguous",
        sentence="Day and month can change places: " + " or ".join(ordered) + ".",
    )
    return readings[0].but(
        both, span=hull(reading.span for reading in readings), edtf=f"[{','.join(ordered)}]"
    )


def place_pair(token: Token, base: Parts, context: Context) -> Reading:
    """Read two numbers: a year and its month (1988-07), or two years (1980-1988, 1367-68).

    Raises:
        DateTextError: date-impossible, date-backwards.
    """
    (first, second), (first_digits, second_digits) = token.numbers, token.digits
    if first_digits < 4:
        return _year_month(token, 1, 0, base, context)
    if second_digits <= 2 and 1 <= second <= 12:
        return _year_month(token, 0, 1, base, context)
    if second_digits == 2:
        second += first - first % 100
    if (first < _GREGORIAN) != (second < _GREGORIAN) and not base.era:
        return _two_calendars(first, second, context)
    years = [
        place(Parts(year=YearText(value, 4), era=base.era), context) for value in (first, second)
    ]
    if any(
        later.span.earliest <= earlier.span.earliest
        for earlier, later in pairwise(years)
        if later.span.earliest and earlier.span.earliest
    ):
        raise DateTextError("date-backwards", "The second year is not after the first.")
    return years[0].but(
        span=hull(year.span for year in years), unit="range", role="period", parts=None
    )


def season_of_pair(token: Token, base: Parts, context: Context) -> Reading:
    """Read "winter 1988-89": the one that begins in the first year.

    Raises:
        DateTextError: date-not-understood, when it is no winter or the years do not follow.
    """
    first, second = token.numbers
    if base.season != "winter" or (second - first - 1) % 100 or token.digits[0] < 4:
        raise DateTextError("date-not-understood", "Only a winter lies in two years.")
    if first < _GREGORIAN:
        return place(replace(base, year=YearText(first, 4)), context)
    bounds = "The season's days are those of the Solar Hijri calendar."
    return Reading(
        calendar="gregorian", span=month_span("solar_hijri", first - 621, 10, 12), unit="season",
        inferences=(Inference(code="season-bounds", sentence=bounds),),
    )  # fmt: skip


def _two_calendars(first: int, second: int, context: Context) -> Reading:
    """Read 1367/1988: one year written in two calendars; when they disagree, both stand."""
    one, other = (place(Parts(year=YearText(year, 4)), context) for year in (first, second))
    if relation(one.span, other.span).equal != "no":
        return one
    sentence = f"The two calendars disagree: {one.span.edtf} and {other.span.edtf}."
    return one.but(
        Inference(code="calendars-disagree", sentence=sentence),
        *other.inferences, span=hull((one.span, other.span)), parts=None,
    )  # fmt: skip


def _year_month(token: Token, year: int, month: int, base: Parts, context: Context) -> Reading:
    told = YearText(token.numbers[year], token.digits[year])
    calendar, _, inferred = year_of(Parts(year=told, era=base.era), context)
    like = "solar_hijri" if calendar == "imperial" else calendar
    if not 1 <= token.numbers[month] <= 12:
        raise DateTextError("date-impossible", f"There is no month {token.numbers[month]}.")
    parts = Parts(year=told, months=((like, token.numbers[month]),), era=base.era)
    return place(parts, context).but(*inferred)
