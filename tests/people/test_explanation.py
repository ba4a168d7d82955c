"""Sentences for people who review, in two languages."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

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
    assert "Both deaths are stated for 1995-08-01." in english


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
    english, _ = explained(
        make_table(
            {"name": "Ali Karimi", "death_date": "1995-08-01"},
            {"name": "Ali Karimi", "death_date": "1995-08-31"},
        )
    )
    assert any("at least 30 days apart" in sentence for sentence in english)
