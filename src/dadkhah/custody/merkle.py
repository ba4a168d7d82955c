"""The Merkle tree of a log: one hash that stands for every entry, in order.

Hashing is RFC 6962, section 2.1 (kept unchanged by RFC 9162): SHA-256, with 0x00 before
a leaf and 0x01 before a node, so that no node can pass for a leaf.
A node is named by (level, index): it covers the leaves from index * 2**level on, 2**level of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dadkhah.custody.frontier import EMPTY, Frontier, frontier_at
from dadkhah.custody.hashing import (
    EMPTY_ROOT,
    HASH_BYTES,
    MAX_SIZE,
    check_hashes,
    check_size,
    fold,
    leaf_hash,
    node_hash,
    root,
)
from dadkhah.errors import VerificationError

__all__ = [
    "EMPTY",
    "EMPTY_ROOT",
    "HASH_BYTES",
    "MAX_SIZE",
    "Frontier",
    "ReadHash",
    "consistency_proof",
    "consistency_proof_from",
    "frontier_at",
    "inclusion_proof",
    "inclusion_proof_from",
    "leaf_hash",
    "node_hash",
    "root",
    "root_from",
    "roots_of_consistency",
    "verify_consistency",
    "verify_inclusion",
]

ReadHash = Callable[[int, int], bytes]


def root_from(read_hash: ReadHash, size: int) -> bytes:
    """Hash a tree whose full subtrees are stored, reading about log2(size) of them."""
    check_size(size)
    return _range_hash(read_hash, 0, size) if size else EMPTY_ROOT


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Prove that a leaf is in the tree of these leaves.

    Raises:
        VerificationError: proof-index when there is no such leaf.

    Source: RFC 6962, section 2.1.1.
    """
    return inclusion_proof_from(_reader(leaf_hashes), index, len(leaf_hashes))


def inclusion_proof_from(read_hash: ReadHash, index: int, size: int) -> tuple[bytes, ...]:
    """Prove that a leaf is in a tree whose full subtrees are stored.

    Args:
        read_hash: gives the hash of the full subtree at (level, index).
        index: of the leaf, from 0.
        size: of the tree.

    Returns:
        The audit path, from the leaf's neighbour up to the root's child.

    Raises:
        VerificationError: tree-size, proof-index.

    Source: RFC 6962, section 2.1.1.
    """
    check_size(size)
    _check_index(index, size)
    begin, end, path = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_hash(read_hash, middle, end))
            end = middle
        else:
            path.append(_range_hash(read_hash, begin, middle))
            begin = middle
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at this index of the tree with this size and root.

    Size and root must come together from one checkpoint: a path alone does not fix the size.

    Raises:
        VerificationError: tree-size, proof-index, tree-hash-length, proof-length, proof-root.

    Source: RFC 9162, section 2.1.3.2.
    """
    check_size(size)
    _check_index(index, size)
    check_hashes((leaf, root))
    _check_proof(proof, _inclusion_length(index, size))
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    _check_root("proof-root", found, root, "The proof does not lead from this entry to this root.")


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """Prove that the tree of the first old_size leaves is the beginning of the tree of all.

    Source: RFC 6962, section 2.1.2.
    """
    return consistency_proof_from(_reader(leaf_hashes), old_size, len(leaf_hashes))


def consistency_proof_from(read_hash: ReadHash, old_size: int, size: int) -> tuple[bytes, ...]:
    """Prove that the stored tree of old_size leaves is the beginning of the tree of size leaves.

    Args:
        read_hash: gives the hash of the full subtree at (level, index) of the larger tree.
        old_size: of the earlier tree; the proof from 0, and from size itself, is empty.
        size: of the later tree.

    Raises:
        VerificationError: tree-size, proof-order.

    Source: RFC 6962, section 2.1.2.
    """
    _check_sizes(old_size, size)
    if old_size in (0, size):
        return ()
    begin, end, path = 0, size, []
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            path.append(_range_hash(read_hash, middle, end))
            end = middle
        else:
            path.append(_range_hash(read_hash, begin, middle))
            begin = middle
    if begin:
        path.append(_range_hash(read_hash, begin, end))
    return tuple(reversed(path))


def verify_consistency(
    old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> None:
    """Check that nothing was changed, dropped or reordered between two sizes of a log.

    Raises:
        VerificationError: tree-size, proof-order, tree-hash-length, proof-length,
            proof-old-root, proof-root.

    Source: RFC 9162, section 2.1.4.2.
    """
    _check_sizes(old_size, size)
    check_hashes((old_root, root))
    if old_size in (0, size):
        _check_proof(proof, 0)
        before = EMPTY_ROOT if old_size == 0 else root
        _check_root("proof-old-root", before, old_root, "The earlier root does not fit its size.")
        if size == 0:
            _check_root("proof-root", EMPTY_ROOT, root, "The root of no leaves is another.")
        return
    path = proof if old_size & (old_size - 1) else (old_root, *proof)
    before, after = roots_of_consistency(old_size, size, path)
    _check_root("proof-old-root", before, old_root, "The proof does not lead to the earlier root.")
    _check_root("proof-root", after, root, "The proof does not lead to the later root.")


def roots_of_consistency(old_size: int, size: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Compute both roots that a consistency path leads to.

    Args:
        old_size: of the earlier tree, above 0 and below size.
        size: of the later tree.
        path: the proof, with the earlier root put first when old_size is a power of two.

    Returns:
        The earlier and the later root.

    Source: RFC 9162, section 2.1.4.2, steps 3 to 6.
    """
    _check_sizes(old_size, size)
    _check_proof(path, _consistency_length(old_size, size))
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if position & 1 or position == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        position, last = position >> 1, last >> 1
    return before, after


def _split(count: int) -> int:
    """Largest power of two below count."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(read_hash: ReadHash, begin: int, end: int) -> bytes:
    return fold([read_hash(level, index) for level, index in _full_subtrees(begin, end)])


def _full_subtrees(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Full subtrees, left to right, of a range that a split of the tree can give."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def _reader(leaf_hashes: Sequence[bytes]) -> ReadHash:
    return lambda level, index: root(leaf_hashes[index << level : (index + 1) << level])


def _inclusion_length(index: int, size: int) -> int:
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _consistency_length(old_size: int, size: int) -> int:
    """Hashes in a consistency path, the earlier root counted."""
    shift = (old_size & -old_size).bit_length() - 1
    return _inclusion_length(old_size - 1, size) - shift + 1


def _check_sizes(old_size: int, size: int) -> None:
    check_size(old_size)
    check_size(size)
    if old_size > size:
        raise VerificationError(
            "proof-order",
            f"A tree of {old_size} leaves cannot come before one of {size}.",
            todo="Give the earlier checkpoint first.",
        )


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise VerificationError("proof-index", f"A tree of {size} leaves has no such leaf.")


def _check_proof(proof: Sequence[bytes], length: int) -> None:
    if len(proof) != length:
        raise VerificationError(
            "proof-length", f"This proof must hold {length} hashes; it holds {len(proof)}."
        )
    check_hashes(proof)


def _check_root(code: str, found: bytes, claimed: bytes, what: str) -> None:
    if found != claimed:
        raise VerificationError(
            code, what, where=f"computed {found.hex()}, claimed {claimed.hex()}"
        )
