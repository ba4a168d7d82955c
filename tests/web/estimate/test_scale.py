"""The scale of the chart is honest: equal steps multiply, and both directions mirror."""

from __future__ import annotations

import pytest

from dadkhah.web.estimate.scale import bar, scale


def test_equal_factors_are_equal_steps() -> None:
    on = scale([10, 100_000])
    assert on is not None
    steps = [on.percent(10**n * 10) - on.percent(10**n) for n in range(1, 4)]
    assert steps == pytest.approx([steps[0]] * 3)


def test_right_to_left_is_the_mirror() -> None:
    there, back = scale([5, 5000]), scale([5, 5000], rtl=True)
    assert there is not None
    assert back is not None
    assert there.percent(70) + back.percent(70) == pytest.approx(100)


def test_an_open_range_reaches_the_edge() -> None:
    on = scale([1000, 30_000])
    assert on is not None
    mark = bar(on, 2000, None)
    assert mark.open
    assert float(mark.left) + float(mark.width) == pytest.approx(100, abs=0.02)


def test_nothing_to_show_has_no_scale() -> None:
    assert scale([0]) is None


def test_a_figure_from_nobody_on_begins_at_the_edge() -> None:
    on = scale([599, 9_900])
    assert on is not None
    placed = bar(on, 0, 599)
    assert placed.left == "0.00"
    assert float(placed.width) > 0.4
