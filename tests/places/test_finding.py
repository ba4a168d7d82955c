"""Whatever is written, places are found in order or not at all."""

import itertools
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.errors import InputError
from dadkhah.places import find, read

WORDS = """
Evin اوین prison زندان , ( ) Tehran تهران province استان the country سراسر کشور ward 3 بند
in در و Green Hill Iran prisons cemetery 😀 . -
"""
PIECES = st.sampled_from([*WORDS.split(), "\u200c", "\u202e", "\ud800"])


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_is_written_is_read_or_refused_and_never_breaks(text):
    items = find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(items))
    assert all(text[item.start : item.end] == item.place.written for item in items)
    with suppress(InputError):
        assert read(text).written == text
