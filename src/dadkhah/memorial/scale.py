"""Figures on one logarithmic scale, as numbers that a template draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Bar", "Chart", "chart"]

WIDTH: Final = 1000
MARGIN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure to draw; high None when it is open upwards.

    Args:
        left, right: where it lies on the scale, in thousandths of the width.
    """

    id: str
    kind: str
    low: int
    high: int | None
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars with places, and the lines of the scale: (number, place)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, int], ...]
    first: int
    last: int


def chart(bars: Sequence[Bar]) -> Chart:
    """Place bars between the powers of ten that hold them all."""
    ends = [end for bar in bars for end in (bar.low, bar.high) if end]
    first, last = math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends)) + 0.05)

    def place(number: int) -> int:
        share = (math.log10(max(number, 10**first)) - first) / (last - first)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN))

    return Chart(
        bars=tuple(
            Bar(id=b.id, kind=b.kind, low=b.low, high=b.high, left=place(b.low),
                right=WIDTH - 2 if b.high is None else place(b.high))
            for b in bars
        ),
        lines=tuple((10**power, place(10**power)) for power in range(first, last + 1)),
        first=10**first,
        last=10**last,
    )  # fmt: skip
