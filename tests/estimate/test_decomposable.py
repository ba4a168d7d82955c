"""Averaging over graphs gives the package's numbers, without its truncation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import dadkhah.estimate as mse
from dadkhah.estimate.decomposable import graphs

Published = Callable[[str], mse.Overlaps]


def test_there_are_as_many_chordal_graphs_as_mathematics_says() -> None:
    assert [len(graphs(n)) + 1 for n in (3, 4, 5)] == [8, 61, 822]


def test_spina_bifida_in_new_york_gives_the_published_median(published: Published) -> None:
    found = mse.decomposable(published("dga_spina_bifida_ny"), seed=1, delta=1.0)
    assert found.middle == pytest.approx(732, rel=0.01)
    assert found.low == pytest.approx(682, rel=0.03)
    assert found.high == pytest.approx(800, rel=0.03)


def test_kosovo_and_hiv_are_not_cut_off_by_the_grid(published: Published) -> None:
    kosovo = mse.decomposable(published("kosovo_1999"), seed=1)
    assert kosovo.middle == pytest.approx(12_600, rel=0.03)
    assert kosovo.high == pytest.approx(16_543, rel=0.03)
    hiv = mse.decomposable(published("rcapture_hiv"), seed=1)
    assert hiv.high == pytest.approx(14_095, rel=0.05)


def test_more_than_five_lists_are_left_to_other_families(alike: mse.Overlaps) -> None:
    kinds = (mse.Kind(share=1, least=0.2, most=0.4),)
    six = mse.world(mse.Design(people=500, lists=6, kinds=kinds), seed=1)
    assert mse.decomposable(six, seed=1).role == "shown"
    assert mse.decomposable(alike, seed=1).role == "check"
