"""How leaves and nodes of a log's tree are hashed.

SHA-256, with 0x00 before a leaf and 0x01 before a node, so that no node can pass for a leaf.
Source: RFC 6962, section 2.1, kept unchanged by RFC 9162.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from dadkhah.errors import VerificationError

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "MAX_SIZE",
    "check_hashes",
    "check_size",
    "fold",
    "leaf_hash",
    "node_hash",
    "root",
]

HASH_BYTES = 32
MAX_SIZE = 2**63 - 1
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash one entry into a leaf.

    Source: RFC 6962, section 2.1.
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them.

    Source: RFC 6962, section 2.1.
    """
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Hash a whole tree held in memory; the root of no leaves is SHA-256 of nothing.

    Source: RFC 6962, section 2.1. An odd node rises unchanged, which gives the same tree as
    the RFC's split at the largest power of two.
    """
    row = list(leaf_hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


def fold(hashes: Sequence[bytes]) -> bytes:
    """Join neighbouring full subtrees, largest first, at least one, into one hash."""
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def check_size(size: int) -> None:
    """Refuse a size that no tree has.

    Raises:
        VerificationError: tree-size.
    """
    if not 0 <= size <= MAX_SIZE:
        raise VerificationError("tree-size", "A tree has between 0 and 2**63 - 1 leaves.")


def check_hashes(hashes: Iterable[bytes]) -> None:
    """Refuse what cannot be a hash by its length.

    Raises:
        VerificationError: tree-hash-length.
    """
    for found in hashes:
        if len(found) != HASH_BYTES:
            raise VerificationError(
                "tree-hash-length", f"A hash has {HASH_BYTES} bytes; this one has {len(found)}."
            )
