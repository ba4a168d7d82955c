"""Step: the score against hard negatives, beside other matchers on the same pairs."""

from __future__ import annotations

import csv
import subprocess
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pairs import labelled
from pools import RNG_SEED, load

from dadkhah import names

QUERIES = 700
HERE = Path(__file__).resolve().parents[1]
PEERS_PYTHON = HERE.parents[2] / "build/peers/bin/python"


def average_precision(score: NDArray[np.float64], label: NDArray[np.float64]) -> float:
    """Give the area under the precision-recall curve; ties count as one threshold."""
    order = np.argsort(-score, kind="stable")
    hits, s = np.cumsum(label[order]), score[order]
    last = np.flatnonzero(np.append(s[1:] != s[:-1], True))
    precision, recall = hits[last] / (last + 1), hits[last] / label.sum()
    return float(np.sum(np.diff(np.append(0.0, recall)) * precision))


def recall_at(score: NDArray[np.float64], label: NDArray[np.float64], precision: float) -> float:
    """Give the highest recall of a threshold that keeps this precision."""
    order = np.argsort(-score, kind="stable")
    hits, s = np.cumsum(label[order]), score[order]
    last = np.flatnonzero(np.append(s[1:] != s[:-1], True))
    good = hits[last] / (last + 1) >= precision
    return float((hits[last][good] / label.sum()).max()) if good.any() else 0.0


def line(name: str, score: NDArray[np.float64], label: NDArray[np.float64]) -> str:
    """Write area and recall with 95% bootstrap intervals."""
    chance = np.random.default_rng(RNG_SEED)
    draws = [chance.integers(0, len(score), len(score)) for _ in range(300)]
    said = [name]
    for what, of in (("area", average_precision), ("recall at 99% precision", _recall_99)):
        drawn = [of(score[draw], label[draw]) for draw in draws]
        low, high = np.quantile(drawn, [0.025, 0.975])
        said.append(f"{what} {of(score, label):.3f} ({low:.3f}-{high:.3f})")
    return ", ".join(said)


def _recall_99(score: NDArray[np.float64], label: NDArray[np.float64]) -> float:
    return recall_at(score, label, 0.99)


def calibration(score: NDArray[np.float64], label: NDArray[np.float64]) -> list[str]:
    """Set the mean score beside the share that is true, in tenths."""
    rows = []
    for tenth in range(10):
        inside = (score >= tenth / 10) & ((score < (tenth + 1) / 10) | (tenth == 9))
        if inside.any():
            rows.append(
                f"  {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}: {inside.sum():5d} pairs, "
                f"mean score {score[inside].mean():.2f}, true {label[inside].mean():.2f}"
            )
    return rows  # fmt: skip


def run(part: str = "test") -> str:
    """Score held-out pairs with ours and, when they are installed, with the others."""
    pairs = labelled(load(), part, QUERIES)
    label = np.array([pair[2] for pair in pairs], dtype=float)
    texts = [pair[0] for pair in pairs] + [pair[1] for pair in pairs]
    frequencies = names.Frequencies.of(texts)
    left = names.encode([pair[0] for pair in pairs], frequencies)
    right = names.encode([pair[1] for pair in pairs], frequencies)
    rows = np.arange(len(pairs))
    score = names.score_pairs(left, rows, right, rows).astype(float)
    lines = [f"{len(pairs)} pairs, {int(label.sum())} true", line("dadkhah", score, label)]
    lines += calibration(score, label) + _rate(left, right)
    return "\n".join(lines + _others(pairs, label))


def _rate(left: names.NameTable, right: names.NameTable) -> list[str]:
    """Count pairs per processor second on this thread: at random, and true or nearly so."""
    chance = np.random.default_rng(RNG_SEED)
    said = []
    for what in ("random", "near"):
        one = chance.integers(0, len(left), 1_000_000)
        other = one if what == "near" else chance.integers(0, len(right), 1_000_000)
        begun = time.process_time()
        names.score_pairs(left, one, right, other)
        said.append(f"  {what} pairs per second: {1e6 / (time.process_time() - begun):,.0f}")
    return said


def _others(pairs: list[tuple[str, str, int]], label: NDArray[np.float64]) -> list[str]:
    """Run the others in their own environment on the same pairs."""
    if not PEERS_PYTHON.is_file():
        return ["others: not installed (see docs/names.md)"]
    (HERE / "output").mkdir(exist_ok=True)
    given = HERE / "output/pairs.tsv"
    with given.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(pairs)
    peers = str(Path(__file__).with_name("peers.py"))
    done = subprocess.run([str(PEERS_PYTHON), peers, str(given)], capture_output=True, text=True,
                          check=True)  # fmt: skip
    lines = []
    for row in done.stdout.splitlines():
        name, rate, *scores = row.split("\t")
        lines.append(f"{line(name, np.array(scores, dtype=float), label)}, "
                     f"{float(rate):,.0f} pairs per second")  # fmt: skip
    return lines
