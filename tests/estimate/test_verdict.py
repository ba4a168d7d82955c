"""The verdict: disagreement is told, never averaged into the convenient answer."""

from __future__ import annotations

import math

import numpy as np

import dadkhah.estimate as mse
from dadkhah.estimate.graded import FAMILY as DEGREE
from dadkhah.estimate.verdict import WARY_FAMILY, Verdict, decide

TABLE = mse.Overlaps(lists=("A", "B"), patterns=((1, 0), (0, 1), (1, 1)), counts=(40, 40, 20))
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


def verdict(*families: mse.Finding) -> Verdict:
    return decide(TABLE, (BOUND, *families), (), level=0.95, seed=1)


def codes(found: Verdict) -> set[str]:
    return {r.code for r in found.reasons}


def test_an_interval_is_made_of_the_two_families_that_allow_for_unlike_people() -> None:
    found = verdict(family("a", 150), family(DEGREE, 200), family(WARY_FAMILY, 220))
    assert found.kind == "estimate"
    assert 185 < found.low < 200
    assert 220 < found.high < 235
    assert found.notes[0].code == "families-differ"
    assert found.notes[0].evidence["lowest_family"] == "a"


def test_families_that_disagree_are_both_named() -> None:
    found = verdict(family("a", 200), family(WARY_FAMILY, 400), family(DEGREE, 390))
    assert found.kind == "at-least"
    assert found.low == 150
    assert codes(found) == {"families-disagree"}
    assert found.reasons[0].evidence["highest_family"] == WARY_FAMILY


def test_without_both_of_them_there_is_no_interval() -> None:
    assert codes(verdict(family("a", 200), family(DEGREE, 200))) == {"no-finite-estimate"}


def test_a_chance_of_very_unlike_people_is_told_beside_the_interval() -> None:
    found = verdict(family(DEGREE, 200), family(WARY_FAMILY, 210, uneven_chance=0.6))
    assert found.kind == "estimate"
    told = next(n for n in found.notes if n.code == "some-hard-to-list")
    assert "60%" in told.english
    assert "۶۰٪" in told.persian


def test_two_answers_of_any_family_are_told_as_two() -> None:
    parted = family("a", 205, modes=(190.0, 400.0))
    found = verdict(parted, family(DEGREE, 200), family(WARY_FAMILY, 210))
    assert codes(found) == {"two-answers"}
    spoken = family(WARY_FAMILY, 205, modes=(200.0, 210.0))
    assert codes(verdict(spoken, family(DEGREE, 205, 20))) == {"two-answers"}


def test_two_answers_of_a_check_that_the_interval_holds_are_a_note() -> None:
    parted = family("a", 205, modes=(195.0, 215.0))
    found = verdict(parted, family(DEGREE, 200), family(WARY_FAMILY, 210))
    assert found.kind == "estimate"
    assert "two-answers" in {n.code for n in found.notes}


def test_chains_that_disagree_forbid_only_where_they_speak() -> None:
    loose = family("a", 200, settled=False, split_rhat=1.3)
    spoken = verdict(loose, family(DEGREE, 200), family(WARY_FAMILY, 210))
    assert spoken.kind == "estimate"
    assert "chains-disagree" in {n.code for n in spoken.notes}
    wary = family(WARY_FAMILY, 200, settled=False, split_rhat=1.3)
    assert codes(verdict(wary, family(DEGREE, 210))) == {"chains-disagree"}


def test_a_huge_width_and_the_prior_forbid_an_interval() -> None:
    rng = np.random.default_rng(2)
    wide = [
        mse.Finding(
            family=name, low=110, middle=200, high=9000, draws=np.exp(rng.normal(5.3, 1.5, 2000))
        )
        for name in (WARY_FAMILY, DEGREE)
    ]
    assert "upper-end-absurd" in codes(verdict(*wide))
    like = family(WARY_FAMILY, 200, prior_overlap=0.9)
    assert codes(verdict(like, family(DEGREE, 200))) == {"posterior-is-prior"}


def test_a_bound_that_says_nothing_becomes_a_refusal() -> None:
    empty = mse.Finding(family="chao", low=100, middle=100, high=math.inf, role="bound")
    found = decide(TABLE, (empty,), (), level=0.95, seed=1)
    assert found.kind == "refusal"
    assert codes(found) == {"no-finite-estimate"}
