"""Nights: each has two civil dates."""

from __future__ import annotations

import pytest

from dadkhah.dates import find, read
from dadkhah.errors import DateTextError


@pytest.mark.parametrize(
    "text",
    ["the night of 28-29 July 1988", "night between 28 and 29 July 1988", "شب ۶-۷ مرداد ۱۳۶۷",
     "28 July 1988, at night", "شب جمعه ۷ مرداد ۱۳۶۷"],
)  # fmt: skip
def test_one_night_is_two_dates_however_it_is_written(text: str) -> None:
    assert read(text).edtf == "1988-07-28/1988-07-29"
    assert [item.role for item in find(text)] == ["night"]


@pytest.mark.parametrize("text", ["the night of 28-30 July 1988", "the night of 29-28 July 1988"])
def test_days_that_do_not_follow_each_other_are_no_night(text: str) -> None:
    with pytest.raises(DateTextError):
        read(text)
