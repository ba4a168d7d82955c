from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import COMMITMENTS, RECORDS, SALTS
from tests.custody.test_merkle import refused

from dadkhah.custody.commitments import PREFIX, commit, entry_root, new_salt
from dadkhah.custody.merkle import EMPTY_ROOT, leaf_hash, node_hash


def test_a_commitment_is_hmac_sha256_written_out() -> None:
    # RFC 2104, section 2, step by step, so that the page can be followed by hand.
    block = SALTS[0] + bytes(48)
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + PREFIX + RECORDS[0]).digest()
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).digest()
    assert commit(SALTS[0], RECORDS[0]) == outer


def test_the_root_of_an_entry_is_the_tree_over_its_commitments() -> None:
    one, two = COMMITMENTS
    assert entry_root([]) == EMPTY_ROOT
    assert entry_root([one]) == leaf_hash(one)
    assert entry_root([one, two]) == node_hash(leaf_hash(one), leaf_hash(two))
    assert entry_root([one, two]) != entry_root([two, one])


def test_the_same_record_with_another_salt_gives_another_commitment() -> None:
    assert commit(SALTS[0], RECORDS[0]) != commit(SALTS[1], RECORDS[0])
    assert len({new_salt() for _ in range(100)}) == 100


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17), bytes(64)])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with refused("commitment-salt"):
        commit(salt, RECORDS[0])


def test_a_commitment_of_another_length_is_refused() -> None:
    with refused("commitment-length"):
        entry_root([COMMITMENTS[0], COMMITMENTS[1][:-1]])


@settings(deadline=None)
@given(salt=st.binary(min_size=16, max_size=16), record=st.binary(), bit=st.integers(0, 127))
def test_one_flipped_bit_of_a_salt_changes_the_commitment(
    salt: bytes, record: bytes, bit: int
) -> None:
    other = (int.from_bytes(salt) ^ 1 << bit).to_bytes(16)
    assert commit(salt, record) != commit(other, record)
