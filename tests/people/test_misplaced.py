"""Names in the wrong column are marked, and no machine decides about them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.people.misplaced import misplaced

Make = Callable[..., pl.DataFrame]
PEOPLE = [
    {"name": name, "father_name": father, "death_place": "Sangab Prison", "affiliation": "Cedar",
     "occupation": "Baker"}
    for name, father in [
        ("Ali Karimi", "Hassan"), ("Behrouz Shirdoust", "Naser"), ("Jaleh Nouri", "Said"),
        ("Khosrow Abbasi", "Ali"), ("Davoud Rigi", "Reza"),
    ]
]  # fmt: skip


def marked(table: pl.DataFrame) -> list[str]:
    return table.filter(misplaced(table))["name"].to_list()


def test_names_where_they_belong_are_not_marked(make_table: Make, small: SmallWorld) -> None:
    assert marked(make_table(*PEOPLE)) == []
    assert marked(small.table) == []


@pytest.mark.parametrize("name", ["Sangab Prison", "sangab prison", "Cedar", "Baker"])
def test_a_name_that_is_written_as_places_groups_or_trades_are_is_marked(
    make_table: Make, name: str
) -> None:
    assert marked(make_table({**PEOPLE[0], "name": name}, *PEOPLE[1:])) == [name]


@pytest.mark.parametrize("name", ["مرداد ۱۳۷۴", "12 August 1995"])
def test_a_date_for_a_name_is_marked(make_table: Make, name: str) -> None:
    assert name in marked(make_table({**PEOPLE[0], "name": name}, *PEOPLE[1:]))


@pytest.mark.parametrize("name", ["آقای", "Mrs.", "شهید", "Haji Agha", "male", "زن", "F", "M. R."])
def test_a_title_or_a_word_for_a_sex_alone_is_marked(make_table: Make, name: str) -> None:
    assert marked(make_table({**PEOPLE[0], "name": name}, *PEOPLE[1:])) == [name]


def test_a_title_beside_a_name_is_not_marked(make_table: Make) -> None:
    assert marked(make_table({**PEOPLE[0], "name": "آقای کریمی"}, *PEOPLE[1:])) == []


def test_a_year_beside_a_name_is_not_marked(make_table: Make) -> None:
    assert marked(make_table({**PEOPLE[0], "name": "Ali Karimi 1367"}, *PEOPLE[1:])) == []


def test_a_name_turned_with_the_fathers_is_marked(make_table: Make) -> None:
    turned = {**PEOPLE[0], "name": "Hassan", "father_name": "Ali Karimi"}
    more = [{**each, "name": f"{each['name']} Far"} for each in PEOPLE]
    assert marked(make_table(turned, *PEOPLE[1:], *more)) == ["Hassan"]


def test_a_list_of_single_names_with_full_names_of_fathers_is_not_marked(make_table: Make) -> None:
    rows = [{**each, "name": each["name"].split()[0], "father_name": each["name"]}
            for each in PEOPLE]  # fmt: skip
    assert marked(make_table(*rows)) == []


def test_a_machine_decides_nothing_about_a_place_that_stands_for_a_name(small: SmallWorld) -> None:
    """Two rows of one day, father and group: with a name of their own they would be joined."""
    first = small.table.filter(pl.col("place").is_not_null() & pl.col("father").is_not_null())[:1]
    wrong = [
        first.with_columns(
            id=pl.lit(name), name=pl.col("place"), unidentified=pl.lit(value=False),
            collection=pl.lit(name),
        )
        for name in ("x", "y")
    ]  # fmt: skip
    found = people.link(pl.concat([small.table, *wrong]))
    decided = found.pairs.filter(pl.col("decision") == "same")
    assert "names-misplaced:2" in found.flags
    assert not {"x", "y"} & {*decided["left"], *decided["right"]}
    pair = found.pairs.filter(pl.col("left").is_in(["x"]) & pl.col("right").is_in(["y"]))
    assert pair["decision"].to_list() == ["review"]
