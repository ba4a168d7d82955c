"""A logarithmic scale for numbers of people, in per cent of a strip's width."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Bar", "Scale", "Tick", "bar", "scale"]

ROOM = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A round number on the scale."""

    value: int
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From the first to the last number shown; right to left when the page runs so."""

    low: float
    high: float
    rtl: bool = False

    def percent(self, value: float) -> float:
        """Give the place of a number, 0 to 100 from the left edge."""
        bounded = min(max(value, self.low), self.high)
        share = math.log(bounded / self.low) / math.log(self.high / self.low) * 100
        return 100 - share if self.rtl else share

    def ticks(self) -> list[Tick]:
        """Give the powers of ten, and halves between them when there are few."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        steps = (1,) if last - first > 3 else (1, 3)
        values = [step * 10**power for power in range(first, last + 1) for step in steps]
        inside = [value for value in values if self.low <= value <= self.high]
        return [Tick(value=value, percent=_text(self.percent(value))) for value in inside]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A mark on the scale: a point, a range, or a range that lies open at its upper end.

    Args:
        left, width: in per cent of the strip, from its left edge.
        middle: place of a middle value, or empty.
        point: whether both ends are one number.
        open: whether nothing bounds it from above.
        tip: place of the open end.
    """

    left: str
    width: str
    middle: str = ""
    point: bool = False
    open: bool = False
    tip: str = ""


def scale(values: Iterable[float], *, rtl: bool = False) -> Scale | None:
    """Make a scale that holds all numbers; nothing when there is none above zero."""
    found = [value for value in values if value and value > 0 and math.isfinite(value)]
    if not found:
        return None
    low, high = min(found) / ROOM, max(found) * ROOM
    if high / low < 10:
        low, high = low / 2, high * 2
    return Scale(low=max(low, 0.8), high=high, rtl=rtl)


def bar(on: Scale, low: float, high: float | None, middle: float | None = None) -> Bar:
    """Place a number or range on a scale."""
    ends = sorted((on.percent(low), on.percent(high if high is not None else on.high)))
    return Bar(
        left=_text(ends[0]),
        width=_text(max(ends[1] - ends[0], 0.4)),
        middle=_text(on.percent(middle)) if middle is not None else "",
        point=high is not None and low == high,
        open=high is None,
        tip=_text(on.percent(on.high)),
    )


def _text(value: float) -> str:
    return f"{value:.2f}"
