"""Sentences for people who review, in two languages."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from dadkhah import people
from dadkhah.text import script

Make = Callable[..., pl.DataFrame]


def explained(table: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return people.explain(table.row(0, named=True), table.row(1, named=True))


def test_each_reason_is_one_sentence_in_both_languages(make_table: Make) -> None:
    said = {"death_date": "1995-08-01", "death_place": "Sangab Prison"}
    english, persian = explained(
        make_table(
            {"name": "Ali Karimi", "father_name": "Hassan", **said},
            {"name": "علی کریمی", "father_name": "جعفر", **said},
        )
    )
    assert len(english) == len(persian) >= 5
    assert all(sentence.endswith(".") for sentence in (*english, *persian))
    assert all(script(sentence) in ("Arabic", "mixed") for sentence in persian)
    assert any("This weighs heavily against" in sentence for sentence in english)
    assert "Both deaths are stated for 1 August 1995." in english
    assert "هر دو مرگ در ۱۰ مرداد ۱۳۷۴ گفته شده است." in persian


def test_the_same_father_in_two_scripts_is_said_to_agree(make_table: Make) -> None:
    english, _ = explained(
        make_table(
            {"name": "Ali Karimi", "father_name": "Mahmoud"},
            {"name": "Ali Karimi", "father_name": "محمود"},
        )
    )
    assert any(sentence.startswith("The fathers' names agree") for sentence in english)


def test_nothing_rests_on_the_word_unknown(make_table: Make) -> None:
    english, persian = explained(make_table({"name": "ناشناس"}, {"name": "Unknown"}))
    assert len(english) == len(persian) == 1
    assert "not identified" in english[0]


def test_a_difference_in_time_is_counted(make_table: Make) -> None:
    english, persian = explained(
        make_table(
            {"name": "Ali Karimi", "death_date": "1995-08-01"},
            {"name": "Ali Karimi", "death_date": "1995-08-31"},
        )
    )
    assert any("at least 30 days apart" in sentence for sentence in english)
    assert any("دست‌کم ۳۰ روز" in sentence for sentence in persian)


BIRTHS = [
    # one figure, two that changed places, day and month turned round: slips of the pen
    ("1965-03-12", "1965-03-17", "slip"),
    ("1965-03-12", "1965-03-21", "slip"),
    ("1965-03-12", "1965-12-03", "slip"),
    # two of year, month and day
    ("1965-03-12", "1965-03-28", "parts"),
    ("1965-03-12", "1949-03-12", "parts"),
    ("1965-03-12", "1965-07-12", "slip"),
    # neither; and a year says no day that could hold a slip
    ("1965-03-12", "1958-08-24", "apart"),
    ("1965", "1966", "near"),
    ("1965", "1965-03-12", "overlap"),
]
SAID = {
    "slip": ("written one slip of the pen apart", "یک لغزش قلم"),
    "parts": ("two of year, month and day are the same", "از سال و ماه و روز تولد دو تا یکی است"),
    "apart": ("The times of birth lie at least", "زمان تولد دست‌کم"),
    "near": ("within the error of a stated age", "در حد خطای سن"),
    "overlap": ("The times of birth can be the same", "زمان تولد می‌تواند یکی باشد"),
}


@pytest.mark.parametrize(("one", "other", "kind"), BIRTHS)
def test_how_two_births_differ_is_said(make_table: Make, one: str, other: str, kind: str) -> None:
    rows = ({"name": "Ali Karimi", "birth_date": day} for day in (one, other))
    english, persian = explained(make_table(*rows))
    found = [
        said
        for said in SAID
        if SAID[said][0] in " ".join(english) and SAID[said][1] in " ".join(persian)
    ]
    assert found == [kind]


def test_a_slip_is_shown_in_both_calendars_since_it_lies_in_one(make_table: Make) -> None:
    rows = ({"name": "Ali Karimi", "birth_date": day} for day in ("1965-03-12", "1965-03-21"))
    english, persian = explained(make_table(*rows))
    assert "12 March 1965 (21 Esfand 1343 SH)" in " ".join(english)
    assert "21 March 1965 (1 Farvardin 1344 SH)" in " ".join(english)
    assert "۲۱ اسفند ۱۳۴۳ (۱۲ مارس ۱۹۶۵ میلادی)" in " ".join(persian)
