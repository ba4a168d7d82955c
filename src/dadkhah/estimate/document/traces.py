"""Paths and ranks of chains as SVG: one strip per chain, so that no colour is needed."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence

__all__ = ["ranks", "traces"]

_WIDTH, _LEFT, _STRIP, _GAP = 720.0, 90.0, 46.0, 10.0


def _open(rows: int, words: str, rtl: bool = False) -> list[str]:
    height = rows * (_STRIP + _GAP) + _GAP
    font = "Vazirmatn, sans-serif" if rtl else "Literata, serif"
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" role="img" '
        f'direction="ltr" font-family="{font}" font-size="11" fill="#000">'
        f"<title>{html.escape(words)}</title>"
    ]


def _frame(row: int) -> tuple[float, str]:
    top = _GAP + row * (_STRIP + _GAP)
    return top, (
        f'<rect x="{_LEFT:g}" y="{top:g}" width="{_WIDTH - _LEFT - 8:g}" height="{_STRIP:g}" '
        'fill="none" stroke="#999" stroke-width="0.6"/>'
    )


def traces(
    chains: Sequence[Sequence[float]],
    *,
    words: str,
    write: Callable[[float], str],
    rtl: bool = False,
) -> str:
    """Draw each chain's numbers of people in the order drawn, on one multiplying scale.

    Args:
        words: the text alternative. write: how a number is written. rtl: names on the right.
    """
    logs = [[math.log(max(x, 1.0)) for x in row] for row in chains]
    low, high = min(map(min, logs)), max(map(max, logs))
    span = max(high - low, 1e-9)
    parts = _open(len(chains), words, rtl)
    for number, row in enumerate(logs):
        top, frame = _frame(number)
        step = (_WIDTH - _LEFT - 8.0) / max(len(row) - 1, 1)
        points = " ".join(
            f"{_LEFT + step * i:.1f},{top + _STRIP - (x - low) / span * _STRIP:.1f}"
            for i, x in enumerate(row)
        )
        parts += [
            frame,
            f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="0.9"/>',
            *(
                f'<text x="{_LEFT - 6:g}" y="{y:.1f}" text-anchor="end">'
                f"{html.escape(write(math.exp(value)))}</text>"
                for y, value in ((top + 10.0, high), (top + _STRIP - 1.0, low))
            ),
        ]
    return "".join([*parts, "</svg>"])


def ranks(chains: Sequence[Sequence[int]], *, words: str) -> str:
    """Draw how each chain's draws rank among all; level bars say that the chains agree."""
    most = max((max(row) for row in chains), default=1) or 1
    parts = _open(len(chains), words)
    for number, row in enumerate(chains):
        top, frame = _frame(number)
        wide = (_WIDTH - _LEFT - 8.0) / len(row)
        mean = top + _STRIP - sum(row) / len(row) / most * _STRIP
        parts.append(frame)
        for place, count in enumerate(row):
            tall = count / most * _STRIP
            parts.append(
                f'<rect x="{_LEFT + wide * place + 1:.1f}" y="{top + _STRIP - tall:.1f}" '
                f'width="{wide - 2:.1f}" height="{tall:.1f}" fill="#ccc" stroke="#000" '
                'stroke-width="0.5"/>'
            )
        parts.append(
            f'<line x1="{_LEFT:g}" x2="{_WIDTH - 8:g}" y1="{mean:.1f}" y2="{mean:.1f}" '
            'stroke="#000" stroke-dasharray="3 3"/>'
        )
    return "".join([*parts, "</svg>"])
