from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.custody.cast import code_of, golden

from dadkhah.custody.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    consistency_proof_from,
    inclusion_proof,
    inclusion_proof_from,
    leaf_hash,
    root,
    root_from,
    verify_consistency,
    verify_inclusion,
)
from dadkhah.errors import VerificationError

VECTORS = golden("merkle.json")
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(found) for found in VECTORS["roots"]]
MANY = [leaf_hash(bytes([number])) for number in range(67)]

hashes = st.binary(min_size=32, max_size=32)
proofs = st.lists(st.binary(max_size=40) | hashes, max_size=8)
sizes = st.integers(-2, 80) | st.integers()


def refused(code: str) -> pytest.RaisesExc[VerificationError]:
    return pytest.RaisesExc(VerificationError, check=lambda error: error.code == code)


@pytest.mark.parametrize("vector", VECTORS["inclusion"])
def test_inclusion_proofs_are_those_of_certificate_transparency(vector: dict[str, object]) -> None:
    index, size = int(str(vector["index"])), int(str(vector["size"]))
    proof = [bytes.fromhex(found) for found in vector["proof"]]  # type: ignore[attr-defined]
    assert list(inclusion_proof(LEAVES[:size], index)) == proof
    verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size - 1])


@pytest.mark.parametrize("vector", VECTORS["consistency"])
def test_consistency_proofs_are_those_of_certificate_transparency(
    vector: dict[str, object],
) -> None:
    old, size = int(str(vector["old_size"])), int(str(vector["size"]))
    proof = [bytes.fromhex(found) for found in vector["proof"]]  # type: ignore[attr-defined]
    assert list(consistency_proof(LEAVES[:size], old)) == proof
    verify_consistency(old, size, proof, ROOTS[old - 1], ROOTS[size - 1])


def test_every_leaf_of_every_size_is_proved_and_every_size_is_consistent() -> None:
    for size in range(len(MANY) + 1):
        leaves, tree = MANY[:size], root(MANY[:size])
        for index in range(size):
            verify_inclusion(leaves[index], index, size, inclusion_proof(leaves, index), tree)
        for old in range(size + 1):
            proof = consistency_proof(leaves, old)
            verify_consistency(old, size, proof, root(MANY[:old]), tree)


def test_a_proof_from_stored_hashes_reads_few_of_them() -> None:
    size, read = 1_000_003, []

    def read_hash(level: int, index: int) -> bytes:
        read.append((level, index))
        return leaf_hash(f"{level}/{index}".encode())

    inclusion_proof_from(read_hash, 700_000, size)
    consistency_proof_from(read_hash, 700_000, size)
    assert len(read) < 90
    assert all((index + 1) << level <= size for level, index in read)


def test_a_root_can_be_read_from_stored_hashes() -> None:
    for size in range(len(MANY) + 1):
        assert root_from(lambda level, i: root(MANY[i << level : (i + 1) << level]), size) == root(
            MANY[:size]
        )


def test_one_changed_bit_in_any_part_of_a_proof_is_refused() -> None:
    for size, index in ((1, 0), (7, 6), (8, 3), (67, 64)):
        proof = inclusion_proof(MANY[:size], index)
        tree = root(MANY[:size])
        parts = [MANY[index], tree, *proof]
        for part in range(len(parts)):
            for bit in (0, 100, 255):
                changed = [*parts]
                flipped = int.from_bytes(changed[part]) ^ 1 << bit
                changed[part] = flipped.to_bytes(32)
                with refused("proof-root"):
                    verify_inclusion(changed[0], index, size, changed[2:], changed[1])


def test_a_leaf_at_another_index_or_size_is_refused() -> None:
    proof, tree = inclusion_proof(LEAVES, 3), ROOTS[7]
    for index, size in ((2, 8), (4, 8), (3, 9), (3, 16), (3, 4)):
        with pytest.raises(VerificationError):
            verify_inclusion(LEAVES[3], index, size, proof, tree)


def test_a_proof_too_long_or_too_short_is_refused_before_hashing() -> None:
    proof = inclusion_proof(LEAVES, 3)
    for wrong in ((*proof, proof[0]), proof[:-1], ()):
        with refused("proof-length"):
            verify_inclusion(LEAVES[3], 3, 8, wrong, ROOTS[7])
    with refused("proof-index"):
        verify_inclusion(LEAVES[3], 8, 8, proof, ROOTS[7])
    with refused("tree-hash-length"):
        verify_inclusion(LEAVES[3][:-1], 3, 8, proof, ROOTS[7])


def test_a_shorter_log_cannot_follow_a_longer_one() -> None:
    with refused("proof-order"):
        verify_consistency(8, 7, (), ROOTS[7], ROOTS[6])


def test_two_roots_of_one_size_must_be_equal() -> None:
    with refused("proof-old-root"):
        verify_consistency(8, 8, (), ROOTS[6], ROOTS[7])
    with refused("proof-old-root"):
        verify_consistency(0, 8, (), ROOTS[6], ROOTS[7])
    verify_consistency(0, 8, (), EMPTY_ROOT, ROOTS[7])


def test_a_forked_log_is_refused() -> None:
    other = [*LEAVES[:5], leaf_hash(b"another"), *LEAVES[6:]]
    for old in (6, 7):
        with refused("proof-old-root"):
            verify_consistency(old, 8, consistency_proof(other, old), ROOTS[old - 1], root(other))
        with refused("proof-root"):
            proof = consistency_proof(other, old)
            verify_consistency(old, 8, proof, root(other[:old]), ROOTS[7])


@settings(deadline=None)
@given(leaf=st.binary(max_size=40), index=sizes, size=sizes, proof=proofs, tree=hashes)
def test_any_input_to_verify_inclusion_is_refused_with_a_code(
    leaf: bytes, index: int, size: int, proof: list[bytes], tree: bytes
) -> None:
    with pytest.raises(VerificationError) as refusal:
        verify_inclusion(leaf, index, size, proof, tree)
    assert refusal.value.code


@settings(deadline=None)
@given(old=sizes, size=sizes, proof=proofs, old_root=hashes, tree=hashes)
def test_any_input_to_verify_consistency_is_refused_with_a_code(
    old: int, size: int, proof: list[bytes], old_root: bytes, tree: bytes
) -> None:
    # The only true statement that needs no hashing is that a tree is itself.
    same = old == size and old_root == tree and not proof
    assert code_of(lambda: verify_consistency(old, size, proof, old_root, tree)) or same
