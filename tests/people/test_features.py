"""A mention's claims as one row."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dadkhah.people import SCHEMA, features
from dadkhah.records import Claim, Mention


def mention(identifier: str, label: str = "Ali Karimi", **more: Any) -> Mention:
    fields = {"source": "s", "type": "person", "passage": "p", "collection": "c"}
    return Mention(id=identifier, label=label, **{**fields, **more})


def claim(of: str, predicate: str, written: str, value: Any = None, **more: Any) -> Claim:
    name = f"{of}-{predicate}-{written}"
    return Claim(
        id=name, mention=of, predicate=f"person.{predicate}", written=written, passage="p",
        value=written if value is None else value, **more,
    )  # fmt: skip


def row(*claims: Claim, **more: Any) -> dict[str, Any]:
    return features([mention("m", **more)], claims).row(0, named=True)


def test_a_table_has_the_documented_columns_even_when_nobody_is_in_it() -> None:
    assert features([], []).columns == list(SCHEMA)


def test_a_group_or_a_figure_is_no_row() -> None:
    assert features([mention("g", type="group")], []).height == 0


def test_an_age_is_counted_back_from_the_death_as_an_interval() -> None:
    found = row(
        claim("m", "age", "25", {"low": 25, "high": 25}),
        claim("m", "death_date", "3 August 1995", "1995-08-03"),
    )
    assert found["birth_earliest"] == datetime.date(1969, 8, 4)
    assert found["birth_latest"] == datetime.date(1970, 8, 3)


def test_an_open_age_bounds_the_birth_on_one_side_only() -> None:
    found = row(
        claim("m", "age", "60+", {"low": 60, "high": None}),
        claim("m", "death_date", "1995", "1995"),
    )
    assert (found["birth_earliest"], found["age_high"]) == (None, None)
    assert found["birth_latest"] == datetime.date(1935, 12, 31)


def test_a_stated_birth_is_taken_before_an_age() -> None:
    found = row(
        claim("m", "age", "25", {"low": 25, "high": 25}),
        claim("m", "death_date", "1995", "1995"),
        claim("m", "birth_date", "1970-05", "1970-05"),
    )
    assert found["birth_earliest"] == datetime.date(1970, 5, 1)


def test_someone_who_died_on_a_leap_day_has_a_birth_too() -> None:
    found = row(
        claim("m", "age", "25", {"low": 25, "high": 25}),
        claim("m", "death_date", "29 February 1996", "1996-02-29"),
    )
    assert found["birth_latest"] == datetime.date(1971, 2, 28)


def test_a_date_that_no_one_could_read_bounds_nothing() -> None:
    found = row(claim("m", "death_date", "one summer", "one summer"))
    assert (found["death_earliest"], found["death_latest"]) == (None, None)


def test_a_withdrawn_or_denied_claim_does_not_speak() -> None:
    found = row(
        claim("m", "father_name", "Hassan", status="withdrawn"),
        claim("m", "affiliation", "Cedar", stance="denies"),
    )
    assert (found["father"], found["affiliation"]) == (None, None)


def test_the_word_unknown_is_neither_a_name_nor_a_father() -> None:
    found = row(claim("m", "name", "ناشناس"), claim("m", "father_name", "Unknown"))
    assert found["unidentified"] is True
    assert found["father"] is None


def test_a_name_without_a_letter_names_nobody() -> None:
    found = row(claim("m", "name", "___"), claim("m", "father_name", "—"))
    assert found["unidentified"] is True
    assert found["father"] is None


def test_every_other_form_of_the_name_is_kept() -> None:
    found = row(claim("m", "name", "Ali Karimi"), claim("m", "other_name", "Behrouz"))
    assert found["other_names"] == ["Behrouz"]


def test_sex_is_read_from_a_coded_term_or_from_the_word() -> None:
    assert row(claim("m", "sex", "زن", "sex:female"))["sex"] == "female"
    assert row(claim("m", "sex", "مرد", 7))["sex"] == "male"
    assert row(claim("m", "sex", "?", "?"))["sex"] is None


def test_a_place_is_kept_as_written_with_its_level() -> None:
    found = row(claim("m", "death_place", "زندان سنگاب", {"name": "سنگاب", "level": "prison"}))
    assert (found["place"], found["place_level"]) == ("زندان سنگاب", "prison")


@pytest.mark.parametrize("written", ["نامعلوم", "unknown", "N/A", "-", "؟", "نامشخص"])
def test_a_word_for_unknown_says_nothing_in_any_field(written: str) -> None:
    found = row(
        claim("m", "death_place", written), claim("m", "affiliation", written),
        claim("m", "occupation", written), claim("m", "father_name", written),
    )  # fmt: skip
    assert (found["place"], found["affiliation"], found["father"]) == (None, None, None)
    assert "further_occupation" not in found


def test_a_place_of_detention_stands_in_where_that_of_death_is_unknown() -> None:
    found = row(claim("m", "death_place", "نامعلوم"), claim("m", "detention_place", "زندان سنگاب"))
    assert found["place"] == "زندان سنگاب"


def test_a_ward_of_figures_is_a_place() -> None:
    assert row(claim("m", "death_place", "209"))["place"] == "209"
