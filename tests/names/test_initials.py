"""First letters that can stand for one another."""

from __future__ import annotations

import pytest

from dadkhah.names.initials import first_letters


def _meet(one: str, other: str) -> bool:
    """Say whether an initial can stand for a word."""
    sure, possible = first_letters(one, initial=True)
    word, word_possible = first_letters(other, initial=False)
    return bool(sure & word_possible | possible & word)


@pytest.mark.parametrize(
    ("initial", "word"),
    [("m", "محمد"), ("k", "خسرو"), ("kh", "خسرو"), ("k", "khosro"), ("gh", "قاسم"), ("q", "قاسم"),
     ("a", "علی"), ("ع", "ali"), ("ش", "shahram"), ("s", "شهرام"), ("ch", "چنگیز")],
)  # fmt: skip
def test_an_initial_stands_for_a_word_that_it_can_begin(initial: str, word: str) -> None:
    assert _meet(initial, word)


@pytest.mark.parametrize(
    ("initial", "word"),
    [("m", "قاسم"), ("kh", "karim"), ("sh", "سعید"), ("ش", "reza"), ("b", "محمد")],
)
def test_an_initial_does_not_stand_for_another_letter(initial: str, word: str) -> None:
    assert not _meet(initial, word)
