"""From an age to the days of a birth."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.dates import DateSpan, birth_span
from dadkhah.errors import DateTextError

DAY = DateSpan.from_edtf("1988-07-28")


def test_an_age_on_a_day_gives_a_year_of_births():
    assert birth_span(20, DAY).edtf == "1967-07-29/1968-07-28"


def test_an_age_in_a_year_gives_two_years_of_births():
    assert birth_span(20, DateSpan.from_edtf("1988")).edtf == "1967-01-02/1968-12-31"


def test_a_band_may_be_open():
    assert birth_span((18, 25), DAY).edtf == "1962-07-29/1970-07-28"
    assert birth_span((None, 17), DAY).edtf == "1970-07-29/1988-07-28"
    assert birth_span((60, None), DAY).edtf == "../1928-07-28"


def test_without_a_date_nothing_is_known():
    assert birth_span(20, DateSpan()) == DateSpan()


@pytest.mark.parametrize("age", [-1, 200, (30, 20)])
def test_ages_that_cannot_be_are_refused(age):
    with pytest.raises(DateTextError) as refused:
        birth_span(age, DAY)
    assert refused.value.code == "date-age"


def age_of(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(1988, 1, 1)),
       st.dates(datetime.date(1988, 1, 2), datetime.date(1999, 12, 31)))  # fmt: skip
def test_the_span_holds_every_birth_of_that_age_and_no_other(born, day):
    span = birth_span(age_of(born, day), DateSpan(earliest=day, latest=day))
    assert born in span
    for outside in (span.earliest - datetime.timedelta(days=1),
                    span.latest + datetime.timedelta(days=1)):  # fmt: skip
        assert age_of(outside, day) != age_of(born, day)
