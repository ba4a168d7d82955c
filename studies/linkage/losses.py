"""Where F1 of pairs is lost on the synthetic mentions: by blocking, by the levels, by the weights.

    python studies/linkage/losses.py [--size 1000000] [--seed 31]

Each row is the best that can still be reached once what stands above it is given: by every pair
that was compared, by the levels that the model sees of each (the most telling patterns first, by
the labels, so a little flattered), by our weights with the best threshold, by our weights at 0.5.
The last row is what the evidence of whole groups makes of it. The seed is another than that of
scale.py, on whose mentions the levels were chosen. ceiling.py says what anybody can reach who looks
at two mentions at a time. A million take about four minutes of processor time.
Writes output/losses.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scale import GENERATOR, _likeliest, _met, _pairs_in, table_of

from dadkhah import people
from dadkhah.people.comparison import encode_mentions
from dadkhah.people.patterns import Patterns, find_patterns

HERE = Path(__file__).resolve().parent
Counts = np.ndarray[Any, np.dtype[np.float64]]


def best(right: Counts, pairs: Counts, by: Counts, true: int) -> tuple[float, float, float]:
    """Give the best F1 when rows of pairs are taken in an order, with its precision and recall."""
    order = np.argsort(-by, kind="stable")
    found, taken = np.cumsum(right[order]), np.cumsum(pairs[order])
    last = np.append(np.diff(by[order]) != 0, True)
    f1 = np.where(last, 2 * found / (taken + true), 0.0)
    at = int(f1.argmax())
    return float(f1[at]), float(found[at] / taken[at]), float(found[at] / true)


def by_pattern(patterns: Patterns, fields: list[str], same: Counts) -> tuple[Counts, Counts]:
    """Count the pairs that are one person, and all pairs, of each pattern of some fields."""
    levels = pl.DataFrame({name: patterns.levels[name] for name in fields})
    right = np.bincount(patterns.of, weights=same, minlength=len(patterns.count))
    each = levels.with_columns(right=right, pairs=patterns.count.astype(np.float64))
    sums = each.group_by(fields).agg(pl.col("right").sum(), pl.col("pairs").sum())
    return sums["right"].to_numpy(), sums["pairs"].to_numpy()


def losses(table: pl.DataFrame, truth: Any) -> list[tuple[str, float, float, float]]:
    """Link, and give F1, precision and recall step by step."""
    settings = people.LinkageSettings(most_pairs=60 * table.height + 20_000_000)
    found = people.link(table, settings=settings)
    true = _pairs_in(np.bincount(truth))
    left, right = (found.candidates[side].to_numpy() for side in found.candidates.columns)
    compared = _met(found.candidates, truth) / true
    patterns = find_patterns(
        encode_mentions(table), left.view(np.int32), right.view(np.int32), settings, _silent
    )
    fields = found.parameters["field"].unique().to_list()
    told, pairs = by_pattern(patterns, fields, (truth[left] == truth[right]).astype(np.float64))
    a, b = (found.pairs[side].cast(pl.Int64).to_numpy() for side in ("left", "right"))
    stated, ours = found.pairs["probability"].to_numpy(), (truth[a] == truth[b]).astype(np.float64)
    sure, one = stated >= 0.5, np.ones(len(stated))
    held, held_right = _likeliest(found.doubt, truth)
    return [
        ("every pair compared", 2 * compared / (1 + compared), 1.0, compared),
        ("the levels of the model", *best(told, pairs, told / pairs, true)),
        ("our weights, best threshold", *best(ours, one, stated, true)),
        ("our weights at 0.5", *best(ours[sure], one[sure], one[sure], true)),
        ("the likeliest people", 2 * held_right / (held + true), held_right / held,
         held_right / true),
    ]  # fmt: skip


def _silent(_step: str, _share: float) -> None:
    """Tell nobody."""


def main() -> None:
    """Make mentions, and write the table of losses."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=31)
    options.add_argument("--generator", type=Path, default=GENERATOR)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "plain.parquet"
        made = [sys.executable, str(given.generator), str(given.size), str(path), str(given.seed)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        table, truth = table_of(path)
    head = f"| {given.size:,} mentions, seed {given.seed} | best F1 of pairs | precision | recall |"
    lines = [head, "|---|---|---|---|"]
    lines += [f"| {says} | {f:.4f} | {p:.4f} | {r:.4f} |" for says, f, p, r in losses(table, truth)]
    text = "\n".join(lines) + "\n"
    (HERE / "output" / "losses.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
