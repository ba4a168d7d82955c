"""Persian alphabetical order."""

from __future__ import annotations

from dadkhah import names

ALPHABET = [*"آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"]


def test_letters_sort_as_in_the_persian_alphabet() -> None:
    backwards = ALPHABET[::-1]
    assert sorted(backwards, key=names.sort_key) == ALPHABET


def test_encodings_of_one_letter_sort_alike() -> None:
    assert names.sort_key("علي") == names.sort_key("علی")
    assert names.sort_key("كاظم") == names.sort_key("کاظم")
    assert names.sort_key("علی‌رضا") == names.sort_key("علیرضا")


def test_a_shorter_name_comes_first() -> None:
    assert sorted(["علی رضا", "علی"], key=names.sort_key) == ["علی", "علی رضا"]


def test_digits_and_latin_come_before_persian() -> None:
    assert sorted(["ژاله", "Zari", "۱۲"], key=names.sort_key) == ["۱۲", "Zari", "ژاله"]
