"""Months, seasons and weekdays counted from the source's own date."""

from __future__ import annotations

import pytest

from dadkhah.dates import DateSpan, find, read
from dadkhah.errors import DateTextError

# 10 February 1989 is 21 Bahman 1367: the two calendars are in unlike years.
WINTER = DateSpan.from_edtf("1989-02-10")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("پارسال", "1987-03-21/1988-03-20"),
        ("last year", "1988"),
        ("تابستان گذشته", "1988-06-22/1988-09-22"),
        ("مرداد امسال", "1988-07-23/1988-08-22"),
        ("August last year", "1988-08"),
        ("5 August last year", "1988-08-05"),
        ("۵ مرداد امسال", "1988-07-27"),
        ("last February", "1988-02"),
        ("last Friday", "1989-02-03"),
        ("یک‌شنبه گذشته", "1989-02-05"),
        ("نخستین سالگرد", "1987-03-21/1988-03-20"),
    ],
)
def test_a_language_counts_in_its_own_calendar_from_the_source(text: str, edtf: str) -> None:
    date = read(text, relative_to=WINTER)
    assert date.edtf == edtf
    assert "relative-to-source" in [item.code for item in date.inferences]


@pytest.mark.parametrize("text", ["last Friday", "مرداد پارسال", "this summer", "next year"])
def test_without_the_date_of_the_source_it_is_refused(text: str) -> None:
    with pytest.raises(DateTextError) as refused:
        read(text)
    assert refused.value.code == "date-needs-source"


@pytest.mark.parametrize("text", ["The next year", "They were to leave tomorrow.", "this summer"])
def test_running_text_may_mean_the_time_it_tells_of(text: str) -> None:
    assert [item.date.span for item in find(text, relative_to=WINTER)] in ([], [DateSpan()])


@pytest.mark.parametrize(
    "text", ["next year", "next month", "next decade", "next week", "tomorrow"]
)
def test_nothing_is_counted_beyond_the_last_day_there_is(text: str) -> None:
    last = DateSpan.from_edtf("9999-12-31")
    assert read(text, relative_to=last).span.latest == last.latest
