"""Effective draws of log N per second on one core: our sampler beside plain Gibbs and LCMCR.

    python studies/estimate/speed.py

Times are processor time of one thread. The plain sampler is the published one, in the same
compiled language on the same cells, so the difference is the method's. LCMCR's own figures (R, with
compiled C++) are as listed in ../shared/BASELINES.md, measured on such a machine on another day; at
ten lists on other data of a million people.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

import dadkhah.estimate as mse
from dadkhah.estimate.diagnostics import bulk_draws, split_rhat
from dadkhah.estimate.latent import LatentPrior, data_of, workspace
from dadkhah.estimate.sweeps import gibbs_chain

OUTPUT = Path(__file__).parent / "output"
CAPTURES = Path(__file__).resolve().parents[2] / "../shared/data/captures"
Result = tuple[float, float, float]
MILLION = "10 lists, a million people"
LISTED = {
    MILLION: (1.3, 5.7),
    "kosovo_1999": (108, 174),
    "uk_modern_slavery_6": (194, 194),
    "rcapture_hiv": (1386, 1386),
    "dga_spina_bifida_ny": (456, 456),
}
"""LCMCR 0.4.14: effective draws of log N per second."""


def million() -> mse.Overlaps:
    """Ten lists of a million invented people of three kinds."""
    kinds = (
        mse.Kind(share=0.3, least=0.2, most=0.5),
        mse.Kind(share=0.5, least=0.02, most=0.1),
        mse.Kind(share=0.2, least=0.05, most=0.4),
    )
    return mse.world(mse.Design(people=1_000_000, lists=10, kinds=kinds), seed=3)


def gibbs(table: mse.Overlaps, sweeps: int, chains: int = 2) -> Result:
    """Effective draws per second, split R-hat, and sweeps per second of plain Gibbs."""
    data, work = data_of(table), workspace(table, 10)
    model, known = (LatentPrior().numbers(), 10, 1.0), float(table.documented)
    logs, seconds = [], 0.0
    for chain in range(chains):
        rng = np.random.default_rng([9, chain])
        state, values = rng.normal(size=9 + 10 * len(table.lists)), np.empty((sweeps, 3))
        gibbs_chain(state, values[: sweeps // 5], data, model, work, rng)
        began = time.process_time()
        gibbs_chain(state, values, data, model, work, rng)
        seconds += time.process_time() - began
        seen = values[:, 1]
        logs.append(np.log(known + rng.poisson(rng.gamma(known, 1, sweeps) * (1 - seen) / seen)))
    draws = np.array(logs)
    return bulk_draws(draws) / seconds, split_rhat(draws), sweeps * chains / seconds


def ours(table: mse.Overlaps, moves: int) -> Result:
    """Effective draws per second, split R-hat, and moves per second of our sampler."""
    tuned = mse.sample(table, seed=9, draws=50, threads=1)
    began = time.process_time()
    posterior = mse.sample(table, seed=9, draws=moves, threads=1, resume=tuned)
    seconds = time.process_time() - began
    draws = np.log(posterior.people)
    return bulk_draws(draws) / seconds, split_rhat(draws), 4 * moves / seconds


def main() -> None:
    """Measure and write the table."""
    lines = [
        "| table | LCMCR, listed | plain Gibbs, same run (R-hat; sweeps/s) "
        "| ours (R-hat; moves/s) | ours / LCMCR | ours / plain |",
        "|---|---|---|---|---|---|",
    ]
    tables = {MILLION: (million(), 3000, 1000)}
    for name in tuple(LISTED)[1:]:
        path = CAPTURES / f"{name}.csv"
        if path.exists():
            tables[name] = (mse.overlaps_from_table(path), 200_000, 5000)
    for name, (table, sweeps, moves) in tables.items():
        plain, better = gibbs(table, sweeps), ours(table, moves)
        least, most = LISTED[name]
        listed = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        times = dict.fromkeys(f"{better[0] / end:,.0f}" for end in (most, least))
        lines.append(
            f"| {name} | {listed} | {plain[0]:,.1f} ({plain[1]:.3f}; {plain[2]:,.0f}) "
            f"| {better[0]:,.0f} ({better[1]:.3f}; {better[2]:,.0f}) "
            f"| {' to '.join(times)} | {better[0] / plain[0]:,.0f} |"
        )
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
