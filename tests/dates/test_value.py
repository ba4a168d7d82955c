"""What only stands around one value is left out."""

from __future__ import annotations

import pytest

from dadkhah.dates import read
from dadkhah.dates.value import tokens_of_one
from dadkhah.errors import DateTextError


@pytest.mark.parametrize("text", ["28. Juli 1988", "(28 Juli 1988)", "28 Juli 1988;", "19880728",
                                  "۱۹۸۸۰۷۲۸", "Thu. 28. July 1988"])  # fmt: skip
def test_dots_brackets_and_eight_figures_change_no_day(text: str) -> None:
    assert read(text).edtf == "1988-07-28"


@pytest.mark.parametrize("text", ["13671230", "19880231"])
def test_eight_figures_of_a_day_that_never_was_are_refused(text: str) -> None:
    with pytest.raises(DateTextError) as refused:
        read(text)
    assert refused.value.code == "date-impossible"


@pytest.mark.parametrize("text", ["12345678", "19881399", "00000000"])
def test_eight_figures_that_are_no_day_are_no_date(text: str) -> None:
    assert [token.fold for token in tokens_of_one(text)] == [text]
    with pytest.raises(DateTextError) as refused:
        read(text)
    assert refused.value.code == "date-not-understood"
