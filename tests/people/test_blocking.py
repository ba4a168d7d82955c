"""Candidates: who meets, who never does, and when the keys are refused."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from dadkhah.errors import LinkageError
from dadkhah.people.blocking import RULES, block
from dadkhah.people.settings import LinkageSettings

Make = Callable[..., pl.DataFrame]


def met(table: pl.DataFrame, settings: LinkageSettings | None = None) -> set[tuple[int, int]]:
    found = block(table, settings or LinkageSettings())
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mohammad Karimi", "محمد کریمی"),
        ("Ali Karimi", "Karimi Ali"),
        ("Hassan Zadeh Ali", "علی حسن‌زاده"),
        ("Behrouz Shirdoust", "Behrouz Shidoust"),
    ],
)
def test_spellings_of_one_name_meet(make_table: Make, left: str, right: str) -> None:
    assert met(make_table({"name": left}, {"name": right})) == {(0, 1)}


def test_strangers_do_not_meet(make_table: Make) -> None:
    assert met(make_table({"name": "Ali Karimi"}, {"name": "Behrouz Shirdoust"})) == set()


def test_two_unknown_people_never_meet(make_table: Make) -> None:
    rows = (
        {"name": word, "father_name": "Hassan", "death_date": "1995-08-01"}
        for word in ("ناشناس", "Unknown")
    )
    assert met(make_table(*rows)) == set()


def test_a_badly_misspelt_name_meets_by_father_day_and_place(make_table: Make) -> None:
    said = {"father_name": "Hassan", "death_date": "1995-08-01", "death_place": "Sangab Prison"}
    assert met(make_table({"name": "Ali Karimi", **said}, {"name": "Elahe Kbrtm", **said})) == {
        (0, 1)
    }


def test_a_collection_without_duplicates_is_not_paired_with_itself(make_table: Make) -> None:
    rows = [{"name": "Ali Karimi", "collection": each} for each in ("a", "a", "b")]
    settings = LinkageSettings(no_duplicates=frozenset({"a"}))
    assert met(make_table(*rows), settings) == {(0, 2), (1, 2)}


def test_a_blow_up_is_refused_before_a_pair_is_made(make_table: Make) -> None:
    rows = [{"name": "Ali Karimi"}] * 50
    with pytest.raises(LinkageError) as error:
        block(make_table(*rows), LinkageSettings(most_pairs=1000))
    assert error.value.code == "linkage-too-many-pairs"


def test_a_block_that_is_too_large_is_left_out_and_reported(make_table: Make) -> None:
    rows = [{"name": "Ali Karimi"}] * 30
    found = block(make_table(*rows), LinkageSettings(largest_block=20))
    assert len(found.left) == 0
    assert found.flags[0].startswith("blocks-left-out:")
    assert found.report["blocks_left_out"].sum() > 0


def test_the_report_has_one_row_per_rule(make_table: Make) -> None:
    report = block(
        make_table({"name": "Ali Karimi"}, {"name": "علی کریمی"}), LinkageSettings()
    ).report
    assert report["rule"].to_list() == list(RULES)
    assert report.filter(pl.col("rule") == "name")["pairs"].item() == 1
