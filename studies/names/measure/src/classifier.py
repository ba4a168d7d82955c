"""Step: the score against hard negatives, beside other matchers on the same pairs."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pairs import Labelled, labelled
from pools import RNG_SEED, load
from retrieval import wilson

from dadkhah import names

QUERIES = 700
HERE = Path(__file__).resolve().parents[1]
PLOT = HERE.parents[2] / "docs/names-calibration.svg"
TOP = 60
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


def really_same() -> set[tuple[str, str]]:
    """Read the pairs labelled wrong that a reader found to be one name; made by hand, local."""
    path = HERE / "really_same.tsv"
    if not path.is_file():
        return set()
    lines = path.read_text("utf-8").splitlines()
    return {(line.split("\t")[0], line.split("\t")[1]) for line in lines if line[:1] != "#"}


def digest(pair: tuple[str, str, int]) -> tuple[str, str]:
    """Give a pair as two digests, so that a list of pairs holds no name."""
    one, other = (hashlib.sha256(text.encode()).hexdigest()[:12] for text in pair[:2])
    return one, other


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
    same = really_same()
    clean = np.array([pair[2] == 1 or digest(pair) not in same for pair in pairs])
    if not clean.all():
        lines.append(line(f"dadkhah, without {int((~clean).sum())} pairs that a reader found to be "
                          "one name", score[clean], label[clean]))  # fmt: skip
    if part == "test":
        draw(score, label)
    _keep_top(pairs, score, part)
    lines += [*calibration(score, label), _rate(left, right)]
    return "\n".join(lines + _others(pairs, label, clean))


def _keep_top(pairs: list[Labelled], score: NDArray[np.float64], part: str) -> None:
    """Write the highest wrong pairs to a local file, to be read for wrong labels."""
    (HERE / "output").mkdir(exist_ok=True)
    order = [row for row in np.argsort(-score, kind="stable") if pairs[row][2] == 0][:TOP]
    with (HERE / f"output/top_{part}.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(
            (f"{score[row]:.4f}", *pairs[row][:2], *digest(pairs[row])) for row in order
        )


def draw(score: NDArray[np.float64], label: NDArray[np.float64]) -> None:
    """Draw the calibration as a plot: mean score across, share true up, with 95% intervals."""
    points = []
    for tenth in range(10):
        inside = (score >= tenth / 10) & ((score < (tenth + 1) / 10) | (tenth == 9))
        if inside.any():
            low, high = wilson(int(label[inside].sum()), int(inside.sum()))
            points.append((score[inside].mean(), label[inside].mean(), low, high))
    marks = "".join(
        f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{down:.0f}" y2="{up:.0f}" stroke="#1b6e75"/>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#1b6e75"/>'
        for x, y, down, up in (
            (50 + 300 * mean, 350 - 300 * share, 350 - 300 * low, 350 - 300 * high)
            for mean, share, low, high in points
        )
    )
    said = "; ".join(f"{mean:.2f} and {share:.2f}" for mean, share, _, _ in points)
    PLOT.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" '
        'font-family="sans-serif" font-size="13"><title>Calibration of the score of names</title>'
        f"<desc>Mean score and share of true pairs, in tenths: {said}.</desc>"
        '<rect width="400" height="400" fill="#fff"/><path d="M50 50V350H350" fill="none" '
        'stroke="#444"/><path d="M50 350L350 50" stroke="#999" stroke-dasharray="4 4"/>'
        f'{marks}<text x="200" y="385" text-anchor="middle">mean score</text>'
        '<text x="50" y="368">0</text><text x="345" y="368">1</text>'
        '<text x="16" y="200" transform="rotate(-90 16 200)" text-anchor="middle">share true</text>'
        "</svg>\n",
        encoding="utf-8",
    )


def _rate(left: names.NameTable, right: names.NameTable) -> str:
    """Count scored pairs per processor second on this thread; the pairs are gone over in turn."""
    rows = np.tile(np.arange(len(left)), 100)
    begun = time.process_time()
    names.score_pairs(left, rows, right, rows)
    return f"  pairs per second, already encoded: {len(rows) / (time.process_time() - begun):,.0f}"


def _others(
    pairs: list[Labelled], label: NDArray[np.float64], clean: NDArray[np.bool_]
) -> list[str]:
    """Run the others in their own environment on the same pairs; on the cleaned labels, too."""
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
        name, rate, prepared, *scores = row.split("\t")
        found = np.array(scores, dtype=float)
        lines.append(
            f"{line(name, found, label)}, {float(rate):,.0f} pairs per second "
            f"from text, {prepared} prepared"
        )
        lines.append(line("  without the wrong labels", found[clean], label[clean]))
    return lines
