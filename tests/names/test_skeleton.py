"""What keys are made of."""

from __future__ import annotations

import pytest

from dadkhah.names.skeleton import readings


@pytest.mark.parametrize(
    "folded", ["mirzade", "mirpur", "hajipur", "aghania", "میرزاده", "پورنژاد"]
)
def test_a_name_of_nothing_but_style_keeps_a_stem(folded: str) -> None:
    assert readings(folded)[4]


def test_what_may_be_left_out_with_a_family_name_is_not_in_the_stem() -> None:
    assert readings("mirahmadi")[4] == readings("ahmadi")[4]
    assert readings("ahmadzade")[4] == readings("ahmad")[4]
