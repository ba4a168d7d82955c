"""Parts judged together hold their truths, and learn how far they differ."""

from __future__ import annotations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.together import together


def parts(scale: float, spread: float) -> tuple[list[mse.Overlaps], np.ndarray]:
    """Ten parts of 60 to 2,000 people, levels of the lists normal around common ones."""
    rng = np.random.default_rng(8)
    base, tables, truth = rng.uniform(-2.0, -0.8, 4), [], []
    for _ in range(10):
        people = int(np.exp(rng.uniform(np.log(60), np.log(2000))))
        levels = base + scale * np.sqrt(0.5) * (rng.normal() + rng.normal(size=4))
        rates = tuple((float(x),) for x in 1.0 / (1.0 + np.exp(-levels)))
        design = mse.Design(people=people, lists=4, kinds=(mse.Kind(share=1.0, least=0, most=1),),
                            rates=rates, spread=spread)  # fmt: skip
        tables.append(mse.world(design, seed=int(rng.integers(10_000))))
        truth.append(people)
    return tables, np.array(truth)


@pytest.mark.parametrize(("scale", "spread"), [(0.5, 0.0), (0.5, 1.0)])
def test_truths_are_held_and_the_scales_are_found(scale: float, spread: float) -> None:
    tables, truth = parts(scale, spread)
    found = together(tables, seed=1)
    assert found is not None
    low, high = np.quantile(found.people, [0.025, 0.975], axis=1)
    assert ((low <= truth) & (truth <= high)).sum() >= 8
    whole = np.quantile(found.people.sum(axis=0), [0.025, 0.975])
    assert whole[0] < truth.sum() < whole[1]
    assert found.scale == pytest.approx(scale, abs=0.25)
    assert found.spread == pytest.approx(spread, abs=0.35)


def test_the_same_seed_gives_the_same_draws() -> None:
    tables, _ = parts(0.5, 0.0)
    first, second = together(tables[:4], seed=3), together(tables[:4], seed=3)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.people, second.people)
