"""The fold, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah import names
from dadkhah.names.fold import letters

EQUAL = [
    ("rule 1, code points", "علي كريمي", "علی کریمی"),
    ("rule 1, madda", "آذر", "اذر"),
    ("rule 2, case and accents", "Karīmī", "karimi"),
    ("rule 2, carons", "Šahrām", "Shahram"),
    ("rule 2, Kurmanji", "Şêrko", "Sherko"),
    ("rule 2, Kurmanji c", "Cemîl", "jemil"),
    ("rule 3, ayn", "Sa'id", "Saʿīd"),
    ("rule 4, ou and oo", "Nouri", "Noori"),
    ("rule 4, German", "Dschafar", "Djafar"),
    ("rule 4, ph", "Joseph", "Josef"),
    ("rule 5, doubling", "Hassan", "Hasan"),
    ("rule 5, vav", "داوود", "داود"),
    ("rule 6, Abd", "Abdolrahman", "Abd al-Rahman"),
    ("rule 6, Abd, sun letter", "Abdurrahman", "Abdolrahman"),
    ("rule 6, Allah", "Ruhollah", "Ruhullah"),
    ("rule 6, Allah apart", "روح الله", "روح‌اله"),
    ("rule 6, Din", "Nasr al-Din", "Nasreddin"),
    ("rule 6, article", "الحسن", "حسن"),
    ("rule 7, short forms", "Mamad", "Mohammad"),
    ("spaces are free", "Ali Reza", "Alireza"),
    ("joiners are free", "علی‌رضا", "علیرضا"),
    ("hyphens are free", "Pour-Mohammadi", "Pourmohammadi"),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in EQUAL], ids=[r[0] for r in EQUAL])
def test_the_fold_makes_equal_what_its_rules_say(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hasan", "Hossein"),
        ("الیاس", "یاس"),
        ("Karim", "Karimi"),
        ("مددی", "مدی"),
        ("Mastchi", "Mashi"),
        ("قاسم ی.", "قاسمی"),
    ],
)
def test_the_fold_keeps_apart_what_is_not_one_name(one: str, other: str) -> None:
    assert names.fold(one) != names.fold(other)


@given(st.text(max_size=60))
def test_letters_are_folded_once_and_for_all(text: str) -> None:
    once = letters(text, c_for_j=False)
    assert letters(once, c_for_j=False) == once
