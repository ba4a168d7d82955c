"""Which numbers are figures, and what they count."""

from __future__ import annotations

import pytest
from tests.claims.scoring import passages

from dadkhah.claims.extraction.counting import find
from dadkhah.claims.extraction.sentences import read

CASES = [
    ("3,000 political prisoners", [(3000, "political prisoners", "01")]),
    ("12 families", [(12, "families", "02")]),
    ("96 deaths", [(96, "deaths", "x04")]),
    ("30 of the 35 women left.", [(30, "women", "01"), (35, "women", "01")]),
    ("50 men came, 20 of them wounded.", [(50, "men", "01"), (20, "men", "01")]),
    ("In 1988 prisoners fell ill.", []),
    ("1988 political prisoners", []),
    ("One prisoner spoke.", []),
    ("a boy of 14", []),
    ("10 by 2 metres", []),
    ("35 years", []),
    ("six prisons and 15 cities", []),
    ("room 12 prisoners", []),
    ("120 men, women and children", [(120, "men, women and children", "01")]),
    ("300 political and social activists", [(300, "political and social activists", "01")]),
    ("20 cars and prisoners", []),
    ("چند هزارتن از زندانیان سیاسی", [(2000, "تن از زندانیان سیاسی", "01")]),
    ("۴۰۰۰زندانی", [(4000, "زندانی", "01")]),
    ("۱۴۱۲ نفر از قربانیان", [(1412, "نفر از قربانیان", "01")]),
    ("۴٬۴۸۵ نام", [(4485, "نام", "x02")]),
    ("یک زندانی گفت", []),
    ("۱۲ سال", []),
]


@pytest.mark.parametrize(("text", "figures"), CASES)
def test_a_figure_counts_people_or_what_stands_for_them(
    text: str, figures: list[tuple[int, str, str]]
) -> None:
    sentence = read(passages([text])[0], relative_to=None)
    assert [(f.number.low, f.counted, f.unit) for f in find(sentence)] == figures
