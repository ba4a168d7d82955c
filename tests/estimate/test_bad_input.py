"""What cannot be, or hardly can, is refused clearly or answered rightly, with bounded work."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError
from dadkhah.estimate.overlaps import join_smallest

WHY = "An invented table."
CELLS = ("111", "110", "101", "011", "100", "010", "001")


def cells(*counts: float) -> dict[str, float]:
    return dict(zip(CELLS, counts, strict=True))


def many_lists(lists: int, people: int, most: float) -> mse.Overlaps:
    rng = np.random.default_rng(2)
    on = rng.random((people, lists)) < rng.uniform(0.02, most, lists)
    codes, counts = np.unique(on[on.any(axis=1)], axis=0, return_counts=True)
    return mse.tidy(
        mse.Overlaps(
            lists=tuple(f"L{j + 1}" for j in range(lists)),
            patterns=tuple(tuple(int(x) for x in row) for row in codes),
            counts=tuple(int(n) for n in counts),
        )
    )


@pytest.mark.parametrize("wrong", [-3, 2.5, float("nan"), float("inf"), 10**16, "many"])
def test_a_count_that_is_no_number_of_people_is_refused(wrong: object) -> None:
    with pytest.raises(EstimateError) as caught:
        mse.estimate({"111": 5, "110": wrong, "001": 9}, assumption=WHY)
    assert caught.value.code == "overlaps-count-bad"
    assert "row " in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"1": 30}, "lists-too-few"),
        ({"11": 30, "10": 20, "01": 40}, "lists-too-few"),
        (cells(0, 30, 0, 0, 20, 40, 0), "lists-too-few"),
        (cells(30, 20, 40, 0, 100, 0, 0), "list-holds-everybody"),
        (cells(50, 0, 0, 0, 0, 0, 0), "list-holds-everybody"),
        (cells(0, 0, 0, 0, 0, 0, 0), "nobody-listed"),
        (cells(0, 0, 0, 0, 100, 80, 60), "lists-not-connected"),
        (cells(1e12, 1e12, 2e12, 1e12, 3e12, 1e12, 1e12), "counts-too-large"),
    ],
)
def test_what_cannot_carry_an_estimate_is_refused_for_its_reason(
    rows: dict[str, float], code: str
) -> None:
    answer = mse.estimate(rows, assumption=WHY)
    assert isinstance(answer, mse.Refusal)
    assert code in {why.code for why in answer.reasons}
    assert all(why.remedy and why.remedy_persian for why in answer.reasons)


def test_counts_of_thousands_of_millions_give_a_result_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = mse.estimate(
            cells(1e9, 2e9, 2e9, 2e9, 8e9, 8e9, 8e9),
            assumption=WHY,
            models=("chao", "log-linear", "graphs", "threshold", "degree"),
        )
    assert answer.documented == 31_000_000_000
    for found in answer.findings:
        assert found.low >= answer.documented
        assert not np.isnan([found.low, found.middle, found.high]).any()


def test_thirty_lists_of_fifty_thousand_people_are_answered_by_ten() -> None:
    table = many_lists(30, 50_000, 0.1)
    assert len(table.patterns) > 7_000
    assert len(join_smallest(table, 10).patterns) < 2**10
    answer = mse.estimate(table, assumption=WHY, models=("chao", "degree"))
    assert "lists-joined" in {note.code for note in answer.notes}
    assert isinstance(answer, mse.AtLeast)
    assert 41_565 < answer.low <= 50_000
    degree = answer.findings[-1]
    assert degree.low <= 50_000 <= degree.high


def test_lists_taken_together_hold_the_same_people() -> None:
    table = many_lists(14, 500, 0.3)
    fewer = join_smallest(table, 6)
    assert len(fewer.lists) == 6
    assert fewer.documented == table.documented
    assert sorted(n for names in fewer.merged.values() for n in names) == sorted(
        set(table.lists) - (set(fewer.lists) - set(fewer.merged))
    )
    assert max(table.sizes()) in fewer.sizes()
    assert join_smallest(fewer, 10) == fewer
