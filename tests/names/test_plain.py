"""Names of plain words are read from memory exactly as by every rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.names.plain import is_plain, plain_words
from dadkhah.names.reading import shaped_units, units

WORDS = (
    "Ali", "Karimi", "Hassanzadeh", "Zadeh", "Seyyed", "Abd", "Abdol", "al", "Allah", "Yari", "Dr",
    "farzand-e", "ibn", "Abu", "O'Neil", "Şêrko", "Ecevit", "M.", "Kh", "(Reza)", "-", ",",
    "علی", "کریمی", "زاده", "سید", "سیدعلی", "الله", "عبد", "علی‌رضا", "حسن‌زاده",
    "پور", "ابو", "فرزند", "رحمة", "مـحـمـد", "مُحَمَّد", "😀", "12", "و", "الدین", "نوری", "",
    "Unknown", "Tehrani", "تهرانی", "ناشناس", "الف",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_a_name_is_read_the_same_from_memory_and_by_every_rule(text: str) -> None:
    assert units(text) == shaped_units(text)


@given(st.text(alphabet="Aalizdehکریم زاده\u200c\u0301ʿç-(.", max_size=20))
def test_any_text_is_read_the_same_from_memory_and_by_every_rule(text: str) -> None:
    assert units(text) == shaped_units(text)


def test_a_name_is_plain_when_each_of_its_words_is() -> None:
    assert [word.folded for word in plain_words("Moradi کریمی")] == ["moradi", "کریمی"]
    assert plain_words("Seyyed Moradi") == ()


@pytest.mark.parametrize(
    "word",
    ["", "12", "zadeh", "Seyyed", "الله", "سیدعلی", "Ş", "Uğur", "M", "Kh", "علی‌رضا", "Unknown"],
)
def test_what_shapes_a_name_is_not_plain(word: str) -> None:
    assert not is_plain(word)
