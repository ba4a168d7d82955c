"""The few hashes that a growing log needs to remember: a log of millions appends in O(log n)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dadkhah.custody.hashing import EMPTY_ROOT, check_hashes, check_size, fold, node_hash
from dadkhah.errors import VerificationError

__all__ = ["EMPTY", "Frontier", "frontier_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """A tree so far, as the roots of its full subtrees: a compact range from leaf 0.

    Args:
        size: number of leaves so far.
        hashes: roots of the full subtrees, largest first; one per 1 in the binary of size.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Frontier:
        """Add one leaf hash; at most log2(size) hashes are made, one on average."""
        kept = list(self.hashes)
        _push(kept, self.size, leaf)
        return Frontier(size=self.size + 1, hashes=tuple(kept))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """Add many leaf hashes, holding none of them."""
        kept, size = list(self.hashes), self.size
        for leaf in leaves:
            _push(kept, size, leaf)
            size += 1
        return Frontier(size=size, hashes=tuple(kept))

    def root(self) -> bytes:
        """Hash of the whole tree so far."""
        return fold(self.hashes) if self.hashes else EMPTY_ROOT


EMPTY = Frontier()


def frontier_at(size: int, hashes: Sequence[bytes]) -> Frontier:
    """Take up a frontier that was stored.

    Raises:
        VerificationError: tree-size, tree-hash-length, or frontier-length when the number of
            hashes cannot belong to this size.
    """
    check_size(size)
    check_hashes(hashes)
    if len(hashes) != size.bit_count():
        raise VerificationError(
            "frontier-length",
            f"A tree of {size} leaves is remembered by {size.bit_count()} hashes, "
            f"not {len(hashes)}.",
            todo="Rebuild the frontier from the log's entries.",
        )
    return Frontier(size=size, hashes=tuple(hashes))


def _push(kept: list[bytes], size: int, leaf: bytes) -> None:
    """Join a leaf with each full subtree that it completes."""
    while size & 1:
        leaf = node_hash(kept.pop(), leaf)
        size >>= 1
    kept.append(leaf)
