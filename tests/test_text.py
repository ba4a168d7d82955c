"""The form of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah import text

ANY = st.text(max_size=80)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  a \t b\n", "a b"),
        ("a\u202eb\u2069", "ab"),
        ("\u200fعلی\u200e", "علی"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("علی\u200c\u200cرضا\u200c", "علی\u200cرضا"),
        ("علی\u200c رضا", "علی رضا"),
        ("a\u200cb", "ab"),
        ("a\ud800b", "ab"),
        ("e\u0301", "é"),
        ("\ufeffعلی", "علی"),
        ("", ""),
    ],
)
def test_cleaning_changes_only_what_no_reader_sees(written: str, cleaned: str) -> None:
    assert text.clean(written) == cleaned


@given(ANY)
def test_cleaning_twice_is_cleaning_once(written: str) -> None:
    once = text.clean(written)
    assert text.clean(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"),
        ("كاظم", "کاظم"),
        ("مـحـمـد", "محمد"),
        ("رؤیا", "رویا"),
        ("رضائی", "رضایی"),
        ("عَلِيّ", "علی"),
        ("ﻋﻠﻲ", "علی"),
        ("۶۷", "67"),
        ("٦٧", "67"),
        ("شێرکۆ", "شیرکو"),
    ],
)
def test_letters_of_two_keyboards_fold_to_one(one: str, other: str) -> None:
    assert text.fold_letters(one) == text.fold_letters(other)


@given(ANY)
def test_folding_twice_is_folding_once(written: str) -> None:
    once = text.fold_letters(written)
    assert text.fold_letters(once) == once


def test_madda_stays_apart_from_alef() -> None:
    assert text.fold_letters("آذر") != text.fold_letters("اذر")


def test_digits_of_every_script_become_ascii() -> None:
    assert text.to_ascii_digits("۱۳۶۷ ١٣٦٧ १३") == "1367 1367 13"


def test_numbers_of_a_persian_sentence_are_written_as_persian_does() -> None:
    said = "1,234 of 2,000 (61.7%), twice. The order: 0.99."
    assert text.to_persian_numbers(said) == "۱٬۲۳۴ of ۲٬۰۰۰ (۶۱٫۷٪), twice. The order: ۰٫۹۹."
    assert text.to_persian_digits("B-13.5") == "B-۱۳.۵"


@pytest.mark.parametrize(
    ("written", "said"),
    [("Ali", "Latin"), ("علی", "Arabic"), ("Ali علی", "mixed"), ("Али", "other"), ("12", "none")],
)
def test_the_script_is_that_of_the_letters(written: str, said: str) -> None:
    assert text.script(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("12 علی", "rtl"), ("Ali علی", "ltr"), ("", "ltr"), ("(علی)", "rtl"), ("67", "ltr")],
)
def test_the_first_strong_letter_gives_the_direction(written: str, said: str) -> None:
    assert text.direction(written) == said


@given(ANY)
def test_nothing_crashes_and_nothing_invisible_is_left(written: str) -> None:
    cleaned = text.clean(written)
    assert text.script(cleaned) in ("Arabic", "Latin", "mixed", "other", "none")
    assert not any(unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLI") for letter in cleaned)
