"""Levels of agreement, field by field."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from dadkhah.people.comparison import compare_pairs, encode_mentions
from dadkhah.people.fields import FIELDS
from dadkhah.people.name_levels import words_shared

Make = Callable[..., pl.DataFrame]


def levels(table: pl.DataFrame) -> dict[str, int]:
    pair = np.array([0]), np.array([1])
    return {
        name: int(each[0]) for name, each in compare_pairs(encode_mentions(table), *pair).items()
    }


def test_what_one_side_leaves_out_is_not_said(make_table: Make) -> None:
    found = levels(
        make_table({"name": "Ali Karimi", "father_name": "Hassan"}, {"name": "Ali Karimi"})
    )
    said = {name for name, level in found.items() if level >= 0}
    assert said == {"name", "rarity", "given"}


def test_one_name_in_two_scripts_is_alike(make_table: Make) -> None:
    found = levels(make_table({"name": "Behrouz Shirdoust"}, {"name": "بهروز شیردوست"}))
    assert found["name"] >= FIELDS["name"].agrees


def test_two_names_are_different_and_share_no_word(make_table: Make) -> None:
    found = levels(make_table({"name": "Behrouz Shirdoust"}, {"name": "Ali Karimi"}))
    assert (found["name"], found["rarity"], found["given"]) == (0, 0, -1)


def test_a_word_that_unlike_names_share_says_nothing_however_rare(make_table: Make) -> None:
    others = [{"name": f"Hasan {end}"} for end in ("Nouri", "Rezai", "Kazemi", "Sharifi")]
    found = levels(make_table({"name": "Ali Shirdoust"}, {"name": "Ali Bakhtiar"}, *others))
    assert found["name"] < 2
    assert found["rarity"] < FIELDS["rarity"].tied


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("Behrouz Shirdoust", "Behrouz Shirdpoust Karaji", True),
        ("Behrouz Shirdoust", "Behrouz Shirdoust Karaji", True),
        ("Behrouz Shirdoust", "Siamak Shirdoust Karaji", False),
        ("Ali Zehi", "Abu Bakr Ali Zehi Karaji", False),
    ],
)
def test_a_name_that_lies_in_another_but_for_slips_is_never_quite_unlike(
    make_table: Make, left: str, right: str, alike: bool
) -> None:
    found = words_shared(
        encode_mentions(make_table({"name": left}, {"name": right})).names,
        np.array([0]),
        np.array([1]),
    )
    assert found.inside.tolist() == [alike]


def test_two_names_may_each_have_a_word_that_the_other_has_not(make_table: Make) -> None:
    names = ("Ali Reza Karimi Tehrani", "Ali Reza Karimi", "Ali Reza Karimi Shiroudi")
    encoded = encode_mentions(make_table(*({"name": name} for name in names))).names
    found = words_shared(encoded, np.array([0, 0]), np.array([1, 2]))
    assert found.unlike.tolist() == [False, True]


def test_long_names_with_the_same_consonants_are_never_quite_unlike(make_table: Make) -> None:
    found = levels(make_table({"name": "جعفر فرخ\u200cخواه"}, {"name": "Jafar Farrokhkhah"}))
    assert found["name"] >= 2
    assert levels(make_table({"name": "حسن نوری"}, {"name": "Hosna Nara"}))["name"] < 2


def test_the_father_is_compared_across_scripts(make_table: Make) -> None:
    same = levels(
        make_table(
            {"name": "x y", "father_name": "Mahmoud"}, {"name": "x y", "father_name": "محمود"}
        )
    )
    other = levels(
        make_table(
            {"name": "x y", "father_name": "Mahmoud"}, {"name": "x y", "father_name": "جعفر"}
        )
    )
    assert same["father"] > other["father"] == 0


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("1995-08-01", "1995-08-01", 3),
        ("1995-08", "1995-08-01", 2),
        ("1995-07-23/1995-08-22", "1995-08", 2),
        ("1995-08-01", "1995-08-09", 1),
        ("1995-08-01", "1995-09-01", 0),
        ("1995", "1995-08-01", -1),
    ],
)
def test_deaths_compare_by_their_bounds(
    make_table: Make, left: str, right: str, found: int
) -> None:
    table = make_table({"name": "a b", "death_date": left}, {"name": "a b", "death_date": right})
    assert levels(table)["death"] == found


def test_an_age_stands_against_a_year_of_birth(make_table: Make) -> None:
    table = make_table(
        {"name": "a b", "age": "25", "death_date": "1995-08-01"},
        {"name": "a b", "birth_date": "1970"},
    )
    assert levels(table)["birth"] == 6


def test_affiliations_in_two_scripts_are_not_held_against_each_other(make_table: Make) -> None:
    table = make_table(
        {"name": "a b", "affiliation": "Party of the Cedar"},
        {"name": "a b", "affiliation": "حزب سرو"},
    )
    assert levels(table)["affiliation"] == -1
