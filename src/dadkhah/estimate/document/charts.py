"""Intervals as an SVG that reads the same in black and white, with its text alternative inside."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Bar", "chart"]

_WIDTH, _NAMES, _ROW, _TOP, _BOTTOM = 720.0, 210.0, 26.0, 12.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A range of numbers of people; without `high` nothing bounds it from above."""

    name: str
    low: float
    high: float | None
    middle: float | None = None
    strong: bool = False


def chart(
    bars: Sequence[Bar],
    documented: float,
    *,
    words: str,
    label: str,
    write: Callable[[float], str],
    rtl: bool = False,
) -> str:
    """Draw ranges under each other on one multiplying scale.

    Args:
        documented: a dotted line. words: the text alternative. label: of the dotted line.
        write: how a number is written. rtl: the scale runs from right to left.
    """
    ends = [b.low for b in bars] + [b.high for b in bars if b.high] + [documented]
    low, high = min(max(e, 1.0) for e in ends) / 1.08, max(ends) * 1.12
    height = _TOP + _ROW * len(bars) + _BOTTOM

    def place(value: float) -> float:
        share = math.log(max(value, low) / low) / math.log(high / low)
        x = _NAMES + share * (_WIDTH - _NAMES - 16.0)
        return _WIDTH - x if rtl else x

    font = "Vazirmatn, sans-serif" if rtl else "Literata, serif"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" '
        f'role="img" direction="ltr" font-family="{font}" font-size="13" fill="#000">',
        f"<title>{html.escape(words)}</title>",
        _axis(low, high, height, place, write),
        f'<line x1="{place(documented):.1f}" x2="{place(documented):.1f}" y1="{_TOP:g}" '
        f'y2="{height - _BOTTOM:g}" stroke="#000" stroke-dasharray="2 3"/>',
        _text(place(documented), height - 4.0, label, "middle"),
    ]
    for number, bar in enumerate(bars):
        parts.append(_bar(bar, _TOP + _ROW * (number + 0.5), place, rtl))
    return "".join([*parts, "</svg>"])


def _text(x: float, y: float, words: str, anchor: str, *, strong: bool = False) -> str:
    weight = ' font-weight="700"' if strong else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{html.escape(words)}</text>'
    )


def _axis(
    low: float,
    high: float,
    height: float,
    place: Callable[[float], float],
    write: Callable[[float], str],
) -> str:
    """Round numbers under a line, at most one per 70 units."""
    base = height - _BOTTOM
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
    steps = fine if high / low < 8 else (1, 2, 5) if high / low < 60 else (1,)
    values = [step * 10.0**power for power in powers for step in steps]
    parts, last = [], -1e9
    for value in values:
        if low <= value <= high and abs(place(value) - last) >= 70.0:
            last = place(value)
            parts.append(
                f'<line x1="{last:.1f}" x2="{last:.1f}" y1="{_TOP:g}" y2="{base:g}" '
                'stroke="#bbb" stroke-width="0.6"/>'
                + _text(last, base + 16.0, write(value), "middle")
            )
    return "".join(parts)


def _bar(bar: Bar, y: float, place: Callable[[float], float], rtl: bool) -> str:
    """One row: its name, its range, an arrow where it is open."""
    edge = _WIDTH - 6.0 if not rtl else 6.0
    start = place(bar.low)
    end = place(bar.high) if bar.high is not None else edge
    weight = 7.0 if bar.strong else 2.5
    ends = (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 6:.1f}" y2="{y + 6:.1f}" stroke="#000"/>'
        for x in ((start,) if bar.high is None else (start, end))
    )
    # The drawing itself runs from left to right, so that anchors mean the same on paper and screen.
    name = _text(_WIDTH - 4.0, y + 4.5, f"\u2067{bar.name}\u2069", "end", strong=bar.strong)
    if not rtl:
        name = _text(4.0, y + 4.5, bar.name, "start", strong=bar.strong)
    parts = [
        name,
        f'<line x1="{start:.1f}" x2="{end:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#000" '
        f'stroke-width="{weight:g}"/>',
        *ends,
    ]
    if bar.high is None:
        back = 8.0 if rtl else -8.0
        parts.append(
            f'<path d="M{end + back:.1f} {y - 5:.1f}L{end:.1f} {y:.1f}L{end + back:.1f} '
            f'{y + 5:.1f}" fill="none" stroke="#000"/>'
        )
    if bar.middle is not None and not bar.strong:
        x = place(bar.middle)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="#fff" stroke="#000"/>')
    return "".join(parts)
