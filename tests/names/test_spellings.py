"""Distinct spellings as arrays."""

from __future__ import annotations

import numpy as np

from dadkhah.names.spellings import classes_as_bits, spell
from dadkhah.names.symbols import symbols


def test_the_symbols_of_each_spelling_lie_in_its_row() -> None:
    folds = ["karimi", "کریمی", "ali"]
    found = spell(folds)
    for row, fold in enumerate(folds):
        held = found.codes[found.start[row] : found.start[row + 1]]
        assert tuple(held.tolist()) == symbols(fold)


def test_one_name_in_two_scripts_has_the_same_consonants_and_number() -> None:
    found = spell(["mahmud", "محمود", "bahador"])
    assert found.classes[0].tolist() == found.classes[1].tolist() != found.classes[2].tolist()
    assert found.known[0] == found.known[1] > 0


def test_a_consonant_more_is_a_bit_more_to_the_third() -> None:
    bits = classes_as_bits(np.array([[0, 0], [1, 0], [2, 1], [3, 5]], dtype=np.uint8))
    assert [bin(one).count("1") for one in bits] == [0, 1, 3, 6]


def test_no_spelling_is_no_rows() -> None:
    found = spell([])
    assert len(found.codes) == len(found.ideal) == len(found.known) == 0
    assert found.classes.shape[0] == 0
