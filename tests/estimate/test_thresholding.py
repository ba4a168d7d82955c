"""Pairs stay tied where the overlaps bear it out, and an empty overlap breaks nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.thresholding import thresholded

Published = Callable[[str], mse.Overlaps]


def ties(found: mse.Finding) -> set[str]:
    return {f"{first}:{second}" for first, second, _ in found.detail["ties"]}


def joined(table: mse.Overlaps, first: int, second: int, name: str) -> mse.Overlaps:
    """Two lists taken as one, at the place of the first."""
    counts: Counter[tuple[int, ...]] = Counter()
    for pattern, n in zip(table.patterns, table.counts, strict=True):
        either = tuple(x | pattern[second] if j == first else x for j, x in enumerate(pattern))
        counts[either[:second] + either[second + 1 :]] += n
    names = [name if j == first else n for j, n in enumerate(table.lists) if j != second]
    return mse.Overlaps(lists=tuple(names), patterns=tuple(counts), counts=tuple(counts.values()))


def test_the_ties_of_two_published_tables_are_the_published_ones(published: Published) -> None:
    """Tests of the R package MultipleSystemsEstimation 1.3.2, prior variance 1, threshold 2."""
    uk = thresholded(published("uk_modern_slavery_6"), seed=1)
    assert ties(uk) == {"LA:NG", "LA:PF", "NG:GP", "PF:GP", "PF:NCA", "GO:GP"}
    kosovo = thresholded(published("kosovo_1999"), seed=1)
    assert ties(kosovo) == {"EXH:ABA", "EXH:OSCE", "EXH:HRW", "ABA:OSCE", "OSCE:HRW"}


def test_under_a_flat_prior_five_uk_lists_give_the_published_interval(published: Published) -> None:
    """MultipleSystemsEstimation 1.3.2: median 12,163, 95% interval 10,609 to 13,694."""
    table = joined(published("uk_modern_slavery_6"), 2, 5, "PFNCA")
    found = thresholded(table, seed=1, variance=math.inf)
    assert ties(found) == {"LA:NG", "LA:PFNCA", "NG:GP", "PFNCA:GP", "GO:GP"}
    assert found.middle == pytest.approx(12_163, rel=0.01)
    assert (found.low, found.high) == pytest.approx((10_609, 13_694), rel=0.02)


def test_a_flat_prior_that_fixes_no_number_says_so(published: Published) -> None:
    found = thresholded(published("artificial_3"), seed=1, variance=math.inf)
    assert math.isinf(found.high)
    assert found.role == "shown"


def test_alike_people_need_no_ties_and_the_truth_is_held(alike: mse.Overlaps) -> None:
    found = thresholded(alike, seed=1)
    assert len(ties(found)) <= 1
    assert found.low < 2000 < found.high
    assert found.detail["settled"]
    again = thresholded(alike, seed=1)
    assert found.draws is not None
    assert again.draws is not None
    assert np.array_equal(found.draws, again.draws)


def test_two_lists_that_copy_are_tied_and_the_answer_does_not_sink() -> None:
    kinds = (mse.Kind(share=1.0, least=0.2, most=0.3),)
    design = mse.Design(people=3000, lists=4, kinds=kinds, copied=((0, 1, 0.5),))
    table = mse.world(design, seed=2)
    found = thresholded(table, seed=1)
    assert "L1:L2" in ties(found)
    assert found.low < 3000 < found.high


def test_more_lists_than_it_takes_are_told_not_tried() -> None:
    table = mse.Overlaps(lists=tuple("ABCDEFGHI"), patterns=((1,) * 9,), counts=(5,))
    assert thresholded(table, seed=1).detail["why"] == "three to eight lists"
