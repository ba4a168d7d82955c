"""Levelling changes letters for matching and moves none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dadkhah.claims.extraction.surface import level


@given(st.text(max_size=200))
def test_a_levelled_text_has_every_character_in_its_place(text: str) -> None:
    assert len(level(text)) == len(text)


def test_quotes_digits_and_keyboards_become_one() -> None:
    assert level("‘۱۸٬۰۰۰’ علي\nك") == "'18,000' علی ک"
