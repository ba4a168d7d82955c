"""EDTF text and the first and last day it can mean.

    1988-07-28   1988-07   1988   198X   1988~   1988-06/1988-09   ../1988   [1988-03-04,1988-04-03]

Levels 0 and 1 of ISO 8601-2, and sets of level 2, without what cannot be bounded honestly: an EDTF
season names no days and is refused (CA-02); years outside 1-9999 are refused.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
from functools import lru_cache
from typing import Final

from dadkhah.errors import DateTextError

__all__ = ["Bounds", "bounds", "day_text", "shifted", "text_of", "widened"]

Bounds = tuple[datetime.date | None, datetime.date | None]

_DATE: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")
_MARKS: Final = re.compile(r"[?~%]")
_DOUBLED: Final = re.compile(r"([?~%])\1")
_TIME: Final = re.compile(r"T\d\d(:\d\d){0,2}(Z|[+-]\d\d(:?\d\d)?)?$")


def _refuse(text: str, reason: str) -> DateTextError:
    return DateTextError(
        "date-bad-edtf",
        f"This is no EDTF date that dadkhah reads: {reason}.",
        where=text[:40],
        todo="Write it as in ISO 8601-2, for instance 1988-07-28 or 1988-06/1988-09.",
    )


def _year_bounds(year: str, text: str) -> tuple[int, int]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if "X" in year.rstrip("X"):
        raise _refuse(text, "an X must stand at the end of the year")
    if high < 1:
        raise _refuse(text, "there is no year 0")
    return max(low, 1), high


def _one(text: str) -> Bounds:
    """Bound one date without marks: YYYY, YYYY-MM, YYYY-MM-DD, X for what is not known."""
    found = _DATE.fullmatch(_TIME.sub("", text))
    if found is None:
        raise _refuse(text, "it is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    if year == "XXXX":
        return None, None
    low, high = _year_bounds(year, text)
    if month is None or month == "XX":
        return datetime.date(low, 1, 1), datetime.date(high, 12, 31)
    if low != high or "X" in month or (day and "X" in day and day != "XX"):
        raise _refuse(text, "a part is unknown before a part that is known")
    if "21" <= month <= "41":
        raise _refuse(text, "an EDTF season names no days; give the days it means")
    return _in_month(low, int(month), day, text)


def _in_month(year: int, month: int, day: str | None, text: str) -> Bounds:
    if not 1 <= month <= 12:
        raise _refuse(text, f"there is no month {month}")
    last = gregorian.monthrange(year, month)[1]
    if day is None or day == "XX":
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    if not 1 <= int(day) <= last:
        raise _refuse(text, f"{year}-{month:02} has no day {int(day)}")
    exact = datetime.date(year, month, int(day))
    return exact, exact


def _shift_months(day: datetime.date, months: int) -> datetime.date:
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    whole = day.day == gregorian.monthrange(day.year, day.month)[1]
    return datetime.date(year, month + 1, last if whole else min(day.day, last))


def shifted(day: datetime.date, days: int) -> datetime.date:
    """Move a day, no further than the first and last days there are."""
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


def widened(earliest: datetime.date, latest: datetime.date, unit: str) -> Bounds:
    """Widen by one unit either side: what "about" means here, for year, month or day."""
    if unit == "day":
        return shifted(earliest, -1), shifted(latest, 1)
    months = 12 if unit == "year" else 1
    return _shift_months(earliest, -months), _shift_months(latest, months)


def _marked(text: str) -> Bounds:
    """Bound one date that may carry ? ~ %; "about" widens by one unit, doubt does not."""
    if _DOUBLED.search(text):
        raise _refuse(text, "a mark stands twice")
    earliest, latest = _one(_MARKS.sub("", text))
    if earliest is None or latest is None or not re.search("[~%]", text):
        return earliest, latest
    parts = _MARKS.sub("", text).count("-")
    return widened(earliest, latest, ("year", "month", "day")[parts])


def _hull(items: list[Bounds]) -> Bounds:
    starts = [item[0] for item in items]
    ends = [item[1] for item in items]
    first = None if None in starts else min(day for day in starts if day is not None)
    last = None if None in ends else max(day for day in ends if day is not None)
    return first, last


def _member(text: str) -> Bounds:
    """Bound one member of a set: a date, or a..b, ..b, a.."""
    if ".." not in text:
        return _marked(text)
    left, _, right = text.partition("..")
    return _forward(_marked(left)[0] if left else None, _marked(right)[1] if right else None, text)


def _forward(earliest: datetime.date | None, latest: datetime.date | None, text: str) -> Bounds:
    """Give both ends, the first not after the last."""
    if earliest and latest and earliest > latest:
        raise _refuse(text, "it ends before it begins")
    return earliest, latest


@lru_cache(maxsize=65536)
def bounds(text: str) -> Bounds:
    """Give the first and last day an EDTF text can mean; None is an open end.

    Raises:
        DateTextError: date-bad-edtf, with the reason.

    Source: ISO 8601-2:2019; Library of Congress, EDTF specification, 2019.
    """
    stripped = text.strip()
    if stripped[:1] in "[{" and stripped[-1:] in "]}" and len(stripped) > 2:
        return _hull([_member(part.strip()) for part in stripped[1:-1].split(",")])
    if "/" not in stripped:
        return _marked(stripped)
    left, _, right = stripped.partition("/")
    earliest = None if left in ("", "..") else _marked(left)[0]
    latest = None if right in ("", "..") else _marked(right)[1]
    return _forward(earliest, latest, text)


def day_text(day: datetime.date) -> str:
    """Write one day as EDTF, four digits for the year."""
    return day.isoformat()


def _is_month_end(day: datetime.date) -> bool:
    return day.day == gregorian.monthrange(day.year, day.month)[1]


def _precision(earliest: datetime.date | None, latest: datetime.date | None) -> int:
    """Give how many characters both ends may be cut to: 4 years, 7 months, 10 days."""
    if (earliest and earliest.day != 1) or (latest and not _is_month_end(latest)):
        return 10
    if (earliest and earliest.month != 1) or (latest and latest.month != 12):
        return 7
    return 4


def text_of(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    """Write bounds as the shortest EDTF text that means exactly them."""
    if earliest is not None and earliest == latest:
        return day_text(earliest)
    cut = _precision(earliest, latest)
    left = ".." if earliest is None else day_text(earliest)[:cut]
    right = ".." if latest is None else day_text(latest)[:cut]
    return left if left == right and left != ".." else f"{left}/{right}"
