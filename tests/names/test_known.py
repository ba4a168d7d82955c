"""Common names, told apart."""

from __future__ import annotations

import pytest

from dadkhah.names.known import known_numbers


@pytest.mark.parametrize(
    ("spellings", "persian"),
    [(["mohamad", "muhamad", "mohamed"], "محمد"), (["mahmud", "mahmoud"], "محمود"),
     (["ahmad"], "احمد"), (["hosein"], "حسین"), (["naser"], "ناصر")],
)  # fmt: skip
def test_spellings_of_a_common_name_have_its_number(spellings: list[str], persian: str) -> None:
    assert len({*map(int, known_numbers([*spellings, persian]))} - {0}) == 1


def test_the_commonest_names_are_known_in_latin_though_short_vowels_are_not_written() -> None:
    found = known_numbers(["hosein", "حسین", "hasan", "حسن", "mohamad", "محمد", "fatemeh", "فاطمه"])
    assert found[::2].tolist() == found[1::2].tolist()
    assert (found > 0).all()


def test_names_that_look_alike_have_numbers_of_their_own() -> None:
    found = known_numbers(["محمد", "محمود", "احمد", "حامد", "حمید", "حسن", "حسین", "محسن"])
    assert len(set(found.tolist())) == len(found)
    assert (found > 0).all()


def test_what_is_no_common_name_has_no_number() -> None:
    assert known_numbers(["khoshravan", "خوشروان", ""]).tolist() == [0, 0, 0]
    assert len(known_numbers([])) == 0
