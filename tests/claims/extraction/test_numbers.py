"""Numbers as they stand in running text, in both languages."""

from __future__ import annotations

import pytest

from dadkhah.claims.extraction.numbers import find, reading
from dadkhah.claims.extraction.surface import level

CASES = [
    ("en", "18,000", 18000, 18000, ""),
    ("en", "an estimated, 18,000", 18000, 18000, "estimated"),
    ("en", "thousands", 2000, None, "open"),
    ("en", "tens of thousands", 20000, None, "open"),
    ("en", "over 1,200", 1201, None, "over"),
    ("en", "2,800 or 3,800", 2800, 3800, "or"),
    ("en", "10-12 thousand", 10000, 12000, "range"),
    ("en", "at least four thousand and thirty-five", 4035, None, "at least"),
    ("en", "fewer than 2,500", 0, 2499, "fewer than"),
    ("en", "5,000 or more", 5000, None, "at least"),
    ("en", "up to 60", 0, 60, "up to"),
    ("fa", "سی هزار", 30000, 30000, ""),
    ("fa", "۴٬۴۸۵", 4485, 4485, ""),
    ("fa", "هزاران", 2000, None, "open"),
    ("fa", "حدود سی و دو هزار", 32000, 32000, "about"),
    ("fa", "۲۸۰۰ یا ۳۸۰۰", 2800, 3800, "or"),
    ("fa", "۱۰ تا ۱۲ هزار", 10000, 12000, "range"),
    ("fa", "دست‌کم دویست", 200, None, "at least"),
    ("fa", "۳۰هزار", 30000, 30000, ""),
    ("fa", "۴ هزار و ۴۸۲", 4482, 4482, ""),
    ("fa", "۲ میلیون و ۳۰۰ هزار", 2300000, 2300000, ""),
    ("fa", "بیش از ۳۰ ۰۰۰", 30001, None, "over"),
    ("en", "about 30.000", 30000, 30000, "about"),
    ("en", "1 200 000", 1200000, 1200000, ""),
    ("en", "4 thousand 482", 4482, 4482, ""),
]


@pytest.mark.parametrize(("language", "text", "low", "high", "hedge"), CASES)
def test_a_number_is_read_with_its_hedge_and_range(
    language: str, text: str, low: int, high: int | None, hedge: str
) -> None:
    (number,) = find(level(text), language)
    assert (number.low, number.high, number.hedge) == (low, high, hedge)
    assert (number.start, number.end) == (0, len(text))


def test_a_reading_leaves_out_a_hedge_that_is_not_there() -> None:
    (number,) = find("96", "en")
    assert reading(number) == {"low": 96, "high": 96}


def test_two_numbers_joined_by_and_are_two_numbers() -> None:
    assert [number.low for number in find("450 and 600", "en")] == [450, 600]


def test_numbers_that_are_not_one_stay_apart() -> None:
    assert [number.low for number in find(level("در سال ۶۷ ۳۰۰ نفر"), "fa")] == [67, 300]
    assert [number.low for number in find("3.5 of 12 thousand or 1988 300", "en")][-2:] == [
        1988,
        300,
    ]
    assert [(n.low, n.high) for n in find(level("بین ۴ هزار و ۵ هزار نفر"), "fa")] == [(4000, 5000)]
