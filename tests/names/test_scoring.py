"""Scores in bulk."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah import names
from dadkhah.errors import NameTextError
from dadkhah.names import kernels
from dadkhah.names.scoring import kernel_weights

CASE = ["علی کریمی", "رضا مرادی", "ناشناس", "", "12", "Ali Karimi", "😀", "x" * 500]


def test_one_name_is_scored_against_every_row() -> None:
    found = names.score_one(names.encode(CASE), "Ali Karimy")
    assert found.dtype == np.float32
    assert len(found) == len(CASE)
    assert set(np.argsort(-found)[:2]) == {0, 5}


def test_rows_that_name_nobody_score_nothing() -> None:
    found = names.score_one(names.encode(CASE), "ناشناس")
    assert not found.any()
    assert not names.score_one(names.encode(CASE), "Ali Karimi")[[2, 3, 4, 6]].any()


def test_an_empty_table_gives_no_scores() -> None:
    assert len(names.score_one(names.encode([]), "Ali")) == 0


def test_a_row_outside_the_table_is_refused() -> None:
    table = names.encode(CASE)
    for wrong in (np.array([len(CASE)]), np.array([-1])):
        with pytest.raises(NameTextError) as caught:
            names.score_pairs(table, wrong, table, np.array([0]))
        assert caught.value.code == "name-row-missing"


def test_uneven_lists_of_rows_are_refused() -> None:
    table = names.encode(CASE)
    with pytest.raises(NameTextError) as caught:
        names.score_pairs(table, np.array([0, 1]), table, np.array([0]))
    assert caught.value.code == "name-pairs-uneven"


def test_the_score_does_not_depend_on_what_was_scored_before() -> None:
    table = names.encode(CASE)
    rows = np.arange(len(CASE))
    together = names.score_pairs(table, rows, table, np.zeros_like(rows))
    alone = [names.score_pairs(table, rows[[k]], table, rows[[0]])[0] for k in rows]
    assert np.allclose(together, alone)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mahmud Amani", "Mani Mahmudi"),
        ("منصور حبیبی", "منصوره پاپی"),
        ("Vali Alipur", "علی پیروالی"),
    ],
)
def test_letters_do_not_cross_between_words_of_the_same_consonants(left: str, right: str) -> None:
    table = names.encode([left, right])
    assert names.score_pairs(table, np.array([0]), table, np.array([1]))[0] < 0.1


@pytest.mark.parametrize(
    ("left", "right"),
    [("Amirhosein Azadeh", "Amir Hoseinazadeh"), ("علیر ضایی", "علی رضایی"),
     ("Mehdikarim Zadeh", "مهدی کریم‌زاده")],
)  # fmt: skip
def test_words_parted_at_the_wrong_letter_are_still_one_name(left: str, right: str) -> None:
    table = names.encode([left, right])
    assert names.score_pairs(table, np.array([0]), table, np.array([1]))[0] > 0.9


def _scores(pairs: list[tuple[str, str]]) -> list[float]:
    table = names.encode([text for pair in pairs for text in pair])
    rows = 2 * np.arange(len(pairs))
    found: list[float] = names.score_pairs(table, rows, table, rows + 1).tolist()
    return found


def test_unlike_names_of_one_script_that_share_a_word_score_low() -> None:
    unlike = [("Hossein Ahmadi", "Hasan Ahmadi"), ("Kazem Parsa", "Kazem Karimi"),
              ("Reza Moradzadeh Gorgani", "Hassan Moradzadeh Gorgani"),
              ("Ali Karimi", "Ali Kermani"), ("علی رستمی", "علی رسولی")]  # fmt: skip
    assert max(_scores(unlike)) < 0.2


def test_spellings_of_one_name_in_one_script_score_high() -> None:
    same = [("Ghasem Nouri", "Qasem Noori"), ("Davoud Moghaddam", "Dawud Moqadam"),
            ("Ali Reza Karimi", "Alireza Karimi"), ("علیرضا کریمی", "علی رضا کریمی")]  # fmt: skip
    assert min(_scores(same)) > 0.8


def test_two_letters_that_changed_places_leave_a_name_likelier_than_another() -> None:
    swapped = _scores([("Ali Rostami", "علی رتسمی"), ("Hasan Kermani", "Hasan Kemrani"),
                       ("علی رستمی", "علی رتسمی")])  # fmt: skip
    other = _scores([("Ali Rostami", "علی رسولی"), ("Hasan Kermani", "Hasan Karami"),
                     ("علی رستمی", "علی رسولی")])  # fmt: skip
    assert min(swapped) > 0.5 > max(other)


def test_each_script_has_numbers_of_its_own_to_decide_by() -> None:
    for counted in (False, True):
        across, latin, arabic = kernel_weights(counted)[-1].reshape(3, kernels.LEARNED)
        assert not np.array_equal(across, latin)
        assert not np.array_equal(latin, arabic)
