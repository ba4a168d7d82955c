"""Measures, against numbers worked out by hand or published."""

from __future__ import annotations

import polars as pl
import pytest

from dadkhah import people
from dadkhah.errors import LinkageError

TRUTH = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "3"}


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263
    found = people.wilson(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_wilson_stays_within_zero_and_one() -> None:
    assert people.wilson(0, 10).low == 0
    assert people.wilson(10, 10).high == 1
    assert people.wilson(0, 0).high == 1


def test_pairs_are_counted_against_the_labels() -> None:
    pairs = pl.DataFrame({"left": ["a", "b", "c", "x"], "right": ["b", "c", "d", "a"]})
    found = people.evaluate(pairs, TRUTH)
    assert (found.right, found.found, found.true) == (2, 3, 4)
    assert found.precision.middle == pytest.approx(2 / 3)
    assert found.recall.middle == pytest.approx(0.5)
    assert found.f1.middle == pytest.approx(4 / 7)
    assert found.f1.low <= found.f1.middle <= found.f1.high


def test_b_cubed_is_what_hand_reckoning_gives() -> None:
    pairwise, cubed = people.evaluate_clusters([["a", "b", "d"], ["c"], ["e"], ["f"]], TRUTH)
    assert (pairwise.right, pairwise.found, pairwise.true) == (1, 3, 4)
    assert cubed.precision.middle == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    assert cubed.recall.middle == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6)


def test_blocking_recall_counts_true_pairs_that_were_compared() -> None:
    candidates = pl.DataFrame({"left_row": [0, 0, 3], "right_row": [1, 5, 4]})
    found = people.evaluate_blocking(candidates, list("abcdef"), TRUTH)
    assert found.middle == pytest.approx(2 / 4)


def test_nothing_labelled_is_refused() -> None:
    with pytest.raises(LinkageError) as error:
        people.evaluate(pl.DataFrame({"left": [], "right": []}), {})
    assert error.value.code == "evaluation-no-labels"
