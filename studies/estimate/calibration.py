"""Does the answer hold where the truth is known? Twelve designs and random ones, many worlds.

    python studies/estimate/calibration.py [WORLDS] [MINUTES]

Trials are appended to output/calibration_trials.csv as they finish, so the study can be stopped
and gone on with; the summary is written to output/calibration.md each time. The latent classes with
the published prior, which can only forbid an interval, are left out to save time.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from designs import DESIGNS, RANDOM, design_of

import dadkhah.estimate as mse
from dadkhah.estimate.verdict import SPEAKING

OUTPUT = Path(__file__).parent / "output"
TRIALS = OUTPUT / "calibration_trials.csv"
NAMES = (*DESIGNS, RANDOM)
MODELS = ("chao", "log-linear", "graphs", "degree", "wary")
ENDS = tuple(f"{name} {end}" for name in SPEAKING for end in ("low", "high"))
FIELDS = ("design", "seed", "truth", "documented", "kind", "low", "middle", "high", "holds",
          "reasons", "seconds", *ENDS)  # fmt: skip


def read_trials() -> list[dict[str, str]]:
    """The trials done so far."""
    if not TRIALS.exists():
        return []
    with TRIALS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pending(worlds: int) -> Iterator[tuple[str, int]]:
    """Designs and seeds not tried yet, one world of each design in turn."""
    done = {(row["design"], int(row["seed"])) for row in read_trials()}
    for seed in range(worlds):
        for name in NAMES:
            if (name, seed) not in done:
                yield name, seed


def attempt(name: str, seed: int) -> dict[str, object]:
    """One world of one design."""
    began = time.process_time()
    row = mse.trial(design_of(name, seed), seed=seed, draws=400, models=MODELS)
    return {
        "design": name,
        "seed": seed,
        **row,
        "reasons": " ".join(row["reasons"]),
        "seconds": round(time.process_time() - began, 2),
    }


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def summary() -> str:
    """A table in markdown: what was answered, and how often it held."""
    lines = [
        "| design | worlds | estimates | hold | high / low | at least | hold | bound / truth "
        "| refusals |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = read_trials()
    for name in NAMES:
        mine = [r for r in rows if r["design"] == name]
        inside = [r for r in mine if r["kind"] == "estimate"]
        bound = [r for r in mine if r["kind"] == "at-least"]
        width = [float(r["high"]) / float(r["low"]) for r in inside]
        height = [float(r["low"]) / float(r["truth"]) for r in bound]
        lines.append(
            f"| {name} | {len(mine)} | {len(inside)} "
            f"| {ratio(sum(r['holds'] == 'True' for r in inside), len(inside))} "
            f"| {np.median(width):.2f} "
            if width
            else f"| {name} | {len(mine)} | 0 | - | - "
        )
        lines[-1] += (
            f"| {len(bound)} | {ratio(sum(r['holds'] == 'True' for r in bound), len(bound))} "
            f"| {f'{np.median(height):.2f}' if height else '-'} "
            f"| {len(mine) - len(inside) - len(bound)} |"
        )
    inside = [r for r in rows if r["kind"] == "estimate"]
    bound = [r for r in rows if r["kind"] == "at-least"]
    lines.append(
        f"| all | {len(rows)} | {len(inside)} "
        f"| {ratio(sum(r['holds'] == 'True' for r in inside), len(inside))} | | {len(bound)} "
        f"| {ratio(sum(r['holds'] == 'True' for r in bound), len(bound))} | "
        f"| {len(rows) - len(inside) - len(bound)} |"
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run what is pending, for at most so many minutes."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    until = time.monotonic() + 60 * float(sys.argv[2] if len(sys.argv) > 2 else 1e6)
    OUTPUT.mkdir(exist_ok=True)
    fresh = not TRIALS.exists()
    with TRIALS.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        for name, seed in pending(worlds):
            if time.monotonic() > until:
                break
            writer.writerow(attempt(name, seed))
            file.flush()
    (OUTPUT / "calibration.md").write_text(summary(), encoding="utf-8")
    print(summary())


if __name__ == "__main__":
    main()
