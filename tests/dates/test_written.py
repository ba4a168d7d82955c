"""Reading a date as a whole, and finding dates in running text."""

import csv
import io
import itertools
from pathlib import Path

import pytest

from dadkhah.dates import DateSpan, find, read
from dadkhah.errors import DateTextError

TABLE = Path(__file__).parent / "forms.csv"
FORMS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"))))
AUTUMN_2013 = DateSpan.from_edtf("2013-10-05")
AUTUMN_2023 = DateSpan.from_edtf("2023-09-03")


def codes(date):
    return {item.code for item in date.inferences}


def found(text, source=AUTUMN_2013):
    return [(text[item.start : item.end], item.role, item.date.edtf) for item in
            find(text, relative_to=source)]  # fmt: skip


def test_the_table_holds_at_least_three_hundred_forms():
    assert len({row["written"] for row in FORMS}) >= 300


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["written"])
def test_every_written_form_of_the_table_means_its_span(row):
    source = DateSpan.from_edtf(row["source_date"]) if row["source_date"] else None
    if row["note"].startswith("refused: "):
        with pytest.raises(DateTextError) as refused:
            read(row["written"], relative_to=source)
        assert refused.value.code == row["note"].removeprefix("refused: ")
        return
    date = read(row["written"], relative_to=source)
    assert date.written == row["written"]
    assert date.span == DateSpan.from_edtf(row["span"])
    assert date.calendar == row["calendar"]
    assert date.edtf == (row["edtf"] or row["span"])
    assert codes(date) == set(row["note"].split())
    assert DateSpan.from_edtf(date.edtf) == date.span


def test_a_year_of_the_solar_calendar_is_its_interval_and_never_a_gregorian_year():
    assert read("1367").span.edtf == "1988-03-21/1989-03-20"
    assert read("1367").edtf != "1988"


def test_a_season_is_never_an_edtf_season():
    assert read("summer of 67").edtf == "1988-06-22/1988-09-22"
    with pytest.raises(DateTextError, match="season"):
        DateSpan.from_edtf("1988-22")


def test_thirty_esfand_of_a_common_year_is_refused_with_the_reason():
    with pytest.raises(DateTextError, match="29 days") as refused:
        read("۳۰ اسفند ۱۳۶۷")
    assert refused.value.code == "date-impossible"


def test_two_digit_years_are_logged_as_an_inference_with_the_rule():
    date = read("مرداد ۶۷")
    assert codes(date) == {"year-expanded"}
    assert "1367" in date.inferences[0].sentence


def test_two_digit_years_follow_the_date_of_the_source():
    assert read("مهر ۹۲", relative_to=AUTUMN_2023).span.earliest.year == 2013
    assert read("5 May '20", relative_to=AUTUMN_2013).span.edtf == "1920-05-05"
    assert read("5 May '20", relative_to=AUTUMN_2023).span.edtf == "2020-05-05"


def test_imperial_years_are_solar_years_plus_1180():
    assert read("2537").span == read("1357").span
    assert read("2537").calendar == "imperial"


def test_a_lunar_date_is_at_least_a_day_wide_on_either_side():
    span = read("1 Muharram 1409").span
    assert span.edtf == "1988-08-13/1988-08-15"


def test_a_weekday_that_disagrees_is_a_flag_and_never_a_fix():
    date = read("Friday 28 July 1988")
    assert date.span.edtf == "1988-07-28"
    assert codes(date) == {"weekday-disagrees"}
    assert read("Thursday 28 July 1988").inferences == ()


def test_the_night_of_friday_is_thursday_evening():
    assert read("شب جمعه ۷ مرداد ۱۳۶۷").span.edtf == "1988-07-28/1988-07-29"
    assert read("Thursday night, 28 July 1988").span.edtf == "1988-07-28/1988-07-29"


def test_a_date_given_in_two_calendars_is_checked_against_itself():
    assert read("6 Mordad 1367 (28 July 1988)").inferences == ()
    assert "calendars-disagree" in codes(read("7 Mordad 1367 (28 July 1988)"))


def test_figures_that_can_change_places_keep_both_days():
    date = read("03/04/1988")
    assert date.edtf == "[1988-03-04,1988-04-03]"
    assert read("03/04/1988", order="dmy").edtf == "1988-04-03"
    assert read("03/04/1988", order="mdy").edtf == "1988-03-04"


def test_the_calendar_that_is_told_wins_over_the_rule():
    assert read("67", calendar="solar_hijri").span.edtf == "1988-03-21/1989-03-20"
    assert read("67", calendar="gregorian").span.edtf == "1967"
    assert read("1408", calendar="lunar_hijri").calendar == "lunar_hijri"


def test_an_unknown_calendar_or_order_is_refused():
    for told in ({"calendar": "julian"}, {"order": "dym"}):
        with pytest.raises(DateTextError) as refused:
            read("1988", **told)
        assert refused.value.code == "date-calendar-unknown"


def test_a_day_without_a_year_bounds_nothing():
    date = read("5 October")
    assert (date.edtf, date.span.bounded) == ("XXXX-10-05", False)
    assert codes(date) == {"year-missing"}


@pytest.mark.parametrize(
    "text",
    ["", "   ", "x" * 201, "\ud800", "😀😀", "\u202e\u202e", "0", "9" * 50, "1988" * 40, "/"],
)
def test_bad_input_is_a_clear_refusal(text):
    with pytest.raises(DateTextError) as refused:
        read(text)
    assert refused.value.code in ("date-empty", "date-too-long", "date-not-understood")


@pytest.mark.parametrize("piece", ["\ud800", "\u202e", "😀", "9", "/", "late ", "1-", "شب "])
def test_ten_thousand_characters_without_a_date_hold_none(piece):
    assert not find((piece * 10_000)[:10_000])


def test_controls_that_cannot_be_seen_change_nothing():
    assert read("\u200f۹ مرداد\u200e ۱۳۶۷\u202c").span == read("۹ مرداد ۱۳۶۷").span
    assert read("ﻣﺮﺩﺍﺩ ۱۳۶۷").span == read("مرداد ۱۳۶۷").span


def test_statements_in_english_are_read_with_the_roles_of_their_dates():
    text = (
        "From June till September 1988, in less than two months, an estimated 18,000 people were "
        "killed. Even today, after 25 years, little is known. During the last 34 years, since "
        "February 1979, nothing changed. On the 25th anniversary we remember. 5 October 2013"
    )
    assert found(text) == [
        ("From June till September 1988", "period", "1988-06/1988-09"),
        ("in less than two months", "duration", "../.."),
        ("Even today, after 25 years", "ago", "1988~"),
        ("During the last 34 years", "period", "1979-01-01/2013-10-05"),
        ("since February 1979", "since", "1979-02-01/2013-10-05"),
        ("On the 25th anniversary", "anniversary", "1988"),
        ("5 October 2013", "point", "2013-10-05"),
    ]


def test_statements_in_persian_are_read_with_the_roles_of_their_dates():
    text = (
        "در تابستان ۶۷، در کمتر از دو ماه، هزاران نفر کشته شدند. شب جمعه ۷ مرداد ۱۳۶۷ آغاز شد. "
        "۳۵ سال پیش بود و در سی و پنجمین سالگرد آن هر سال خانواده‌ها گرد می‌آیند."
    )
    assert found(text, AUTUMN_2023) == [
        ("تابستان ۶۷", "period", "1988-06-22/1988-09-22"),
        ("در کمتر از دو ماه", "duration", "../.."),
        ("شب جمعه ۷ مرداد ۱۳۶۷", "night", "1988-07-28/1988-07-29"),
        ("۳۵ سال پیش", "ago", "1988~"),
        ("در سی و پنجمین سالگرد", "anniversary", "1988-03-21/1989-03-20"),
        ("هر سال", "recurring", "../.."),
    ]


def test_a_duration_says_how_many_days_it_can_last():
    (item,) = find("It took less than two months.")
    assert (item.role, item.length_days) == ("duration", (0, 62))


def test_until_some_time_ago_ends_no_later_than_the_source():
    assert found("silent until some time ago", AUTUMN_2023) == [
        ("until some time ago", "until", "../2023-09-03")
    ]


def test_relative_dates_without_a_source_date_are_found_and_bound_nothing():
    (item,) = find("It happened 25 years ago.")
    assert (item.role, item.date.span.bounded) == ("ago", False)
    assert codes(item.date) == {"source-date-missing"}


@pytest.mark.parametrize(
    "text",
    [
        "1,412 names", "18,000 prisoners", "a list of 1412 names", "in 1988 prisoners", "a1988b",
        "from 1200 to 1500 prisoners", "https://example.org/2016/08/10/page", "page 1988", "B1988",
        "1.988 million", "tel. 1988-22-13-99", "he may go", "the fall of the regime", "no. 45/1367",
        "in the case of prisoners", "he was 25 years old", "no. 45/1367/22/1", "۱٬۳۶۷ نفر",
        "۱۳۶۷ نفر", "از تیر و مهر", "MDE 13/31/88", "tens of them",
    ],
)  # fmt: skip
def test_no_date_is_found_where_there_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("در ۲۸ تیر ۱۳۶۷ زندانیان سیاسی", "۲۸ تیر ۱۳۶۷"),
        ("در مرداد ۶۷ زندانیان سیاسی", "مرداد ۶۷"),
        ("در سال ۶۷ نفرات", "سال ۶۷"),
        ("در سال ۱۳۶۷ کشته شدند", "سال ۱۳۶۷"),
        ("در تابستان ۱۳۶۷ زندانی", "تابستان ۱۳۶۷"),
        ("in the summer of 1988 political prisoners", "the summer of 1988"),
        ("in May 1988 prisoners were moved", "May 1988"),
    ],
)
def test_a_year_that_words_make_one_stays_one_before_people(text, written):
    assert [words for words, *_ in found(text)] == [written]


def test_a_date_that_never_was_is_found_as_impossible():
    assert found("He was killed on 30 Esfand 1367.") == [("30 Esfand 1367", "impossible", "../..")]


def test_what_is_found_lies_in_order_and_never_overlaps():
    text = " ".join(row["written"] for row in FORMS)
    items = find(text, relative_to=AUTUMN_2013)
    assert len(items) > 200
    assert all(a.end <= b.start for a, b in itertools.pairwise(items))
    assert all(text[item.start : item.end] == item.date.written for item in items)


def test_every_day_of_the_model_case_is_read_as_public_sources_equate_it():
    for solar, gregorian in [
        ("6 Mordad 1367", "28 July 1988"),
        ("9 Mordad 1367", "31 July 1988"),
        ("13 Mordad 1367", "4 August 1988"),
        ("24 Mordad 1367", "15 August 1988"),
        ("28 Tir 1367", "19 July 1988"),
    ]:
        assert read(solar).span == read(gregorian).span


def test_counting_back_stops_at_the_first_day_there_is():
    source = DateSpan.from_edtf("0001-01-01")
    for text in (
        "200 decades ago",
        "25 years ago",
        "3 weeks ago",
        "the last 34 years",
        "last year",
    ):
        assert find(text, relative_to=source)[0].date.span.latest is not None
