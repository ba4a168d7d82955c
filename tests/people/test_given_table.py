"""A table of one's own is read whole, or refused with the row and the column."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.errors import LinkageError

ROW = {"id": ["a", "b"], "name": ["Navid Sahrai", "نوید صحرایی"]}


def test_what_is_missing_is_empty_and_dates_may_be_written() -> None:
    table = people.read_table(pl.DataFrame(ROW | {"death_earliest": ["1995-07-01", None]}))
    assert dict(table.schema) == dict(people.SCHEMA)
    assert table["death_earliest"].to_list() == [datetime.date(1995, 7, 1), None]
    assert table["unidentified"].to_list() == [False, False]
    assert table["father"].null_count() == 2


def test_a_word_for_unknown_says_nothing_in_any_column() -> None:
    given: dict[str, list[object]] = {
        "id": [1, 2],
        "name": ["نامعلوم", "Golnar Sahrai"],
        "father": ["N/A", "Navid"],
        "place": ["-", "Mahanabad"],
        "further_trade": ["unknown", "smith"],
    }
    table = people.read_table(pl.DataFrame(given))
    assert table["id"].to_list() == ["1", "2"]
    assert table["unidentified"].to_list() == [True, False]
    for name in ("father", "place", "further_trade"):
        assert table[name].to_list() == [None, given[name][1]], name


def test_a_table_with_a_few_columns_links_as_the_one_read_from_claims(small: SmallWorld) -> None:
    told = ["id", "collection", "name", "father", "birth_earliest", "birth_latest",
            "death_earliest", "death_latest", "place", "place_level"]  # fmt: skip
    days = [name for name in told if name.endswith(("earliest", "latest"))]
    written = small.table.select(told).with_columns(pl.col(days).cast(pl.String))
    own = people.read_table(written)
    assert own.select(told).equals(small.table.select(told))
    assert own["unidentified"].equals(small.table["unidentified"])
    found = people.link(own).pairs.filter(pl.col("decision") == "same")
    right = [
        small.truth[one] == small.truth[two] for one, two in found.select("left", "right").rows()
    ]
    assert len(right) > 100
    assert sum(right) > 0.98 * len(right)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"id": ["a"]}, "column name"),
        ({"name": ["Navid"]}, "column id"),
        (ROW | {"fathr": ["x", "y"]}, "column fathr"),
        (ROW | {"id": ["a", "a"]}, "row 2, column id"),
        (ROW | {"id": ["a", None]}, "row 2, column id"),
        (ROW | {"death_earliest": [None, "summer"]}, "row 2, column death_earliest"),
        (ROW | {"birth_latest": ["1360-13-01", "1960-01-01"]}, "row 1, column birth_latest"),
        (ROW | {"birth_latest": [True, False]}, "row 1, column birth_latest"),
        (ROW | {"age_low": [30.0, 30.5]}, "row 2, column age_low"),
        (ROW | {"age_low": [None, "thirty"]}, "row 2, column age_low"),
        (ROW | {"other_names": [1, 2]}, "row 1, column other_names"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    given: dict[str, list[object]], where: str
) -> None:
    with pytest.raises(LinkageError) as caught:
        people.read_table(pl.DataFrame(given, strict=False))
    assert (caught.value.code, caught.value.where) == ("linkage-table", where)
    assert caught.value.todo


def test_linking_refuses_what_is_no_table_of_mentions(small: SmallWorld) -> None:
    for table in (pl.DataFrame(), small.table.drop("place"),
                  small.table.with_columns(pl.col("age_low").cast(pl.Float64))):  # fmt: skip
        with pytest.raises(LinkageError) as caught:
            people.link(table)
        assert caught.value.code == "linkage-table"
