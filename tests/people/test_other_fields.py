"""Further fields: compared as text, rare agreement apart from common, never a conflict."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import dates, people
from dadkhah.people.blocking import block
from dadkhah.people.comparison import compare_pairs, encode_mentions

Make = Callable[..., pl.DataFrame]


def level(make_table: Make, one: str | None, two: str | None, often: str = "") -> int:
    """The level of one pair, in a list where `often` stands a hundred times more."""
    rows = [{"name": f"a{n} b", "age": "30"} for n in range(102)]
    values = [one, two, *[often or None] * 100]
    table = make_table(*rows).with_columns(pl.Series("further_street", values, pl.String))
    found = compare_pairs(encode_mentions(table), np.array([0]), np.array([1]))
    return int(found["further_street"][0])


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("12 Mill Lane", "12, mill lane", 4),
        ("12 Mill Lane", "12 Mill Lnae", 1),
        ("12 Mill Lane", "7 Harbour View", 0),
        ("12 Mill Lane", None, -1),
        ("12 Mill Lane", " ", -1),
        ("Mill Lane", "کوچهٔ آسیاب", -1),
    ],
)
def test_levels_of_a_further_field(
    make_table: Make, one: str, two: str | None, expected: int
) -> None:
    assert level(make_table, one, two) == expected


def test_agreement_on_what_everybody_says_is_a_lower_level(make_table: Make) -> None:
    assert level(make_table, "North", "north", often="NORTH") == 2


def test_what_few_share_brings_mentions_together(make_table: Make) -> None:
    rows = [{"name": name, "age": "30"} for name in ("Ali Karimi", "Zhaleh Mir", "Omid Parsa")]
    table = make_table(*rows).with_columns(
        pl.Series("further_mail", ["x@y.invalid", "x@y.invalid", "z@y.invalid"])
    )
    found = block(table, people.LinkageSettings())
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 1)]


def test_a_further_field_enters_the_model_and_its_words(small: SmallWorld) -> None:
    person = [small.truth.get(pk, pk) for pk in small.table["id"].to_list()]
    table = small.table.with_columns(pl.Series("further_number", person))
    found = people.link(table)
    assert "further_number" in found.parameters["field"].to_list()
    likely = found.pairs.filter(pl.col("probability") >= 0.5)
    assert people.evaluate(likely, small.truth).f1.middle > 0.97
    assert found.pairs["why"].str.contains("number: the same").any()


def test_a_trade_that_a_list_gives_is_read_as_a_further_field(make_table: Make) -> None:
    table = make_table({"name": "Ali Karimi", "occupation": "baker"}, {"name": "Omid Parsa"})
    assert table["further_occupation"].to_list() == ["baker", None]
    assert "further_birth_place" not in table.columns


def test_days_of_birth_one_slip_apart_are_a_level_of_their_own(make_table: Make) -> None:
    days = ["1965-10-13", "1956-10-13", "1965-01-13", "1965-10-31", "1965-12-17", "1931-02-28"]
    table = make_table(*[{"name": "a b", "birth_date": day} for day in days])
    zeros = np.zeros(5, dtype=np.int64)
    found = compare_pairs(encode_mentions(table), zeros, np.arange(1, 6))
    assert found["birth"].tolist() == [4, 4, 4, 2, 0]
    turned = make_table(*[{"name": "a", "birth_date": day} for day in ("1965-03-07", "1965-07-03")])
    assert compare_pairs(encode_mentions(turned), zeros[:1], zeros[:1] + 1)["birth"].tolist() == [4]


def test_days_of_birth_that_share_two_of_year_month_and_day_are_a_level_too(
    make_table: Make,
) -> None:
    days = ["1965-10-13", "1931-10-13", "1965-02-13", "1965-10-26", "1965-12-28"]
    table = make_table(*[{"name": "a b", "birth_date": day} for day in days])
    zeros = np.zeros(4, dtype=np.int64)
    found = compare_pairs(encode_mentions(table), zeros, np.arange(1, 5))
    assert found["birth"].tolist() == [3, 3, 3, 2]


def test_a_slip_in_a_persian_date_is_seen_in_its_own_calendar(make_table: Make) -> None:
    solar = dates.from_solar_hijri
    days = [solar(1340, 5, 12), solar(1343, 5, 12), solar(1340, 5, 21), solar(1362, 5, 12)]
    table = make_table(*[{"name": "a b", "birth_date": str(day)} for day in days])
    zeros = np.zeros(3, dtype=np.int64)
    found = compare_pairs(encode_mentions(table), zeros, np.arange(1, 4))
    assert found["birth"].tolist() == [4, 4, 3]
