"""EDTF in and out, against undate where both read the same text."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from undate import Undate

from dadkhah.dates import DateSpan
from dadkhah.dates.edtf import bounds
from dadkhah.errors import DateTextError

days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))


@pytest.mark.parametrize(
    "text", ["1988", "1988-07", "1988-07-28", "198X", "19XX", "1988-02", "2000-02"]
)
def test_single_dates_have_the_bounds_that_undate_gives_them(text):
    other = Undate.parse(text, "EDTF")
    first, last = bounds(text)
    assert (first.isoformat(), last.isoformat()) == (str(other.earliest), str(other.latest))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1988-06/1988-09", "1988-06-01", "1988-09-30"),
        ("../1988", None, "1988-12-31"),
        ("1988/..", "1988-01-01", None),
        ("/1988", None, "1988-12-31"),
        ("../..", None, None),
        ("XXXX-07-28", None, None),
        ("1988?", "1988-01-01", "1988-12-31"),
        ("1988~", "1987-01-01", "1989-12-31"),
        ("1988-01~", "1987-12-01", "1988-02-29"),
        ("1988-07-28%", "1988-07-27", "1988-07-29"),
        ("1988-07-XX", "1988-07-01", "1988-07-31"),
        ("[1988-08-02,1988-08-04]", "1988-08-02", "1988-08-04"),
        ("{1988-08..1988-10}", "1988-08-01", "1988-10-31"),
        ("[..1988]", None, "1988-12-31"),
        ("1988-07-28T22:30:00Z", "1988-07-28", "1988-07-28"),
    ],
)
def test_intervals_marks_and_sets_have_their_bounds(text, first, last):
    expected = [datetime.date.fromisoformat(day) if day else None for day in (first, last)]
    assert list(bounds(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["", "88", "1988-13", "1988-02-30", "1988-22", "0000", "1X88", "1988-1", "X988-XX-01",
     "1989/1988", "19XX-07-01", "Y17000", "-0044", "summer"],
)  # fmt: skip
def test_what_cannot_be_bounded_honestly_is_refused(text):
    with pytest.raises(DateTextError) as refused:
        bounds(text)
    assert refused.value.code == "date-bad-edtf"


@settings(deadline=None)
@given(st.none() | days, st.none() | days)
def test_writing_and_reading_a_span_is_identity(one, other):
    first, last = sorted((one, other)) if one and other else (one, other)
    span = DateSpan(earliest=first, latest=last)
    assert DateSpan.from_edtf(span.edtf) == span


def test_a_span_that_runs_backwards_is_refused():
    with pytest.raises(DateTextError) as refused:
        DateSpan(earliest=datetime.date(1988, 2, 1), latest=datetime.date(1988, 1, 1))
    assert refused.value.code == "date-backwards"


def test_a_span_knows_what_lies_within_it():
    year, month = DateSpan.from_edtf("1988"), DateSpan.from_edtf("1988-07")
    assert month in year
    assert year not in month
    assert datetime.date(1988, 7, 28) in month
    assert month in DateSpan()
    assert DateSpan() not in month
    assert (month.days, month.exact, month.bounded, DateSpan().days) == (31, False, True, None)


@pytest.mark.parametrize("text", ["[1988..1987]", "{1988-05..1988-04,2000}"])
def test_a_member_of_a_set_that_ends_before_it_begins_is_refused(text):
    with pytest.raises(DateTextError) as refused:
        bounds(text)
    assert refused.value.code == "date-bad-edtf"
