"""Cohen's kappa, held against published figures."""

from __future__ import annotations

import pytest

from dadkhah.people import MACHINE, agreement, judge, undo
from dadkhah.records import Judgement


def answers(table: dict[tuple[str, str], int]) -> list[Judgement]:
    said, number = [], 0
    for (first, second), count in table.items():
        for _ in range(count):
            number += 1
            ends = (f"l{number}", f"r{number}")
            said.append(judge(*ends, first, by="one", at="t"))
            said.append(judge(*ends, second, by="two", at="t"))
    return said


def test_kappa_of_a_table_worked_in_the_literature() -> None:
    """Cohen 1960's measure on the usual worked table: 20, 5, 10, 15 of 50 give 0.40."""
    table = {("same", "same"): 20, ("same", "different"): 5, ("different", "same"): 10,
             ("different", "different"): 15}  # fmt: skip
    found = agreement(answers(table))
    assert (found.pairs, found.agreed) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert found.low == pytest.approx(0.153, abs=0.003)
    assert found.high == pytest.approx(0.647, abs=0.003)


def test_full_agreement_is_one_and_chance_is_nought() -> None:
    full = agreement(answers({("same", "same"): 6, ("unsure", "unsure"): 4}))
    assert full.kappa == pytest.approx(1.0)
    even = {(a, b): 5 for a in ("same", "different") for b in ("same", "different")}
    assert agreement(answers(even)).kappa == pytest.approx(0.0)


def test_one_reviewer_machines_and_one_single_answer_give_no_kappa() -> None:
    alone = [judge("a", "b", "same", by="one", at="t"), judge("a", "b", "same", by=MACHINE, at="t")]
    assert agreement(alone).pairs == 0
    same = agreement(answers({("same", "same"): 3}))
    assert (same.agreed, same.kappa) == (1.0, None)


def test_a_withdrawn_answer_does_not_count() -> None:
    said = answers({("same", "same"): 2, ("different", "different"): 2, ("same", "different"): 1})
    assert agreement(said).pairs == 5
    assert agreement([*said, undo(said[-1], by="two", at="t")]).pairs == 4


def test_of_three_reviewers_the_first_two_count_whatever_they_are_called() -> None:
    pairs = [("a", "b", "same"), ("c", "d", "different")]
    said = [
        judge(left, right, decision if by != "alma" else "unsure", by=by, at="t")
        for left, right, decision in pairs
        for by in ("zoe", "yann", "alma")
    ]
    found = agreement(said)
    assert (found.pairs, found.agreed, found.kappa) == (2, 1.0, pytest.approx(1.0))
