"""Numbers are written for people with their hedge, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from dadkhah.claims.extraction.numbers import HEDGES
from dadkhah.claims.wording import say

CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"low": 96, "high": 96}, "96", "۹۶"),
    (
        {"low": 18000, "high": 18000, "hedge": "estimated"},
        "an estimated 18,000",
        "۱۸٬۰۰۰، بنا بر برآورد",
    ),
    ({"low": 1201, "high": None, "hedge": "over"}, "more than 1,200", "بیش از ۱٬۲۰۰"),
    ({"low": 0, "high": 2499, "hedge": "fewer than"}, "fewer than 2,500", "کمتر از ۲٬۵۰۰"),
    ({"low": 2800, "high": 3800, "hedge": "or"}, "2,800 or 3,800", "۲٬۸۰۰ یا ۳٬۸۰۰"),
    ({"low": 5, "high": 9}, "5 to 9", "۵ تا ۹"),
    ({"low": 5, "high": None}, "5 or more", "۵ یا بیشتر"),
]


@pytest.mark.parametrize(("value", "english", "persian"), CASES)
def test_a_number_is_said_as_it_is_hedged(
    value: dict[str, Any], english: str, persian: str
) -> None:
    assert say(value) == english
    assert say(value, "fa") == persian


def test_every_hedge_has_its_words() -> None:
    for hedge in HEDGES:
        for language in ("en", "fa"):
            assert "{" not in say({"low": 3, "high": 4, "hedge": hedge}, language)
