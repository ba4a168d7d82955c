"""Names as arrays: many at once are what each is alone."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah import names
from dadkhah.errors import NameTextError
from dadkhah.names.alignment import BEGIN, END, SPELLING
from dadkhah.names.table import MOST_WORDS, NameWords, word_parts, words_of

CASE = [
    "Seyyed Ali Moradi farzand-e Hassan", "", "قاسم حسن‌زاده", "ناشناس", "M. Kh. Sadeghi", "12",
    "علی‌رضا بهادری تهرانی", "Ali Moradi", "Abd al-Rahman Pour-Mohammadi", "Khosrow (Ali) Karimi",
    "ع. نوری", "Khosrow", "x" * 500, "\ud800Moradi",
]  # fmt: skip


def test_many_names_are_encoded_as_each_alone() -> None:
    many = names.encode(CASE)
    for row, text in enumerate(CASE):
        alone = names.encode([text])
        first, count, *rest = many.names[row]
        here = slice(first, first + count)
        place = many.words[here, BEGIN].min() if len(many.words[here]) else 0
        words = many.words[here].copy()
        words[:, BEGIN] -= place
        words[:, END] -= place
        others = [column for column in range(words.shape[1]) if column != SPELLING]
        assert np.array_equal(words[:, others], alone.words[:, others]), text
        codes = many.codes[place : place + len(alone.codes)]
        assert np.array_equal(codes, alone.codes)
        assert np.array_equal(many.worth[here], alone.worth)
        assert [0, count, *rest] == alone.names[0].tolist()


def test_equal_spellings_have_one_number_and_others_their_own() -> None:
    read = words_of(["Ali Moradi", "Reza Moradi", "مرادی"])
    assert len(read.folds) == 4
    assert read.word.tolist() == [0, 1, 2, 1, 3]
    assert read.start.tolist() == [0, 2, 4, 5]


def test_words_are_encoded_as_their_texts_are() -> None:
    one, other = names.encode(CASE), names.encode(words_of(CASE))
    assert np.array_equal(one.words, other.words)
    assert np.array_equal(one.codes, other.codes)


def test_a_name_of_very_many_words_keeps_the_first() -> None:
    assert len(word_parts("Moradi " * 20)) == MOST_WORDS


def test_more_words_than_the_kernels_have_room_for_are_refused() -> None:
    read = words_of(["Moradi Bahadori", "Ali Tehrani Moradi"])
    word = np.tile(read.word, 2)
    with pytest.raises(NameTextError) as caught:
        NameWords(
            folds=read.folds,
            word=word,
            kind=np.tile(read.kind, 2),
            start=np.array([0, 1, len(word)]),
        )
    assert caught.value.code == "name-words-too-many"


def test_frequencies_say_how_rare_a_part_is() -> None:
    seen = names.Frequencies.of(["Ali Moradi", "Ali Bahadori", "Ali Tehrani"])
    rarity = names.encode(["Ali Moradi"], seen).worth[:, 0]
    assert rarity[0] < rarity[1]


def test_no_names_are_an_empty_table() -> None:
    assert len(names.encode([])) == 0
