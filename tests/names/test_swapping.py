"""Words in which two neighbouring letters changed places."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from dadkhah.names.pointers import pointer_to
from dadkhah.names.swapping import align_swapped
from dadkhah.names.symbols import COUNT

SIZE = COUNT + 1
RUNS = st.lists(st.integers(1, 5), min_size=1, max_size=9)
PRICE = 3
GAINS = np.zeros((SIZE, SIZE), dtype=np.int16)
for one, other in product(range(1, 6), repeat=2):
    GAINS[one, other] = 7 if one == other else (one * other) % 4 - 2


@njit
def _found(left: Any, right: Any, gains: Any) -> int:
    return align_swapped(
        pointer_to(left), len(left), pointer_to(right), len(right), pointer_to(gains), PRICE
    )


def _gain(left: list[int], right: list[int]) -> int:
    return _found(np.array(left, np.uint8), np.array(right, np.uint8), GAINS)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    _gain([1], [1])


def _plain(left: list[int], right: list[int]) -> int:
    """Give the same by trying every swap beforehand, of the left run, none touching another."""
    best = 0
    swaps = [[]] if len(left) < 2 else list(_apart(len(left)))
    for places in swaps:
        turned = list(left)
        for at in places:
            turned[at], turned[at + 1] = turned[at + 1], turned[at]
        best = max(best, _straight(turned, right) - PRICE * len(places))
    return best


def _apart(size: int, begin: int = 0) -> Any:
    yield []
    for at in range(begin, size - 1):
        for rest in _apart(size, at + 2):
            yield [at, *rest]


def _straight(left: list[int], right: list[int]) -> int:
    """Align in order."""
    table = np.full((len(left) + 1, len(right) + 1), 0)
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            both = int(table[i - 1, j - 1]) + int(GAINS[left[i - 1], right[j - 1]])
            table[i, j] = max(table[i - 1, j], table[i, j - 1], both)
    return int(table[-1, -1])


@given(RUNS, RUNS)
def test_swapping_gains_no_less_than_order_and_no_more_than_swapping_beforehand(
    left: list[int], right: list[int]
) -> None:
    assert _straight(left, right) <= _gain(left, right) <= _plain(left, right)


def test_two_letters_that_changed_places_cost_their_price_alone() -> None:
    assert _gain([1, 2, 3, 4, 5], [1, 2, 4, 3, 5]) == 5 * 7 - PRICE
    assert _gain([1, 2, 3, 4], [1, 2, 3, 4]) == 4 * 7
    assert _gain([1, 2, 3, 4], [2, 1, 4, 3]) == 4 * 7 - 2 * PRICE
