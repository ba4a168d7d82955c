"""Doubt about who is who and about strata widens the answer, and is named as what it is."""

from __future__ import annotations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError

WHY = "Gathered apart."


def world(seed: int, people: int = 2000) -> mse.Overlaps:
    kinds = (mse.Kind(share=1.0, least=0.25, most=0.4),)
    return mse.world(mse.Design(people=people, lists=4, kinds=kinds), seed=seed)


def scaled(table: mse.Overlaps, factor: float) -> mse.Overlaps:
    """The same lists with their overlaps larger or smaller, as another linkage gives them."""
    counts = [
        round(n * factor) if sum(p) > 1 else n
        for p, n in zip(table.patterns, table.counts, strict=True)
    ]
    return mse.Overlaps(lists=table.lists, patterns=table.patterns, counts=tuple(counts))


def test_one_draw_is_the_plain_answer() -> None:
    table = world(1)
    found = mse.estimate_draws([mse.Draw(tables=(table,))], assumption=WHY)
    plain = mse.estimate(table, assumption=WHY)
    assert mse.headline(found.answer) == mse.headline(plain)
    assert found.width["linkage"] == 0.0
    shares = ("linkage", "missing strata", "models", "sampling")
    assert sum(found.width[k] for k in shares) == pytest.approx(1.0)


def test_partitions_that_differ_widen_the_interval() -> None:
    table = world(2)
    draws = [
        mse.Draw(tables=(scaled(table, factor),), partition=number)
        for number, factor in enumerate((1.0, 0.8, 0.9, 1.1, 1.2))
    ]
    found = mse.estimate_draws(draws, assumption=WHY, models=["chao", "degree", "wary"])
    alone = mse.estimate_draws(draws[:1], assumption=WHY, models=["chao", "degree", "wary"])
    assert isinstance(found.answer, mse.Estimate)
    assert isinstance(alone.answer, mse.Estimate)
    assert found.answer.high - found.answer.low > 1.2 * (alone.answer.high - alone.answer.low)
    assert found.width["linkage"] > 0.1
    assert found.width["partitions"] == 5
    assert found.answer.gates


def test_strata_are_added_up_in_every_draw() -> None:
    rng = np.random.default_rng(1)
    people = []
    for seed, name in ((3, "north"), (4, "south")):
        table = world(seed, 1000)
        for pattern, n in zip(table.patterns, table.counts, strict=True):
            on = frozenset(x for x, yes in zip(table.lists, pattern, strict=True) if yes)
            for _ in range(n):
                told = frozenset() if rng.random() < 0.2 else frozenset({name})
                people.append(mse.Listed(lists=on, told=(told,)))
    lists = ["L1", "L2", "L3", "L4"]
    draws = [
        mse.Draw(tables=mse.stratify(people, lists, seed=seed), imputation=seed)
        for seed in range(3)
    ]
    found = mse.estimate_draws(draws, assumption=WHY, models=["chao", "degree", "wary"])
    assert [part.stratum for part in found.strata] == [t.stratum for t in draws[0].tables]
    assert isinstance(found.answer, mse.Estimate)
    assert found.answer.low < 2000 < found.answer.high
    assert found.answer.documented == len(people)
    assert found.width["missing strata"] > 0.0
    assert found.width["linkage"] == 0.0


def test_nothing_to_average_is_refused() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.estimate_draws([], assumption=WHY)
    assert caught.value.code == "pooling-nothing"


def test_small_cells_are_hidden_and_never_left_alone() -> None:
    table = mse.Overlaps(lists=("A", "B"), patterns=((1, 0), (0, 1), (1, 1)), counts=(40, 30, 2))
    shown = mse.publishable(table)
    assert [row["people"] for row in shown] == [None, None, None]
    many = mse.Overlaps(
        lists=("A", "B", "C"),
        patterns=((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)),
        counts=(40, 30, 20, 12, 3, 9, 50),
    )
    shown = mse.publishable(many)
    for j, name in enumerate(many.lists):
        for on in (True, False):
            cells = [r for r in shown if (name in r["lists"]) is on]
            assert sum(r["people"] is None for r in cells) != 1, (j, on)
    assert any(r["people"] is not None for r in shown)
    assert all(r["people"] for r in mse.publishable(many, least=1))
