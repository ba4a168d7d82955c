"""Would the method hold here? Invented worlds with this case's list lengths (ST-22).

The truth is unknown in the case; in these worlds it is known. Each supposition about people gives
worlds with lists as long as the case's, and every world is estimated as the case is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dadkhah.estimate.families import Progress
from dadkhah.estimate.gates import pair_counts
from dadkhah.estimate.values import Overlaps
from dadkhah.estimate.worlds import Design, design_like, trial

__all__ = ["SUPPOSED", "rehearse"]

SUPPOSED: Mapping[str, Mapping[str, str]] = {
    "alike": {"en": "people alike", "fa": "افراد همانند"},
    "two kinds": {
        "en": "a third of the people three times as easy to list as the rest",
        "fa": "ثبت یک‌سوم افراد سه برابر آسان‌تر از بقیه",
    },
    "by degree": {
        "en": "people unlike by degree (a spread of ease of one logit)",
        "fa": "افراد ناهمانند به‌درجات (پراکندگی آسانی یک لوجیت)",
    },
    "tied": {
        "en": "people alike, the two lists that share most partly copied",
        "fa": "افراد همانند، و رونوشت‌برداری میان دو فهرستی که بیشترین اشتراک را دارند",
    },
}


def rehearse(
    table: Overlaps,
    *,
    people: int,
    seed: int = 1,
    worlds: int = 20,
    level: float = 0.95,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Estimate invented worlds like this case and say how often the answer holds.

    Args:
        table: the case's overlaps. people: the supposed truth, such as the middle of its answer.
        worlds: per supposition.

    Returns:
        Per supposition: worlds, estimates, how many of them hold, median of middle / truth and of
        high / low; bounds, how many hold, median of bound / truth; refusals.
    """
    found = []
    for number, (name, design) in enumerate(_designs(table, people).items()):
        rows = [
            trial(design, seed=seed * 10_000 + world, level=level, draws=250,
                  models=("chao", "degree", "wary"))
            for world in range(worlds)
        ]  # fmt: skip
        found.append({"supposed": name, "words": dict(SUPPOSED[name]), **_summed(rows)})
        if progress:
            progress("invented worlds like this case", (number + 1) / len(SUPPOSED))
    return found


def _designs(table: Overlaps, people: int) -> dict[str, Design]:
    """One design per supposition, with the case's list lengths."""
    alike = design_like(table, people=people)
    most = max(pair_counts(table).items(), key=lambda item: item[1])[0]
    copied = ((most[0], most[1], 0.25),)
    return {
        "alike": alike,
        "two kinds": design_like(table, people=people, kinds=2),
        "by degree": replace(alike, spread=1.0),
        "tied": replace(alike, copied=copied),
    }


def _summed(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    inside = [row for row in rows if row["kind"] == "estimate"]
    bounds = [row for row in rows if row["kind"] == "at-least"]
    return {
        "worlds": len(rows),
        "estimates": len(inside),
        "estimates_hold": sum(bool(row["holds"]) for row in inside),
        "middle_to_truth": _median([row["middle"] / row["truth"] for row in inside]),
        "high_to_low": _median([row["high"] / row["low"] for row in inside]),
        "bounds": len(bounds),
        "bounds_hold": sum(bool(row["holds"]) for row in bounds),
        "bound_to_truth": _median([row["low"] / row["truth"] for row in bounds]),
        "refusals": len(rows) - len(inside) - len(bounds),
    }


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if len(values) else None
