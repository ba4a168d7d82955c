"""Fathers' names: what agrees, what conflicts, and what is only said more fully."""

from __future__ import annotations

import pytest

from dadkhah import names


def test_fathers_with_other_names_are_evidence_against() -> None:
    conflict = names.compare("Ali Moradi farzand-e Hassan", "علی مرادی فرزند کاظم")
    same = names.compare("Ali Moradi farzand-e Hassan", "علی مرادی فرزند حسن")
    assert conflict.against == ("patronymic-conflict",)
    assert conflict.score < 0.1 < same.score
    assert "patronymic-agrees" in [finding.code for finding in same.findings]


@pytest.mark.parametrize(
    ("one", "other", "against", "agrees"),
    [("Asadollah", "اسدالله", (), True), ("Hassan", "حسن مرادی", (), True),
     ("Mohammad Ali", "محمدعلی", (), True), ("Ali", "محمد علی", (), False),
     ("Hassan", "حسین مرادی", ("patronymic-conflict",), False)],
)  # fmt: skip
def test_a_father_named_more_fully_is_no_other_father(
    one: str, other: str, against: tuple[str, ...], agrees: bool
) -> None:
    found = names.compare(f"Ali Moradi son of {one}", f"علی مرادی فرزند {other}")
    assert found.against == against
    assert ("patronymic-agrees" in [finding.code for finding in found.findings]) is agrees


def test_fathers_of_two_common_names_a_letter_apart_conflict() -> None:
    found = names.compare("علی مرادی فرزند حسن", "علی مرادی فرزند حسین")
    assert found.against == ("patronymic-conflict",)
