"""Published answers, reproduced by the same model, and our answer to each table.

python studies/estimate/captures.py [FOLDER OF TABLES]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np

import dadkhah.estimate as mse
from dadkhah.estimate.loglinear import fit, stepwise

OUTPUT = Path(__file__).parent / "output"
CAPTURES = Path(__file__).resolve().parents[2] / "../shared/data/captures"
Table = mse.Overlaps


def every_pair(table: Table) -> list[tuple[int, ...]]:
    return list(combinations(range(len(table.lists)), 2))


def model(interactions: list[tuple[int, ...]]) -> Callable[[Table], str]:
    """The number of one log-linear model."""
    return lambda table: f"{fit(table, [interactions])[0].people:,.1f}"


def pairs(table: Table) -> str:
    return f"{fit(table, [every_pair(table)])[0].people:,.1f}"


def steps(criterion: str) -> Callable[[Table], str]:
    return lambda table: f"{stepwise(table, criterion=criterion).people:,.1f}"


def latent(table: Table) -> str:
    """Median and interval of the latent classes, tempered so that no mode is missed."""
    people = mse.temper(table, seed=1, chains=4, draws=3000).people
    low, middle, high = np.quantile(people, [0.025, 0.5, 0.975])
    return f"{middle:,.0f} ({low:,.0f}-{high:,.0f})"


def graphs(delta: float | None) -> Callable[[Table], str]:
    def run(table: Table) -> str:
        found = mse.decomposable(table, seed=1, delta=delta)
        return f"{found.middle:,.0f} ({found.low:,.0f}-{found.high:,.0f})"

    return run


def ties(table: Table) -> str:
    """The pairs that Bayesian thresholding keeps."""
    found = mse.thresholded(table, seed=1).detail["ties"]
    return ", ".join(f"{first}-{second}" for first, second, _ in found)


CHECKS: dict[str, list[tuple[str, str, Callable[[Table], str]]]] = {
    "kosovo_1999": [
        ("independence", "7,395", model([])),
        ("best BIC [123,14,34]", "10,357", model([(0, 1, 2), (0, 3), (2, 3)])),
        ("all pairs", "14,386", pairs),
        ("graphs", "12,749 (9,827-16,543)", graphs(None)),
        ("latent classes", "10,427 (9,025-13,886)", latent),
        ("threshold: pairs tied", "EXH-ABA, EXH-OSCE, EXH-HRW, ABA-OSCE, OSCE-HRW", ties),
    ],
    "uk_modern_slavery_6": [
        ("stepwise, p below 0.02", "11,418", steps("p")),
        ("latent classes", "23,960 (17,314-34,618); 22,678", latent),
        ("threshold: pairs tied", "LA-NG, LA-PF, NG-GP, PF-GP, PF-NCA, GO-GP", ties),
    ],
    "care1_diabetes": [
        ("stepwise AIC", "2,771.2", steps("aic")),
        ("all pairs", "2,790", pairs),
        ("latent classes", "2,569", latent),
    ],
    "care1_hav": [
        ("independence", "388", model([])),
        ("all pairs", "1,313", pairs),
        ("Chao's bound", "479", lambda t: f"{mse.lower_bound(t, guarded=False).middle:,.0f}"),
        ("latent classes", "532 (369-843)", latent),
    ],
    "rcapture_hiv": [
        ("lists 1 and 2 dependent", "12,318.5", model([(0, 1)])),
        ("graphs", "upper end 14,095 at 20n", graphs(None)),
        ("latent classes", "10,967; 10,919", latent),
    ],
    "dga_spina_bifida_ny": [
        ("graphs, delta 1", "732 (682-800)", graphs(1.0)),
        ("latent classes", "737 (685-804); 734", latent),
    ],
    "gaza_2024_3lists": [
        ("independence", "66,750", model([])),
        ("all pairs", "64,696", pairs),
        ("latent classes", "63,625 (48,731-141,422)", latent),
    ],
    "conting_spina": [
        ("independence, all groups", "none", model([])),
        ("latent classes, all groups", "none", latent),
    ],
    "artificial_3": [
        ("lists A and B dependent", "none", lambda t: (
            "none" if not fit(t, [[(0, 1)]])[0].identified else "found")),
    ],
}  # fmt: skip


def main() -> None:
    """Reproduce, answer, write."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CAPTURES
    checks = ["| table | model | published or peers | ours |", "|---|---|---|---|"]
    answers = ["| table | documented | our answer | reasons |", "|---|---|---|---|"]
    for name, rows in CHECKS.items():
        table = mse.overlaps_from_table(folder / f"{name}.csv")
        for what, known, run in rows:
            checks.append(f"| {name} | {what} | {known} | {run(table)} |")
            print(checks[-1], flush=True)
        answer = mse.estimate(folder / f"{name}.csv", assumption="as published")
        why = ", ".join(r.code for r in getattr(answer, "reasons", ()))
        said = mse.headline(answer)["en"].split(", of whom")[0]
        answers.append(f"| {name} | {answer.documented:,} | {said} | {why} |")
        print(answers[-1], flush=True)
    OUTPUT.mkdir(exist_ok=True)
    text = "\n".join([*checks, "", *answers]) + "\n"
    (OUTPUT / "captures.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
