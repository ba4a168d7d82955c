"""Dates in a column that look like placeholders: reported, not believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dadkhah.dates.calendars import in_solar_years, to_solar_hijri
from dadkhah.dates.span import DateSpan
from dadkhah.dates.written import read
from dadkhah.errors import DateTextError

__all__ = ["Suspicion", "suspicious"]

# One day in twenty or more of a column, and no less than five rows, is looked at.
SHARE: Final = 0.05
FEWEST: Final = 5
# How often a day falls on the first of a month by chance, in any calendar.
FIRST_OF_MONTH: Final = 12 / 365.25
EXCESS: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Something about a column of dates that a person should look at.

    Args:
        code: "placeholder-year-start", "placeholder-month-start", "one-day-excess".
        value: the value it is about, as first written; empty when it is about many.
        count, total: rows it is about, of rows with an exact day.
    """

    code: str
    value: str
    count: int
    total: int
    sentence: str


def suspicious(values: Iterable[str]) -> list[Suspicion]:
    """Report dates of a column that stand so often that they look like placeholders.

    Args:
        values: one text per row; empty and unreadable rows are left out of the count.
    """
    written: dict[DateSpan, str] = {}
    counts: Counter[DateSpan] = Counter()
    for value in values:
        try:
            span = read(value).span
        except DateTextError:
            continue
        if span.exact:
            counts[span] += 1
            written.setdefault(span, value.strip())
    total = counts.total()
    return [*_repeated(counts, written, total), *_month_starts(counts, total)]


def _repeated(
    counts: Counter[DateSpan], written: dict[DateSpan, str], total: int
) -> list[Suspicion]:
    found = []
    for span, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].edtf)):
        if count < FEWEST or count < SHARE * total:
            break
        start = _year_start(span)
        code = "placeholder-year-start" if start else "one-day-excess"
        reason = (
            "the first day of a year, which often stands for an unknown day"
            if start
            else ("far more than chance would give; it may be an event or a placeholder")
        )
        sentence = f"{written[span]} stands on {count:,} of {total:,} rows: {reason}."
        found.append(
            Suspicion(code=code, value=written[span], count=count, total=total, sentence=sentence)
        )
    return found


def _year_start(span: DateSpan) -> bool:
    day = span.earliest
    return day is not None and ((day.month, day.day) == (1, 1) or _nowruz(span))


def _nowruz(span: DateSpan) -> bool:
    return span.earliest is not None and _solar(span) == (1, 1)


def _solar(span: DateSpan) -> tuple[int, int]:
    day = span.earliest
    if day is None or not in_solar_years(day):
        return 0, 0
    return to_solar_hijri(day)[1:]


def _month_starts(counts: Counter[DateSpan], total: int) -> list[Suspicion]:
    """Report an excess of first days of months, those of a year's first day left out."""
    others = {span: count for span, count in counts.items() if not _year_start(span)}
    found = []
    for name, first in (("Gregorian", _first_gregorian), ("Solar Hijri", _first_solar)):
        count = sum(number for span, number in others.items() if first(span))
        if count < FEWEST or count < EXCESS * FIRST_OF_MONTH * sum(others.values()):
            continue
        expected = FIRST_OF_MONTH * sum(others.values())
        sentence = (
            f"{count:,} of {total:,} rows fall on the first of a {name} month, where chance would "
            f"give about {expected:,.0f}: some may stand for an unknown day."
        )
        found.append(
            Suspicion(
                code="placeholder-month-start", value="", count=count, total=total,
                sentence=sentence,
            )
        )  # fmt: skip
    return found


def _first_gregorian(span: DateSpan) -> bool:
    return span.earliest is not None and span.earliest.day == 1


def _first_solar(span: DateSpan) -> bool:
    return _solar(span)[1] == 1
