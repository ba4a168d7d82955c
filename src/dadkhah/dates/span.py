"""What a written date can mean: a first and a last possible day, either of them open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dadkhah.dates import edtf
from dadkhah.errors import DateTextError

__all__ = ["OPEN", "DateSpan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """The days a date can mean, in the proleptic Gregorian calendar.

    Args:
        earliest: the first possible day; None when nothing bounds it.
        latest: the last possible day; None when nothing bounds it.

    Raises:
        DateTextError: date-backwards, when earliest is after latest.
    """

    earliest: datetime.date | None = None
    latest: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise DateTextError(
                "date-backwards",
                "This period ends before it begins.",
                where=f"{self.earliest} to {self.latest}",
                todo="Check the order of the two dates and their calendar.",
            )

    @property
    def edtf(self) -> str:
        """The shortest EDTF text that means exactly this span."""
        return edtf.text_of(self.earliest, self.latest)

    @classmethod
    def from_edtf(cls, text: str) -> DateSpan:
        """Read EDTF text.

        Raises:
            DateTextError: date-bad-edtf.
        """
        earliest, latest = edtf.bounds(text)
        return cls(earliest=earliest, latest=latest)

    @property
    def exact(self) -> bool:
        """True when the span is one day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def bounded(self) -> bool:
        """True when both ends are known."""
        return self.earliest is not None and self.latest is not None

    @property
    def days(self) -> int | None:
        """How many days it holds; None when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def __contains__(self, other: DateSpan | datetime.date) -> bool:
        """Say whether every day of the other lies within this span."""
        first = other.earliest if isinstance(other, DateSpan) else other
        last = other.latest if isinstance(other, DateSpan) else other
        starts = self.earliest is None or (first is not None and first >= self.earliest)
        ends = self.latest is None or (last is not None and last <= self.latest)
        return starts and ends


OPEN = DateSpan()
