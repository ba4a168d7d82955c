"""The values that reading a date passes on: its parts, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from dadkhah.dates.calendars import Calendar
from dadkhah.dates.matching import YearText
from dadkhah.dates.span import OPEN, DateSpan

__all__ = ["ROLES", "Context", "FoundDate", "Inference", "Parts", "Reading", "WrittenDate"]

ROLES: Final = (
    "point", "period", "before", "after", "since", "until", "night",
    "ago", "anniversary", "duration", "recurring", "impossible",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """One step that the text does not say itself: a stable code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date as a source writes it, and what it can mean.

    `span` is always what `edtf` bounds. `inferences` lists every step that is not in the text
    itself (CA-05, CA-08, CA-10).
    """

    written: str
    calendar: Calendar
    span: DateSpan
    edtf: str
    inferences: tuple[Inference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date or period found in running text.

    Args:
        start, end: character offsets in the text; `text[start:end]` is what was read.
        role: one of ROLES.
        length_days: for durations, the fewest and most days it can last; None where unbounded.
    """

    start: int
    end: int
    date: WrittenDate
    role: str
    length_days: tuple[int | None, int | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known around a date: the source's own date, and what the reader was told."""

    source: DateSpan | None = None
    calendar: Calendar | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a date as written; what is missing is None."""

    year: YearText | None = None
    months: tuple[tuple[Calendar, int], ...] = ()
    day: int | None = None
    season: str | None = None
    era: Calendar | None = None
    weekday: int | None = None

    def filled(self, other: Parts) -> Parts:
        """Take from another date the larger parts that this one leaves out."""
        year = self.year or other.year
        months = self.months or (() if self.season or self.year else other.months)
        return replace(self, year=year, months=months, era=self.era or other.era)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression means, while it is being put together.

    Args:
        unit: what the span is one of: day, month, season, year, decade, century, part, range.
        year, month: in `calendar`, when the span is such a unit.
        edtf: when it says more than the span's bounds; None otherwise.
    """

    calendar: Calendar
    span: DateSpan = OPEN
    unit: str = "day"
    role: str = "point"
    year: int | None = None
    month: int | None = None
    edtf: str | None = None
    inferences: tuple[Inference, ...] = ()
    parts: Parts | None = None
    length_days: tuple[int | None, int | None] | None = None

    def but(self, *added: Inference, **changes: Any) -> Reading:
        """Give this reading with changes and further inferences."""
        return replace(self, **changes, inferences=(*self.inferences, *added))
