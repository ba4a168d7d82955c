"""Step: what is missed among the lines not held out, with weights that have not seen them; causes.

The lines for training and for development are cut into five; the weights of symbols are learned
from four, and the names of the fifth are looked for among all names of the other script. So every
miss may be read, and none was learned from. The read causes stand in measure/causes.csv (row of
fa_latin_pairs.csv, cause, reason); rows that nobody has read are said.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import blocking
from pools import Pool, Side, load
from retrieval import figure, nobody, ranks_of
from split import bucket, rows_of
from train import Row, learn_odds

from dadkhah.names import initials, known, scoring
from dadkhah.names.weights import weights
from dadkhah.text import fold_letters

HERE = Path(__file__).resolve().parents[1]
FOLDS = 5
PARTS = ("train", "dev")
# The line itself is wrong: other causes are ours.
NOISE = frozenset({"other-name", "word-missing", "names-nobody"})


def fold_number(persian: str) -> int:
    """Put a line into one of the folds; lines of one Persian name stay together."""
    return bucket(f"cross|{''.join(fold_letters(persian).split())}") % FOLDS


def _learn_without(left_out: int) -> None:
    """Learn the weights of symbols without one fold, and use them in this process."""

    def rows(name: str) -> list[Row]:
        if name != "victims":
            return rows_of(name, "train")
        return [row for part in PARTS for row in rows_of(name, part)
                if fold_number(row[0]) != left_out]  # fmt: skip

    weights().log_odds[:] = learn_odds(rows)
    for made in (known._known, initials._alike, initials.first_letters, scoring.kernel_weights):
        made.cache_clear()


def _asked(pool: Pool, way: int, number: int, skipped: set[str]) -> list[str]:
    """Give the names of one fold that are looked for, by side: 0 Persian, 1 Latin."""
    text = pool.persian.texts
    pairs = [pair for part in PARTS for pair in pool.part[part]
             if fold_number(text[pool.persian.place[pair[0]]]) == number]  # fmt: skip
    return sorted({pair[way] for pair in pairs} - skipped)


def ranked(way: int) -> list[tuple[int, int]]:
    """Look for the names of one side among the other; give line and place, 0 being first."""
    found: list[tuple[int, int]] = []
    for number in range(FOLDS):
        _learn_without(number)
        pool = load()
        own, among = _sides(pool, way)
        queries = _asked(pool, way, number, nobody(pool))
        ranks = ranks_of(pool, queries, own, among)
        found += [(pool.line[fold], rank) for fold, rank in zip(queries, ranks, strict=True)]
    return found


def _sides(pool: Pool, way: int) -> tuple[Side, Side]:
    """Give the side that is looked for and the one looked among."""
    return (pool.latin, pool.persian) if way else (pool.persian, pool.latin)


def causes() -> dict[int, str]:
    """Read the causes: row, cause, reason."""
    with (HERE / "causes.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["row"]): row["cause"] for row in csv.DictReader(file)}


def _said(label: str, count: int, missed: list[int], cause: dict[int, str]) -> list[str]:
    """Say how many were missed, by cause, and the figure without lines that are wrong."""
    noise = sum(cause.get(row) in NOISE for row in missed)
    counted = Counter(cause.get(row, "not read") for row in missed)
    return [
        figure(label, count - len(missed), count),
        figure("  of the misses, lines that are wrong", noise, len(missed)),
        figure("  without those", count - len(missed), count - noise),
        "  by cause: " + ", ".join(f"{name} {number}" for name, number in counted.most_common()),
        f"  rows: {sorted(missed)}",
    ]


def run() -> str:
    """Rank both ways, cross-fitted, then look which true pairs are no candidates."""
    cause, lines = causes(), []
    for way, label in ((1, "Latin to Persian"), (0, "Persian to Latin")):
        found = ranked(way)
        for text, places in (("first", 1), ("in the first five", 5)):
            missed = [row for row, rank in found if rank >= places]
            lines += _said(f"{label}, {text}", len(found), missed, cause)
    real, missed = blocking.missed(PARTS)
    return "\n".join([*lines, *_said("candidates", real, missed, cause)])
