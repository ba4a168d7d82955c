"""How two readings stand to each other, by the type of their predicate."""

from __future__ import annotations

from typing import Any

import pytest

from dadkhah import predicates
from dadkhah.claims.readings import compare

CASES = [
    ("figure.number", {"low": 5, "high": 5}, {"low": 5, "high": 5, "hedge": "about"}, "same"),
    ("figure.number", {"low": 5, "high": 5}, {"low": 2, "high": None}, "finer"),
    ("figure.number", {"low": 1, "high": 9}, {"low": 2, "high": 3}, "coarser"),
    ("figure.number", {"low": 1, "high": 3}, {"low": 2, "high": 5}, "possible"),
    ("figure.number", {"low": 1, "high": 3}, {"low": 4, "high": 5}, "apart"),
    ("act.date", "1988-08", "1988", "finer"),
    ("act.date", "1988", "1988-08", "coarser"),
    ("act.date", "1988-07/1988-08", "1988-08/1988-09", "possible"),
    ("act.date", "1987", "1988", "apart"),
    ("act.type", "4:010104", "4:0101", "finer"),
    ("act.type", "4:02011111", "4:0101", "apart"),
    ("person.father_name", "غلام‌رضا", "Ghulam Riza", "possible"),
    ("person.father_name", "اسماعیل", "Isma'il", "possible"),
    ("person.father_name", "نصرالله", "Nasrollah", "possible"),
    ("person.father_name", "محمد", "Mohammad", "possible"),
    ("person.father_name", "حسین", "Hassan", "apart"),
    ("person.father_name", "حسین", "حسن", "apart"),
    ("person.father_name", "محمد", "محمود", "apart"),
    ("person.father_name", "نامعلوم", "محمود", "possible"),
    ("person.father_name", "Mahmoud", "unknown", "possible"),
    ("person.father_name", "Hasan Ahmadi", "Hossein Ahmadi", "apart"),
    ("person.father_name", "علی احمدی", "Ali Ahmadi", "possible"),
    ("person.father_name", "محمود", "Mohammad", "apart"),
    ("person.occupation", "معلم", "معلم ", "same"),
    ("person.occupation", "teacher", "student", "apart"),
]


@pytest.mark.parametrize(("predicate", "left", "right", "relation"), CASES)
def test_readings_are_compared_by_what_they_can_mean(
    predicate: str, left: Any, right: Any, relation: str
) -> None:
    assert compare(predicates.get(predicate), left, right) == relation
