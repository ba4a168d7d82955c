import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.errors import AnchorError
from dadkhah.records import Passage
from dadkhah.sources.anchors import anchor, check, locate

TEXT = "One was told. Two were told. One was told again. " * 2


def test_an_anchor_is_found_where_its_offsets_say():
    assert locate(anchor("c", TEXT, 14, 28), TEXT) == (14, 28)


def test_a_text_that_moved_is_found_by_its_words_and_their_surroundings():
    moved = "A line before. " + TEXT
    start = TEXT.index("Two")
    assert locate(anchor("c", TEXT, start, start + 14), moved) == (start + 15, start + 29)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nothing of it.", "anchor-missing"),
        ("xx Two were told. xx", "anchor-moved"),
        (TEXT.join(["", "-", "", ""]), "anchor-ambiguous"),
    ],
)
def test_a_lost_anchor_fails_loudly(text, code):
    start = TEXT.index("Two")
    lost = anchor("c", TEXT, start, start + 14)
    lost = dataclasses.replace(lost, start=None, end=None)
    with pytest.raises(AnchorError) as caught:
        locate(lost, text)
    assert caught.value.code == code
    assert caught.value.todo


def test_an_empty_quote_is_nowhere():
    with pytest.raises(AnchorError):
        locate(anchor("c", TEXT, 3, 3), TEXT)


def test_a_passage_must_stand_where_it_says_in_both_texts():
    passage = Passage(id="p", source="s", anchor=anchor("d", "a b c", 2, 3),
                      origin=anchor("r", "a\nb\nc", 2, 3))  # fmt: skip
    check(passage, "a b c", "a\nb\nc")
    with pytest.raises(AnchorError) as caught:
        check(passage, "a b c", "\na\nb\nc")
    assert caught.value.code == "anchor-moved"


def test_a_passage_whose_surroundings_changed_has_moved():
    passage = Passage(id="p", source="s", anchor=anchor("d", "a b c", 2, 3))
    with pytest.raises(AnchorError):
        check(passage, "x b c", "")


@settings(deadline=None)
@given(
    st.text(max_size=30),
    st.text(min_size=1, max_size=10),
    st.text(max_size=30),
    st.text(max_size=9),
)
def test_a_quote_is_found_again_or_refused_and_never_misplaced(before, quote, after, more):
    text = before + quote + after
    one = anchor("c", text, len(before), len(before) + len(quote))
    assert locate(one, text) == (one.start, one.end)
    try:
        start, end = locate(one, more + text)
    except AnchorError:
        return
    assert (more + text)[start:end] == quote
