"""Names that are unlike as a whole, though each word of one lies near a word of the other."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.people.comparison import compare_pairs, encode_mentions
from dadkhah.people.fields import FIELDS
from dadkhah.people.name_levels import encode_names, grade_near
from dadkhah.people.wording import read_wording

NO_WORD, ONE_WORD, EACH_WORD = 0, 1, 2


def grade(left: str, right: str) -> int:
    wording = read_wording(pl.Series([left, right]))
    encoded = encode_names(wording, np.ones(2, dtype=np.bool_))
    return int(grade_near(encoded, np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Behrouz Shirdoust", "Behruoz Shirdopst"),
        ("Behrouz Shirdoust Karaji", "Shirdost Behrooz"),
        ("بهروز شیردوست", "بهورز شیدروست"),
        ("رضا احدمی", "Reza Ahmadi"),
        ("B. Shirdoust", "بهروز شیردوست"),
        ("Shahsavarvand, Suhayla", "سهیلا شهسوار وند"),
    ],
)
def test_a_slip_in_each_word_leaves_them_near(left: str, right: str) -> None:
    assert grade(left, right) == grade(right, left) == EACH_WORD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Behrouz Shirdoust", "Siamak Shirdoust"),
        ("Behrouz Shirdoust", "Ali Karimi"),
        ("S. Shirdoust", "بهروز شیردوست"),
        ("کاوه صادق‌پور", "علی صادق‌پور"),
    ],
)
def test_relatives_share_a_word_and_have_another_that_is_near_nothing(
    left: str, right: str
) -> None:
    assert grade(left, right) == grade(right, left) == NO_WORD


def test_a_word_alone_says_less_than_two() -> None:
    assert grade("Shirdoust", "Behrouz Shirdoust") == ONE_WORD


def test_each_word_is_taken_once() -> None:
    assert grade("Karimi Karimi", "Karimi Ahmadi") == NO_WORD


def test_a_name_without_words_lies_near_nothing() -> None:
    assert grade("", "Behrouz Shirdoust") == NO_WORD


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["Behrouz", "Karimi", "کریمی", "Nouri", "شیردوست"]), min_size=2),
    st.randoms(),
)
def test_a_name_lies_near_itself_in_any_order(words: list[str], chance: random.Random) -> None:
    words = words[:6]
    assert grade(" ".join(words), " ".join(chance.sample(words, len(words)))) == EACH_WORD


def test_near_names_are_a_level_that_does_not_speak_as_relatives_do(
    make_table: Callable[..., pl.DataFrame],
) -> None:
    table = make_table({"name": "رضا احدمی"}, {"name": "Reza Ahmadi"}, {"name": "Reza Nouri"})
    found = compare_pairs(encode_mentions(table), np.array([0, 0]), np.array([1, 2]))["rarity"]
    near, apart = (FIELDS["rarity"].levels[level] for level in found.tolist())
    assert near == "different names, but each word near"
    assert apart == "different names but for the given one" or apart.endswith("a word alike")
