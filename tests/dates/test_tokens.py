"""How text is cut before dates are read."""

import itertools
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.dates import find, read
from dadkhah.dates.tokens import tokens
from dadkhah.errors import DateTextError

# Words and figures of dates in any order, with what breaks readers between them.
WORDS = """
1988 1367 67 '88 28 5 30 31st 03/04/1988 1367/5/9 1988-89 1980s 18,000 July Mordad مرداد محرم
Gulan summer تابستان شب جمعه Friday night from از till تا before after since ago پیش years سال the
of in و and - – / ( ) , ، . early اواخر about دهه century anniversary سالگرد last گذشته 25th بیست
هشتم هزار AH شمسی شاهنشاهی 2537 0 99999 😀 or equal night_of eve 9999 1178 winter زمستان
"""
PIECES = st.sampled_from([*WORDS.split(), "\u200c", "\u202e", "\ud800", "\n\n\n"])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("18,000", ["quantity"]),
        ("1988-07-28", ["numeric"]),
        ("1988-07-28T10:00:00Z", ["numeric"]),
        ("1980-1988", ["pair"]),
        ("1980s", ["decade"]),
        ("10:30", ["quantity"]),
        ("3.5", ["quantity"]),
        ("a1988b", ["quantity"]),
        ("25thAnniversary", ["number", "word"]),
        ("۹مرداد۱۳۶۷", ["number", "word", "number"]),
        ("https://example.org/1988", ["quantity"]),
    ],
)
def test_numbers_that_are_no_dates_are_tokens_of_their_own(text, kinds):
    assert [token.kind for token in tokens(text)] == kinds


@settings(deadline=None)
@given(st.text())
def test_tokens_lie_in_order_within_the_text(text):
    cut = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in cut)
    assert all(a.end <= b.start for a, b in itertools.pairwise(cut))


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_whatever_is_written_is_read_or_refused_and_never_breaks(text):
    for item in find(text):
        assert text[item.start : item.end] == item.date.written
    with suppress(DateTextError):
        assert read(text).written == text
