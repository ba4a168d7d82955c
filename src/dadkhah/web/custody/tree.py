"""The log's Merkle tree as the store holds it: leaves, and the hash of each full tile."""

from __future__ import annotations

from dadkhah.custody import merkle
from dadkhah.web.custody.models import LogEntry, LogNode

__all__ = ["TILE_WIDTH", "add_tiles", "head", "read_hash"]

TILE_WIDTH = 256
TILE_HEIGHT = 8


def head() -> tuple[int, bytes]:
    """Give the size of the log and its root."""
    size = LogEntry.objects.count()
    return size, merkle.root_from(read_hash, size)


def read_hash(level: int, index: int) -> bytes:
    """Give the hash of the full subtree over leaves index * 2**level on, 2**level of them."""
    tile_level, above = divmod(level, TILE_HEIGHT)
    return merkle.root(_hashes(tile_level, index << above, (index + 1) << above))


def add_tiles(old_size: int, new_size: int) -> None:
    """Store the hash of each subtree of 256, 65,536, ... leaves that became full."""
    width, level = TILE_WIDTH, 1
    while new_size // width > old_size // width:
        for index in range(old_size // width, new_size // width):
            hashes = _hashes(level - 1, index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
            LogNode.objects.create(level=level, index=index, hash=merkle.root(hashes))
        width, level = width * TILE_WIDTH, level + 1


def _hashes(level: int, begin: int, end: int) -> list[bytes]:
    span = {"index__gte": begin, "index__lt": end}
    if level == 0:
        found = LogEntry.objects.filter(**span).order_by("index").values_list("leaf", flat=True)
    else:
        nodes = LogNode.objects.filter(level=level, **span)
        found = nodes.order_by("index").values_list("hash", flat=True)
    return [bytes(value) for value in found]
