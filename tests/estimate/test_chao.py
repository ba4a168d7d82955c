"""The lower bound holds when people differ, and when two lists avoid each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import dadkhah.estimate as mse

Published = Callable[[str], mse.Overlaps]


def test_it_is_chaos_estimator_on_a_table_worked_by_hand() -> None:
    table = mse.Overlaps(
        lists=("A", "B", "C"),
        patterns=((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1)),
        counts=(20, 30, 10, 4, 2, 3),
    )
    found = mse.lower_bound(table, guarded=False)
    unseen = (20 * 30 + 20 * 10 + 30 * 10) / (4 + 2 + 3 + 1)
    assert found.middle == pytest.approx(69 + unseen)
    assert found.role == "bound"
    assert found.low < found.middle


def test_it_agrees_with_the_published_bound_for_students_with_hepatitis(
    published: Published,
) -> None:
    found = mse.lower_bound(published("care1_hav"), guarded=False)
    assert found.middle == pytest.approx(479, rel=0.02)


def coverage(design: mse.Design) -> float:
    bounds = [mse.lower_bound(mse.world(design, seed=s)).low for s in range(100)]
    return float(np.mean(np.array(bounds) <= design.people))


def test_it_holds_when_people_are_alike_or_not_or_two_lists_are_rivals() -> None:
    alike = (mse.Kind(share=1, least=0.1, most=0.4),)
    unlike = (mse.Kind(share=0.3, least=0.3, most=0.6), mse.Kind(share=0.7, least=0.05, most=0.2))
    rivals = ((0, 1, 0.2),)
    assert coverage(mse.Design(people=2000, lists=4, kinds=alike)) >= 0.95
    assert coverage(mse.Design(people=2000, lists=3, kinds=unlike)) >= 0.95
    assert coverage(mse.Design(people=2000, lists=3, kinds=alike, avoided=rivals)) >= 0.95
    assert coverage(mse.Design(people=2000, lists=5, kinds=alike, avoided=rivals)) >= 0.95


def test_lists_that_share_nobody_give_the_documented_and_no_more() -> None:
    table = mse.Overlaps(lists=("A", "B"), patterns=((1, 0), (0, 1)), counts=(5, 7))
    assert mse.lower_bound(table).low == 12


def test_two_lists_apart_from_three_that_are_tied_do_not_raise_the_bound() -> None:
    patterns = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1))
    counts = (200, 300, 100, 40, 20, 30)
    three = mse.Overlaps(lists=("A", "B", "C"), patterns=patterns, counts=counts)
    five = mse.Overlaps(
        lists=("A", "B", "C", "D", "E"),
        patterns=(*((*p, 0, 0) for p in patterns), (0, 0, 0, 1, 0), (0, 0, 0, 0, 1)),
        counts=(*counts, 500, 400),
    )
    assert mse.lower_bound(five).low == mse.lower_bound(three).low + 900
