"""A source that contradicts itself is flagged on both claims, and only then."""

from __future__ import annotations

import pytest
from tests.claims.scoring import read

CASES = [
    ("From June till September 1988, in less than two months, they killed 40 prisoners.", True),
    ("From July till September 1988, in less than three months, they killed 40 prisoners.", False),
    ("In less than two months, in the summer of 1988, they killed 40 prisoners.", False),
    ("از فروردین تا اسفند ۱۳۶۷، در کمتر از دو ماه، چهل زندانی کشته شدند.", True),
    ("از مرداد تا شهریور ۱۳۶۷، در کمتر از دو ماه، چهل زندانی کشته شدند.", False),
]


@pytest.mark.parametrize(("text", "contradicts"), CASES)
def test_a_period_and_a_duration_are_held_against_each_other(text: str, contradicts: bool) -> None:
    found = read(text)
    assert {claim.predicate for claim in found.claims} >= {"act.duration"}
    flags = [flag for claim in found.claims for flag in claim.flags]
    assert len(flags) == (2 if contradicts else 0)
    assert ("contradicts" in found.flags) == contradicts
