"""Words as symbols, each letter known by its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.names.symbols import COUNT, SYMBOLS, symbols


@pytest.mark.parametrize(
    ("folded", "expected"),
    [
        ("izadi", "i^ z a d i$"),
        ("ایزدی", "ا^ی ی^ ز د ی$"),
        ("عیسی", "ع^ ی^ س ی$"),
        ("خواجه", "خ و~ ا ج ه$"),
        ("fatemeh", "f a t e m e$ h$"),
        ("rezai", "r e z a: i$"),
        ("yahya", "y^ a h y a$"),
        ("رضا", "ر ض ا$"),
    ],
)
def test_a_letter_is_known_by_its_place(folded: str, expected: str) -> None:
    assert " ".join(SYMBOLS[code] for code in symbols(folded)) == expected


@given(st.text(alphabet="abehiouyzاآویعخهکل", max_size=30))
def test_every_word_of_one_script_becomes_symbols(word: str) -> None:
    assert all(0 < code < COUNT for code in symbols(word))
