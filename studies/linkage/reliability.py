"""Draw how the stated probabilities of pairs came true in the worlds of worlds.csv.

    python studies/linkage/reliability.py [--csv output/worlds.csv]

Writes output/reliability.svg: a dot for each band of stated probability, its 95% interval as a
line. On the diagonal what is stated comes true. A pair of two large persons counts as many times
as they have accounts, so that the lines are narrower than they should be.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from dadkhah.people import wilson

HERE = Path(__file__).resolve().parent
LEFT, SIDE = 60.0, 400.0


def bands(done: pl.DataFrame) -> Iterator[tuple[float, float, float, float, int]]:
    """Give of each band the mean stated, the share that came true with its interval, the pairs."""
    for name in sorted(name for name in done.columns if name.startswith("n")):
        pairs = int(done[name].sum())
        if pairs:
            stated = float(done[f"p{name[1:]}"].sum()) / pairs
            share = wilson(int(done[f"t{name[1:]}"].sum()), pairs)
            yield stated, share.low, share.middle, share.high, pairs


def draw(done: pl.DataFrame) -> str:
    """Draw the bands as SVG, with its words as a text alternative."""
    found = list(bands(done))
    says = "; ".join(f"stated {s:.3f}, came true {m:.3f} ({n} pairs)" for s, _, m, _, n in found)
    parts = [f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4 4"/>']
    for at in range(0, 11, 2):
        mark = f"{at / 10:g}"
        parts.append(f'<text x="{_x(at / 10)}" y="{_y(0) + 20}" text-anchor="middle">{mark}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{_y(at / 10) + 4}" text-anchor="end">{mark}</text>')
    for stated, low, middle, high, _ in found:
        x = _x(stated)
        parts.append(f'<path d="M{x:.1f} {_y(low):.1f}V{_y(high):.1f}" stroke="#000"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{_y(middle):.1f}" r="4"/>')
    parts.append(f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">stated</text>')
    parts.append(f'<text x="{LEFT}" y="14">share that came true, {done.height} worlds</text>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 470" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{says}</title>'
        '<rect width="480" height="470" fill="#fff"/>'
        f'<rect x="{LEFT}" y="25" width="{SIDE}" height="{SIDE}" fill="none" stroke="#000"/>'
        + "".join(parts)
        + "</svg>\n"
    )


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return 25 + SIDE * (1 - share)


def main() -> None:
    """Read the worlds that are done, and draw them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--csv", type=Path, default=HERE / "output" / "worlds.csv")
    options.add_argument("--out", type=Path, default=HERE / "output" / "reliability.svg")
    given = options.parse_args()
    given.out.write_text(draw(pl.read_csv(given.csv)), encoding="utf-8")


if __name__ == "__main__":
    main()
