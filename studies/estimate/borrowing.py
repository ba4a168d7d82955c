"""Thin parts judged by the others: does the answer hold, and what did the part say alone?

    python studies/estimate/borrowing.py [WORLDS] [MINUTES]

Each world has ten parts, five of 800 to 3,000 people and five of 40 to 250, and three to five lists
whose rates differ from part to part. Only the thin parts are counted: those that have no interval
of their own. Trials are appended to output/borrowing_trials.csv, so the study can be stopped and
gone on with.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from trials import carry_on, read_trials

import dadkhah.estimate as mse
from dadkhah.estimate.borrowing import lend

OUTPUT = Path(__file__).parent / "output"
TRIALS = OUTPUT / "borrowing_trials.csv"
FIELDS = ("design", "seed", "part", "truth", "documented", "alone", "alone_low", "alone_holds",
          "lent", "low", "high", "holds", "sum_kind", "sum_holds")  # fmt: skip
MODELS = ("chao", "degree", "wary")
PARTS = 10
DESIGNS = {
    "people alike": {"scale": 0.5},
    "people unlike by degree": {"scale": 0.5, "spread": 1.0},
    "two kinds of people": {"scale": 0.5, "kinds": 2},
    "parts very unlike": {"scale": 1.0},
    "one thin part all but unlisted": {"scale": 0.3, "shift": -1.5},
}


def parts(name: str, seed: int) -> list[tuple[mse.Overlaps, int]]:
    """The parts of one world, each with its truth."""
    how = DESIGNS[name]
    rng = np.random.default_rng([83, seed])
    lists = int(rng.integers(3, 6))
    base = rng.uniform(-2.2, -0.8, lists)
    found = []
    for number in range(PARTS):
        ends = (40, 250) if number % 2 else (800, 3000)
        people = int(np.exp(rng.uniform(np.log(ends[0]), np.log(ends[1]))))
        away = how["scale"] * np.sqrt(0.5) * (rng.normal() + rng.normal(size=lists))
        levels = base + away + (how.get("shift", 0.0) if number == 1 else 0.0)
        rates, kinds = 1.0 / (1.0 + np.exp(-levels[:, None])), (mse.Kind(share=1, least=0, most=1),)
        if how.get("kinds"):
            apart = levels[:, None] + np.array([0.9, -0.5])
            rates = 1.0 / (1.0 + np.exp(-apart))
            kinds = (mse.Kind(share=0.35, least=0, most=1), mse.Kind(share=0.65, least=0, most=1))
        table = mse.world(
            mse.Design(people=people, lists=lists, kinds=kinds, spread=how.get("spread", 0.0),
                       rates=tuple(tuple(float(x) for x in row) for row in rates)),
            seed=int(rng.integers(1_000_000)),
        )  # fmt: skip
        named = mse.Overlaps(lists=table.lists, patterns=table.patterns, counts=table.counts,
                             stratum=f"part {number + 1}")  # fmt: skip
        found.append((named, people))
    return found


def attempt(name: str, seed: int) -> list[dict[str, object]]:
    """The thin parts of one world; one row without a part when there is none."""
    world = parts(name, seed)
    tables = [table for table, _ in world]
    alone = [mse.estimate(t, assumption="invented", models=MODELS, draws=250) for t in tables]
    lent = lend(tables, alone, why="invented alike", level=0.95, seed=1)
    whole, truth = mse.total(lent), sum(people for _, people in world)
    low, high = getattr(whole, "low", 0.0), getattr(whole, "high", np.inf)
    rows: list[dict[str, object]] = []
    for (table, people), own, given in zip(world, alone, lent, strict=True):
        if isinstance(own, mse.Estimate):
            continue
        bound = getattr(own, "low", float(table.documented))
        row = {"design": name, "seed": seed, "part": table.stratum, "truth": people,
               "documented": table.documented, "alone": own.kind, "alone_low": bound,
               "alone_holds": bound <= people, "lent": given.kind == "estimate",
               "sum_kind": whole.kind, "sum_holds": low <= truth <= high}  # fmt: skip
        if isinstance(given, mse.Estimate):
            holds = given.low <= people <= given.high
            row |= {"low": given.low, "high": given.high, "holds": holds}
        rows.append(row)
    return rows or [{"design": name, "seed": seed, "part": ""}]


def summary() -> str:
    """A table in markdown."""
    lines = [
        "| design | worlds | thin parts | alone: bound, refusal | lent an interval | hold "
        "| high / low | sums hold |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows = read_trials(TRIALS)
    for name in DESIGNS:
        mine = [r for r in rows if r["design"] == name]
        thin = [r for r in mine if r["part"]]
        lent = [r for r in thin if r["lent"] == "True"]
        held = sum(r["holds"] == "True" for r in lent)
        wide = np.median([float(r["high"]) / float(r["low"]) for r in lent]) if lent else np.nan
        bounds = sum(r["alone"] == "at-least" for r in thin)
        sums = {r["seed"]: r["sum_holds"] == "True" for r in lent if r["sum_kind"] == "estimate"}
        lines.append(
            f"| {name} | {len({r['seed'] for r in mine})} | {len(thin)} "
            f"| {bounds}, {len(thin) - bounds} | {len(lent)} "
            f"| {f'{held / len(lent):.0%}' if lent else '-'} | {wide:.2f} "
            f"| {sum(sums.values())} of {len(sums)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run what is pending, one world of each design in turn."""
    carry_on(TRIALS, FIELDS, tuple(DESIGNS), attempt, 40)
    (OUTPUT / "borrowing.md").write_text(summary(), encoding="utf-8")
    print(summary())


if __name__ == "__main__":
    main()
