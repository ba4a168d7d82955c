"""Words aligned by the kernel are worth what the plain recurrence gives."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from numba.core.errors import TypingError

from dadkhah.names import scoring
from dadkhah.names.alignment import LONGEST, NEVER, SCALE, align_words
from dadkhah.names.pointers import pointer_to
from dadkhah.names.reach import model_of
from dadkhah.names.symbols import GAP, LATIN, WITHIN, symbols
from dadkhah.names.weights import weights

LATIN_WORDS = st.text(st.sampled_from("abdeghiklmnoqrsuvyz"), min_size=1, max_size=30)
ARABIC_WORDS = st.text(st.sampled_from("ابتثحخدرزسصعغقکلمنوهیپچژگ"), min_size=1, max_size=30)
WORDS = LATIN_WORDS | ARABIC_WORDS


@njit
def _aligned(left: Any, cut: int, right: Any, least: int, arrays: Any, row: Any) -> int:
    return align_words(
        pointer_to(left), len(left), cut, pointer_to(right), len(right), least, model_of(arrays),
        pointer_to(row),
    )  # fmt: skip


def _worth(left: str, right: str, cut: int = 0, least: int = NEVER) -> int:
    codes = [np.array(symbols(word), dtype=np.uint8) for word in (left, right)]
    row = np.zeros(LONGEST + 1, dtype=np.int32)
    found: int = _aligned(codes[0], cut, codes[1], least, scoring.kernel_weights(False), row)
    return found


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    _worth("a", "a")


@cache
def _odds() -> list[list[int]]:
    found: list[list[int]] = np.rint(weights().log_odds * SCALE).astype(int).tolist()
    return found


def _plain(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    odds = _odds()
    gap = WITHIN if (left[0] <= len(LATIN)) == (right[0] <= len(LATIN)) else GAP
    row = [0]
    for symbol in right:
        row.append(row[-1] + odds[gap][symbol])
    for symbol in left:
        new = [row[0] + odds[gap][symbol]]
        for place, other in enumerate(right):
            new.append(max(row[place] + odds[symbol][other], row[place + 1] + odds[gap][symbol],
                           new[-1] + odds[gap][other]))  # fmt: skip
        row = new
    return row[-1]


@given(WORDS, WORDS)
def test_an_alignment_is_worth_what_the_plain_recurrence_gives(left: str, right: str) -> None:
    one, other = symbols(left), symbols(right)
    if one and other:
        assert _worth(left, right) == _plain(one, other)


@given(WORDS, WORDS, st.integers(0, 29))
def test_a_turned_run_begins_at_the_cut(left: str, right: str, cut: int) -> None:
    one, other = symbols(left), symbols(right)
    if one and other:
        at = cut % len(one)
        assert _worth(left, right, at) == _plain(one[at:] + one[:at], other)


@given(WORDS, WORDS, st.integers(-3000, 2000))
def test_what_is_worth_no_more_than_the_least_is_given_as_the_least(
    left: str, right: str, least: int
) -> None:
    if symbols(left) and symbols(right):
        assert _worth(left, right, 0, least) == max(_worth(left, right), least)


@pytest.mark.parametrize("word", ["m" * 400, "م" * 400])
def test_of_a_very_long_word_the_first_symbols_count(word: str) -> None:
    assert _worth(word, word) == _worth(word[:LONGEST], word[:LONGEST])


@njit
def _first(array: Any) -> int:
    return int(pointer_to(array)[0])


def test_an_array_with_gaps_or_of_no_numbers_has_no_pointer() -> None:
    assert _first(np.arange(3, 9)) == 3
    for wrong in (np.arange(10)[::2], np.zeros(3, dtype="datetime64[s]")):
        with pytest.raises(TypingError, match="A pointer needs an array"):
            _first(wrong)
