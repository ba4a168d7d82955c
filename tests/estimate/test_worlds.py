"""Invented worlds are what their design says."""

from __future__ import annotations

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError

KINDS = (mse.Kind(share=1.0, least=0.3, most=0.3),)


def shared(table: mse.Overlaps, i: int, j: int) -> int:
    return sum(n for p, n in zip(table.patterns, table.counts, strict=True) if p[i] and p[j])


def test_a_world_has_its_rates() -> None:
    table = mse.world(mse.Design(people=20_000, lists=3, kinds=KINDS), seed=1)
    assert np.allclose(np.array(table.sizes()) / 20_000, 0.3, atol=0.02)
    assert table == mse.world(mse.Design(people=20_000, lists=3, kinds=KINDS), seed=1)


def test_copying_adds_overlap_and_rivalry_takes_it() -> None:
    plain = mse.Design(people=20_000, lists=3, kinds=KINDS)
    copied = mse.Design(people=20_000, lists=3, kinds=KINDS, copied=((0, 1, 0.5),))
    avoided = mse.Design(people=20_000, lists=3, kinds=KINDS, avoided=((0, 1, 0.2),))
    both = [shared(mse.world(d, seed=1), 0, 1) for d in (avoided, plain, copied)]
    assert both[0] < 0.4 * both[1]
    assert both[2] > 1.5 * both[1]


def test_a_design_like_a_table_has_its_list_sizes(alike: mse.Overlaps) -> None:
    for kinds in (1, 2):
        again = mse.world(mse.design_like(alike, people=2000, kinds=kinds), seed=4)
        assert np.allclose(again.sizes(), alike.sizes(), rtol=0.15)


def test_a_trial_says_whether_the_answer_holds() -> None:
    row = mse.trial(mse.Design(people=500, lists=2, kinds=KINDS), seed=1)
    assert row["kind"] == "refusal"
    assert row["truth"] == 500
    assert "lists-too-few" in row["reasons"]
    row = mse.trial(
        mse.Design(people=800, lists=4, kinds=KINDS), seed=1, chains=2, draws=300,
    )  # fmt: skip
    assert row["kind"] in ("estimate", "at-least")
    assert row["holds"]


def test_a_world_without_people_is_refused() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.world(mse.Design(people=0, lists=3, kinds=KINDS), seed=1)
    assert caught.value.code == "world-design-bad"
