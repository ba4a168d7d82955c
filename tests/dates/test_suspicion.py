"""Placeholders in a column of dates are reported, not believed."""

import csv
import io
from pathlib import Path

import pytest

from dadkhah.dates import suspicious

OMID = Path(__file__).resolve().parents[2] / "../shared/data/lists/omid_1988.csv"


def test_the_first_of_january_on_most_rows_is_reported_with_counts():
    column = ["1988-01-01"] * 60 + [f"1988-08-{day:02}" for day in range(1, 31)] + ["", "unknown"]
    (only,) = suspicious(column)
    assert (only.code, only.value, only.count, only.total) == (
        "placeholder-year-start", "1988-01-01", 60, 90,
    )  # fmt: skip
    assert "60 of 90" in only.sentence


def test_the_first_of_farvardin_is_a_placeholder_too():
    column = ["۱۳۶۷/۰۱/۰۱"] * 20 + [f"1367/05/{day:02}" for day in range(1, 31)]
    assert [item.code for item in suspicious(column)] == ["placeholder-year-start"]


def test_a_day_that_stands_too_often_may_be_an_event():
    column = ["1988-07-28"] * 20 + [f"1988-08-{day:02}" for day in range(1, 31)]
    assert [item.code for item in suspicious(column)] == ["one-day-excess"]


def test_first_days_of_months_in_excess_are_reported():
    column = [f"198{year}-{month:02}-01" for year in range(5) for month in range(2, 13)]
    column += [f"1988-0{month}-{day:02}" for month in (7, 8, 9) for day in range(2, 30)]
    assert [item.code for item in suspicious(column)] == ["placeholder-month-start"]


def test_an_ordinary_column_is_left_alone():
    column = [f"1988-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    assert suspicious(column) == []
    assert suspicious([]) == []


def test_a_memorials_list_of_1988_is_reported():
    if not OMID.exists():
        pytest.skip("the shared measuring data is not beside this checkout")
    rows = csv.DictReader(io.StringIO(OMID.read_text(encoding="utf-8")))
    first = suspicious(row["date_of_death"] for row in rows)[0]
    assert (first.code, first.value) == ("placeholder-year-start", "1988-01-01")
    assert first.count > first.total / 2
