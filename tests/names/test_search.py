"""Search tokens: any spelling of a name finds any other."""

from __future__ import annotations

import itertools

import pytest

from dadkhah import names

SPELLINGS = [
    ["Abd al-Rahman Moradi", "عبدالرحمن مرادی", "Abdolrahman Moradi", "مرادی عبد الرحمن"],
    ["Reza Hassan Zadeh", "رضا حسن\u200cزاده", "Hassanzadeh, Reza", "رضا حسن زاده"],
    ["Ali Reza Moradi", "علیرضا مرادی", "Alireza Moradi", "علی رضا مرادی"],
    ["Reza Sheikh ol-Eslami", "رضا شیخ الاسلامی", "Reza Sheikholeslami"],
    ["Khamenei Bahram", "بهرام خامنه\u200cای", "Bahram Khamenei"],
    ["Dr Bahram Eshaghi", "بهرام اسحاقی", "Bahram Es'haghi"],
    ["ئەحمەد مەهتەدی", "احمد مهتدی", "Ehmed Mehtedi", "Ahmad Mohtadi"],
]
PAIRS = [pair for row in SPELLINGS for pair in itertools.permutations(row, 2)]


def finds(query: str, name: str) -> bool:
    """Say whether a query finds a name, as the reading room looks for it."""
    held, needs = set(names.search_tokens(name)), names.search_needs(query)
    return bool(needs) and all(held & set(need) for need in needs)


@pytest.mark.parametrize(("query", "name"), PAIRS)
def test_any_spelling_of_a_name_finds_any_other(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize("query", ["Moradi", "مرادی", "Ali Moradi", "Dr Alireza"])
def test_a_part_of_a_name_finds_it(query: str) -> None:
    assert finds(query, "علی\u200cرضا مرادی")


@pytest.mark.parametrize("query", ["Ali Karimi", "Hassan Moradi", "", "34", "unknown", "ناشناس"])
def test_another_name_and_nobody_find_it_not(query: str) -> None:
    assert not finds(query, "علی\u200cرضا مرادی")
