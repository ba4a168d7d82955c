"""Shares of a key: any few open it, fewer do not, and a false one is noticed."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.errors import InputError, VerificationError
from dadkhah.keeping.shares import Share, join, read_share, split, write_share

KEY = b"PRIVATE+KEY+dadkhah.invalid/tests+00000000+AbCd\n"


def test_any_three_of_five_open_the_key_in_any_order() -> None:
    made = split(KEY, count=5, needed=3)
    for chosen in itertools.permutations(made, 3):
        assert join(chosen) == KEY
    assert join(made) == KEY


def test_two_of_three_needed_are_refused_and_no_share_holds_the_key() -> None:
    made = split(KEY, count=5, needed=3)
    with pytest.raises(VerificationError, match="share-few"):
        join(made[:2])
    with pytest.raises(VerificationError, match="share-few"):
        join([])
    assert not any(b"PRIVATE" in write_share(share).encode() for share in made)


def test_a_share_that_lies_about_how_many_are_needed_opens_nothing() -> None:
    made = [dataclasses.replace(share, needed=2) for share in split(KEY, count=5, needed=3)]
    with pytest.raises(VerificationError, match="share-wrong"):
        join(made[:2])


def test_shares_of_two_keys_and_one_share_twice_are_refused() -> None:
    one, other = split(KEY, count=3, needed=2), split(KEY, count=3, needed=2)
    with pytest.raises(VerificationError, match="share-set"):
        join([one[0], other[1]])
    with pytest.raises(VerificationError, match="share-twice"):
        join([one[0], one[0]])


def test_a_false_share_is_noticed() -> None:
    made = split(KEY, count=3, needed=2)
    false = dataclasses.replace(made[0], secret=bytes(16))
    with pytest.raises(VerificationError, match="share-wrong"):
        join([false, made[1]])


def test_a_share_reads_back_from_paper_and_every_mistyped_sign_is_noticed() -> None:
    share = split(KEY, count=3, needed=2)[0]
    text = write_share(share)
    assert read_share(text) == share
    assert read_share(text.replace("\n", "\r\n") + "\n\n") == share
    for at in range(0, len(text) - 1, 3):
        wrong = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        with pytest.raises(VerificationError, match="share-"):
            read_share(wrong)


@given(st.text(max_size=300))
def test_no_text_that_is_not_a_share_is_read_as_one(text: str) -> None:
    with pytest.raises(VerificationError):
        read_share(text)


@given(st.binary(max_size=400), st.integers(2, 6), st.integers(0, 6))
def test_whatever_was_split_comes_back(data: bytes, needed: int, more: int) -> None:
    made = split(data, count=needed + more, needed=needed)
    again: list[Share] = [read_share(write_share(share)) for share in made[more:]]
    assert join(again) == data


@pytest.mark.parametrize(("count", "needed"), [(1, 1), (3, 1), (2, 3), (256, 2)])
def test_shares_that_protect_nothing_are_not_made(count: int, needed: int) -> None:
    with pytest.raises(InputError, match="share-count"):
        split(KEY, count=count, needed=needed)
