"""Places in two scripts, known and unknown to the gazetteer."""

from __future__ import annotations

import pytest

from dadkhah.people.places import DIFFERENT, NESTED, SAME, UNKNOWN, compare_places, place_words


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("Sangab Prison", "زندان سنگاب", SAME),
        ("Kuhsar Prison", "زندان سنگاب", DIFFERENT),
        ("Kuhsar Prison", "Nargesar", UNKNOWN),
        ("Evin", "زندان اوین", SAME),
        ("Evin", "Tehran", NESTED),
        ("Evin", "Shiraz", DIFFERENT),
        ("San Juan", "San Luis", NESTED),
        ("San Juan", "Cárcel San Juan", SAME),
        ("درعا", "دير الزور", NESTED),
    ],
)
def test_two_places_compare(left: str, right: str, found: int) -> None:
    assert compare_places(left, right) == found
    assert compare_places(right, left) == found


def test_generic_words_do_not_make_two_places_one() -> None:
    assert not set(place_words("Central Prison of Mehroud")) & set(place_words("زندان مرکزی آبدیز"))
