"""Does the answer hold where the truth is known? Twelve designs and random ones, many worlds.

    python studies/estimate/calibration.py [WORLDS] [MINUTES]

Trials are appended to output/calibration_trials.csv as they finish, so the study can be stopped
and gone on with; the summary is written to output/calibration.md each time. The latent classes with
the published prior, which can only forbid an interval, are left out to save time.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from designs import DESIGNS, RANDOM, design_of
from trials import carry_on, read_trials

import dadkhah.estimate as mse
from dadkhah.estimate.verdict import SPEAKING

OUTPUT = Path(__file__).parent / "output"
TRIALS = OUTPUT / "calibration_trials.csv"
NAMES = (*DESIGNS, RANDOM)
MODELS = ("chao", "log-linear", "graphs", "degree", "wary")
ENDS = tuple(f"{name} {end}" for name in SPEAKING for end in ("low", "high"))
FIELDS = ("design", "seed", "truth", "documented", "kind", "low", "middle", "high", "holds",
          "reasons", "seconds", *ENDS)  # fmt: skip


def attempt(name: str, seed: int) -> list[dict[str, object]]:
    """One world of one design."""
    began = time.process_time()
    row = mse.trial(design_of(name, seed), seed=seed, draws=400, models=MODELS)
    spent = round(time.process_time() - began, 2)
    named = {"design": name, "seed": seed, **row}
    return [{**named, "reasons": " ".join(row["reasons"]), "seconds": spent}]


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def summary() -> str:
    """A table in markdown: what was answered, and how often it held."""
    lines = [
        "| design | worlds | estimates | hold | high / low | at least | hold | bound / truth "
        "| refusals |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = read_trials(TRIALS)
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
    carry_on(TRIALS, FIELDS, NAMES, attempt, 200)
    (OUTPUT / "calibration.md").write_text(summary(), encoding="utf-8")
    print(summary())


if __name__ == "__main__":
    main()
