"""The verdict: disagreement is told, never averaged into the convenient answer."""

from __future__ import annotations

import math

import numpy as np

import dadkhah.estimate as mse
from dadkhah.estimate.verdict import WARY_FAMILY, Verdict, decide

TABLE = mse.Overlaps(lists=("A", "B"), patterns=((1, 0), (0, 1), (1, 1)), counts=(40, 40, 20))
CALM = mse.Diagnostics(
    split_rhat=1.0, bulk_draws=1000, tail_draws=1000, chains=4, draws=500, modes=(200.0,)
)
BOUND = mse.Finding(
    family="chao", low=150, middle=180, high=math.inf, role="bound",
    detail={"log_unseen": math.log(80), "log_spread": 0.2},
)  # fmt: skip


def family(name: str, middle: float, spread: float = 5.0, **detail: object) -> mse.Finding:
    draws = np.random.default_rng(1).normal(middle, spread, 2000)
    return mse.Finding(
        family=name, low=middle - 2 * spread, middle=middle, high=middle + 2 * spread,
        draws=draws, detail=detail,
    )  # fmt: skip


def verdict(*families: mse.Finding, diagnostics: mse.Diagnostics = CALM) -> Verdict:
    return decide(TABLE, (BOUND, *families), (), diagnostics, level=0.95, seed=1)


def codes(found: Verdict) -> set[str]:
    return {r.code for r in found.reasons}


def test_families_that_agree_give_an_interval_that_spans_them() -> None:
    found = verdict(family("a", 200), family("b", 220), family(WARY_FAMILY, 230))
    assert found.kind == "estimate"
    assert found.low < 200
    assert found.high > 235
    assert found.notes[0].code == "families-differ"


def test_families_that_disagree_are_both_named() -> None:
    found = verdict(family("a", 200), family("b", 400))
    assert found.kind == "at-least"
    assert found.low == 150
    assert codes(found) == {"families-disagree"}
    assert found.reasons[0].evidence["highest_family"] == "b"


def test_one_finite_family_is_not_enough() -> None:
    assert codes(verdict(family("a", 200))) == {"no-finite-estimate"}


def test_a_chance_of_unlike_people_forbids_an_interval() -> None:
    found = verdict(family("a", 200), family(WARY_FAMILY, 210, uneven_chance=0.6))
    assert codes(found) == {"some-hard-to-list"}
    assert "60%" in found.reasons[0].english
    assert "۶۰٪" in found.reasons[0].persian


def test_two_answers_are_told_as_two() -> None:
    two = mse.Diagnostics(
        split_rhat=1.0, bulk_draws=900, tail_draws=900, chains=4, draws=500, modes=(5e4, 1.4e5)
    )
    found = verdict(family("a", 200), family("b", 210), diagnostics=two)
    assert codes(found) == {"two-answers"}


def test_chains_that_disagree_a_huge_width_and_the_prior_forbid_an_interval() -> None:
    loose = family("a", 200, settled=False, split_rhat=1.3)
    assert codes(verdict(loose, family("b", 210))) == {"chains-disagree"}
    rng = np.random.default_rng(2)
    wide = mse.Finding(
        family="w", low=110, middle=200, high=9000, draws=np.exp(rng.normal(5.3, 1.5, 2000))
    )
    assert "upper-end-absurd" in codes(verdict(wide, wide))
    assert codes(verdict(family("a", 200, prior_overlap=0.9), family("b", 200))) == {
        "posterior-is-prior"
    }


def test_a_bound_that_says_nothing_becomes_a_refusal() -> None:
    empty = mse.Finding(family="chao", low=100, middle=100, high=math.inf, role="bound")
    found = decide(TABLE, (empty,), (), CALM, level=0.95, seed=1)
    assert found.kind == "refusal"
    assert codes(found) == {"no-finite-estimate"}
