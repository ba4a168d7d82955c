"""What a machine may decide: never on a name alone, never against a conflict or a veto."""

from __future__ import annotations

import numpy as np
import pytest

from dadkhah.people.decisions import decide, weigh_evidence
from dadkhah.people.fields import FIELDS
from dadkhah.people.settings import LinkageSettings

SURE = {
    "name": 5, "rarity": 2, "given": 3, "father": 3, "birth": 3, "death": 3, "place": 2,
    "affiliation": 1, "sex": 1,
}  # fmt: skip


def decision(probability: float = 0.999, *, apart: bool = False, **changes: int) -> int:
    levels = {name: np.array([{**SURE, **changes}[name]], dtype=np.int8) for name in FIELDS}
    evidence = weigh_evidence(levels, np.array([apart]))
    return int(decide(np.array([probability]), levels, evidence, LinkageSettings())[0])


def test_a_sure_pair_with_agreeing_fields_is_decided() -> None:
    assert decision() == 2


def test_a_name_alone_decides_nothing() -> None:
    assert decision(1.0, father=-1, birth=-1, death=-1, place=-1, affiliation=-1, sex=-1) == 1


def test_one_agreeing_field_is_not_enough() -> None:
    assert decision(1.0, birth=-1, death=-1, place=-1, affiliation=-1, sex=-1) == 1


@pytest.mark.parametrize("field", ["father", "birth", "death", "place", "affiliation", "sex"])
def test_a_conflict_sends_the_pair_to_a_person(field: str) -> None:
    assert decision(**{field: 0}) == 1


def test_a_different_given_name_sends_siblings_to_a_person() -> None:
    assert decision(given=0) == 1


def test_deaths_years_apart_are_never_joined_by_machine() -> None:
    assert decision(apart=True) == 1


def test_an_unlikely_pair_is_not_shown() -> None:
    assert decision(0.1) == 0
