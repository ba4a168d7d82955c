"""Blocking keys and search tokens."""

from __future__ import annotations

import pytest

from dadkhah import names

SAME = [
    ("Alireza Karimi", "علی رضا کریمی"),
    ("Karimi, Ali Reza", "علی‌رضا کریمی"),
    ("Seyyed Ghasem Hassan Zadeh", "قاسم حسن‌زاده"),
    ("Abd al-Rahman Pour-Mohammadi", "عبدالرحمن پورمحمدی"),
    ("Dschafar Noury", "جعفر نوری"),
    ("Khosrow Bahadori", "خسرو بهادری"),
    ("خسرو بهادریان", "خسرو یهادریان"),
    ("Mirfattah Bahadori", "میر فتاح بهادری"),
    ("Mohammad Mirza Bahadori", "محمد میرزابهادری"),
    ("Khosrow Bahadori", "خسرو بهرام بهادری"),
    ("Chosrow Bahadori", "Khosrow Bahadori"),
    ("Jahan Tigh Reza", "رضا جهان‌تیغ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_names_of_one_person_share_a_key(one: str, other: str) -> None:
    assert set(names.keys(one)) & set(names.keys(other))


def test_keys_take_a_name_or_its_text() -> None:
    assert names.keys(names.read("Ali Karimi")) == names.keys("Ali Karimi")


def test_keys_are_few_and_distinct() -> None:
    found = names.keys("Mohammad Reza Hassanzadeh Tabrizi")
    assert 3 <= len(found) == len(set(found)) <= 60


def test_names_of_different_people_share_no_key() -> None:
    assert not set(names.keys("Bahram Shirazi")) & set(names.keys("کاظم مرادی"))


@pytest.mark.parametrize("text", ["", "123", "unknown", "ناشناس"])
def test_what_names_nobody_has_no_keys(text: str) -> None:
    assert names.keys(text) == ()


def test_search_tokens_are_plain_and_ordered() -> None:
    found = names.search_tokens("Ali Moradi")
    assert found == tuple(dict.fromkeys(found))
    assert all(token.isascii() and token.isalpha() for token in found)


def test_a_query_of_one_word_finds_the_full_name() -> None:
    held = set(names.search_tokens("سید محمد حسن‌زاده"))
    for query in ("Mohammad", "Muhamed", "Hassanzadeh", "Hassan Zadeh", "محمد"):
        assert set(names.search_tokens(query)) & held, query
