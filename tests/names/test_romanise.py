"""Romanisation for display."""

from __future__ import annotations

import pytest

from dadkhah import names


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("سید علی‌رضا کریمی", "Seyyed Ali-Reza Karimi"),
        ("محمدرضا مرادی", "Mohammadreza Moradi"),
        ("حسن‌زاده", "Hasan-zade"),
        ("علیپور", "Alipur"),
        ("Alireza", "Alireza"),
        ("", ""),
    ],
)
def test_known_elements_get_their_vowels(text: str, latin: str) -> None:
    assert names.romanise(text) == latin


def test_no_vowel_is_invented_in_an_unknown_word() -> None:
    assert names.romanise("بهادر") == "Bhadr"


def test_two_encodings_romanise_alike() -> None:
    assert names.romanise("علي") == names.romanise("علی") == "Ali"


def test_a_name_is_romanised_as_its_text() -> None:
    assert names.romanise(names.read("علی کریمی")) == "Ali Karimi"


def test_the_romanised_form_finds_the_name_again() -> None:
    for text in ("علی کریمی", "بهادر خوشروان", "ژاله وزیری"):
        assert names.compare(text, names.romanise(text)).score > 0.2
