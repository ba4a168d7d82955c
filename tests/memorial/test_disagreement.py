"""What counts as a disagreement, and what is only another precision."""

from __future__ import annotations

import pytest

from dadkhah.memorial.disagreement import apart
from dadkhah.records import Claim


def said(predicate: str, *values: object) -> list[Claim]:
    return [
        Claim(id=str(n), mention="m", predicate=predicate, written="w", passage="p", value=value)
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("predicate", "first", "second", "expected"),
    [
        ("person.death_date", "1988-07-28", "1988-07-29", True),
        ("person.death_date", "1988-07", "1988-07-29", False),
        ("person.death_date", "1988-07/1988-08", "1988-07-28/1988-08-05", False),
        ("event.date", "1988-07-27/1988-09-06", "1988-07-30/1988-08-16", True),
        ("event.date", "1988-07-27/1988-09-06", "1988-07-30", False),
        ("person.age", {"low": 24, "high": 24}, {"low": 25, "high": 25}, True),
        ("person.age", {"low": 20, "high": 29}, {"low": 25, "high": 25}, False),
        ("person.sex", "sex:male", "sex:female", True),
        ("person.death_date", "1988", "not a date", False),
    ],
)
def test_values_are_apart_only_when_they_cannot_all_be_true(
    predicate: str, first: object, second: object, expected: bool
) -> None:
    assert apart(predicate, said(predicate, first, second)) is expected


def test_a_claim_that_a_person_marked_as_in_conflict_counts() -> None:
    (only,) = said("person.sex", "sex:male")
    assert apart("person.sex", [only]) is False
    marked = Claim(id="x", mention="m", predicate="person.sex", written="w", passage="p",
                   value="sex:male", status="conflict")  # fmt: skip
    assert apart("person.sex", [marked]) is True
