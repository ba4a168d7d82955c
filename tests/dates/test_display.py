"""Dates for people, and back."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.dates import DateSpan, display, read
from dadkhah.errors import DateTextError

days = st.dates(datetime.date(1850, 1, 1), datetime.date(2070, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "english", "persian"),
    [
        ("1988-07-28", "28 July 1988", "۶ مرداد ۱۳۶۷"),
        ("1988-07", "July 1988", "از ۱۰ تیر ۱۳۶۷ تا ۹ مرداد ۱۳۶۷"),
        ("1988", "1988", "از ۱۱ دی ۱۳۶۶ تا ۱۰ دی ۱۳۶۷"),
        ("1988-03-21/1989-03-20", "21 March 1988 to 20 March 1989", "۱۳۶۷"),
        (
            "1988-06-22/1988-09-22",
            "22 June 1988 to 22 September 1988",
            "از تیر ۱۳۶۷ تا شهریور ۱۳۶۷",
        ),
        ("1988-06/1988-09", "June 1988 to September 1988", "از ۱۱ خرداد ۱۳۶۷ تا ۸ مهر ۱۳۶۷"),
        ("../1988", "until 1988", "تا ۱۰ دی ۱۳۶۷"),
        ("1979-02/..", "since February 1979", "از ۱۲ بهمن ۱۳۵۷ به بعد"),
        ("../..", "date unknown", "تاریخ نامعلوم"),
    ],
)
def test_spans_are_written_in_the_calendar_of_the_language(edtf, english, persian):
    assert display(edtf) == english
    assert display(edtf, "fa") == persian


def test_the_other_calendar_is_there_for_the_asking():
    assert display("1988-07-28", "en", calendar="solar_hijri") == "6 Mordad 1367 SH"
    assert display("1988-07-28", "fa", calendar="gregorian") == "۲۸ ژوئیه ۱۹۸۸ میلادی"


def test_a_day_before_the_solar_rule_is_shown_in_the_gregorian_calendar():
    assert display("1600-01-01", "fa") == "۱ ژانویه ۱۶۰۰ میلادی"


@settings(max_examples=150, deadline=None)
@given(days, days, st.sampled_from(["both", "first", "last"]), st.sampled_from(["en", "fa"]),
       st.sampled_from(["gregorian", "solar_hijri"]))  # fmt: skip
def test_reading_what_is_shown_gives_the_span_again(one, other, ends, language, calendar):
    first, last = sorted((one, other))
    span = DateSpan(
        earliest=first if ends != "last" else None, latest=last if ends != "first" else None
    )
    assert read(display(span, language, calendar=calendar)).span == span


def test_other_languages_and_calendars_are_refused():
    for language, calendar in (("de", None), ("en", "lunar_hijri")):
        with pytest.raises(DateTextError) as refused:
            display("1988", language, calendar=calendar)
        assert refused.value.code == "date-calendar-unknown"
