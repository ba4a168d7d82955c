"""Candidates among many names."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah import names
from dadkhah.names.key_kernels import ALONE, ASKS, MARKED, NEAR, PART, WHOLE

CROWD = [f"{given} {family}" for given in ("Ali", "Reza", "Khosrow", "Bahram", "Jaleh")
         for family in ("Moradi", "Tehrani", "Shirazi", "Bahadori", "Golshan")]  # fmt: skip


def found(asked: list[str], among: list[str], most: int = 100) -> list[set[int]]:
    rows, others = names.candidates(names.key_table(asked), names.key_table(among), most)
    return [{int(other) for other in others[rows == row]} for row in range(len(asked))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eshaq Moradi", "اسحاق مرادی"), ("Abdolaziz Rigi", "عبدالعزیز ریگی"),
        ("Zohreh Atlaschian", "زهره اطلس چیان"), ("Mohammad Fateh", "محمد فاتح"),
        ("Mehdi Farahruz", "مهدی فرح روز"), ("Khosrow Bahadori Tabrizi", "خسرو بهادری"),
        ("Khosrow Bahadori", "بهادری خسرو"), ("Ghasem Thameni", "قاسم ثامنی"),
        ("Khosrow Ghasemi Far", "خسرو قاسمی"), ("Bahram Mir-Moradi", "بهرام مرادی"),
        ("Khosrow Mastchi", "خسرو ماستچی"), ("Felix Bahrami", "فلیکس بهرامی"),
        ("Azhin Bahrami", "آذین بهرامی"), ("Cesar Bahrami", "سزار بهرامی"),
        ("Moshen Bahadori", "محسن بهادری"), ("Bahram Elqanian", "بهرام القانیان"),
        ("Bahram (Khosrow) Golzari", "خسرو (بهرام) گلزاری"),
        ("Ja'far Unknown", "جعفر ناشناس"), ("A. H.", "ع. ه."), ("Bahadori", "خسرو بهادری"),
    ],
)  # fmt: skip
def test_two_names_of_one_person_are_candidates(one: str, other: str) -> None:
    assert found([one], [*CROWD, other])[0] >= {len(CROWD)}
    assert found([other], [*CROWD, one])[0] >= {len(CROWD)}


def test_a_common_word_finds_only_who_bears_the_whole_name() -> None:
    crowd = ["Ali Moradi", "Moradi", *(f"Ali {family}" for family in ("Tehrani", "Shirazi"))] * 30
    whole = {place for place, name in enumerate(crowd) if name == "Ali Moradi"}
    assert found(["علی مرادی"], crowd, most=5)[0] == whole


def test_words_of_two_longer_names_do_not_meet() -> None:
    table = names.key_table(["Khosrow Bahadori", "Golshan Bahadori", "Bahadori"])
    asks = [set(table.key[(table.name == row) & (table.role == ASKS)]) for row in range(2)]
    assert asks[0] & asks[1]
    assert found(["Khosrow Bahadori"], ["Golshan Bahadori", "Bahadori"])[0] == {1}


def test_a_word_that_few_of_many_names_have_finds_them() -> None:
    many = CROWD * 20
    assert found(["Khosrow Foruzanfar"], [*many, "Mehdi Foruzanfar"], most=5)[0] == {len(many)}
    assert found(["Mehdi Golshan"], many, most=5)[0] == set()


@pytest.mark.parametrize(
    ("one", "other", "role"),
    [("Bahram Moradi", "بهرام مرازی", NEAR), ("Reza Golshani", "رضا گلشنکی", NEAR),
     ("Bahram Morardi", "بهرام مرادی", NEAR), ("Moshen Bahadori", "محسن بهادری", MARKED),
     ("Mostafa Bahadori", "مصطفی بهادری", MARKED)],
)  # fmt: skip
def test_one_letter_may_differ_where_words_part_and_begin_alike(
    one: str, other: str, role: int
) -> None:
    tables = [names.key_table([text]) for text in (one, other)]
    keys = [set(table.key[np.isin(table.role, [NEAR, MARKED])]) for table in tables]
    asked = [set(table.key[table.role == role]) for table in tables]
    assert keys[0] & keys[1] & (asked[0] | asked[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khosrow Golshanlu", "خسرو گلشاپور"), ("Khosrow Golshani", "خسرو تنگشنی"),
     ("Golshani Khosrow", "خسرو گلشاپور")],
)  # fmt: skip
def test_a_word_and_the_beginning_or_the_end_of_another_are_a_key(one: str, other: str) -> None:
    tables = [names.key_table([text]) for text in (one, other)]
    assert set.intersection(*(set(table.key[table.role == PART]) for table in tables))
    assert found([one], [*CROWD, other])[0] >= {len(CROWD)}


def test_words_that_part_elsewhere_share_no_marked_key() -> None:
    tables = [names.key_table([text]) for text in ("Reza Golshani", "رضاگل شنی", "Reza Egolshani")]
    keys = [set(table.key[np.isin(table.role, [NEAR, MARKED])]) for table in tables]
    assert not keys[0] & keys[1]
    assert not keys[0] & keys[2]


def test_a_name_of_one_word_is_held_and_asks() -> None:
    table = names.key_table(["Bahadori"])
    assert (table.role == ALONE).sum() == 1
    assert (table.role == WHOLE).any()


def test_keys_of_many_are_those_of_each_alone() -> None:
    texts = [*CROWD, "", "ناشناس", "سید علی‌رضا حسن‌زاده تهرانی", "آیا", "x" * 500, "Ali"] * 900
    many = names.key_table(texts)
    for row in (0, 7, len(CROWD) + 2, len(CROWD) + 4, len(texts) - 1, 22_000):
        alone = names.key_table([texts[row]])
        assert np.array_equal(many.key[many.name == row], alone.key)
        assert np.array_equal(many.role[many.name == row], alone.role)


def test_what_names_nobody_has_no_candidates() -> None:
    assert found(["ناشناس", "", "12"], ["ناشناس", "", *CROWD]) == [set(), set(), set()]
    assert found([], CROWD) == []
    assert found(["Ali Moradi"], []) == [set()]
