"""Tiles: a log as plain files that any web server or USB stick can carry.

    tile/0/x001/x234/067          256 leaf hashes, 8,192 bytes
    tile/0/x001/x234/068.p/112    112 leaf hashes, the tree's right edge
    tile/1/000                    each hash stands for one full tile of level 0
    tile/entries/x001/x234/067    256 entries, each after its length in two bytes

Source: C2SP tlog-tiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dadkhah.custody.merkle import HASH_BYTES, MAX_SIZE, ReadHash, leaf_hash, root
from dadkhah.errors import VerificationError

__all__ = [
    "MAX_ENTRY_BYTES",
    "TILE_WIDTH",
    "Tile",
    "bundle",
    "hash_reader",
    "read_bundle",
    "read_tile",
    "read_tile_path",
    "tile_path",
    "tiles_of",
    "write_bundles",
    "write_log",
    "write_tiles",
]

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 65_535
LENGTH_BYTES = 2
CACHED_TILES = 64

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)

Write = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One tile's place and width.

    Args:
        level: 0 to 63, or None for a bundle of entries.
        index: from 0, within the level.
        width: hashes or entries in it, 1 to 256.
    """

    level: int | None
    index: int
    width: int = TILE_WIDTH


def tile_path(tile: Tile) -> str:
    """Write the path of a tile, relative to the log's folder.

    Source: C2SP tlog-tiles, Merkle Tree and Partial Tiles.
    """
    digits = f"{tile.index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    folders = "".join(f"x{group}/" for group in groups[:-1])
    level = "entries" if tile.level is None else str(tile.level)
    partial = "" if tile.width == TILE_WIDTH else f".p/{tile.width}"
    return f"tile/{level}/{folders}{groups[-1]}{partial}"


def read_tile_path(path: str) -> Tile:
    """Read the path of a tile, refusing every spelling but the one tile_path writes.

    Raises:
        VerificationError: tile-path.
    """
    found = _PATH.fullmatch(path) if len(path) <= 64 else None
    if found is None:
        raise VerificationError("tile-path", "This is not the path of a tile.")
    tile = Tile(
        level=None if found["level"] == "entries" else int(found["level"]),
        index=int(found["index"].replace("x", "").replace("/", "")),
        width=int(found["width"] or TILE_WIDTH),
    )
    # A second spelling of one path would let two files claim one place.
    if tile_path(tile) != path or (tile.level or 0) > MAX_LEVEL or tile.index > MAX_SIZE:
        raise VerificationError("tile-path", "This is not the path of a tile.")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """List every tile of hashes that a tree of this size has, level by level."""
    level, count = 0, size
    while count:
        full, rest = divmod(count, TILE_WIDTH)
        yield from (Tile(level=level, index=index) for index in range(full))
        if rest:
            yield Tile(level=level, index=full, width=rest)
        level, count = level + 1, full


def write_tiles(leaf_hashes: Iterable[bytes], write: Write) -> int:
    """Write the tiles of a whole tree, holding one tile per level in memory.

    Args:
        leaf_hashes: in order; may be a stream.
        write: takes a path and the bytes of that file.

    Returns:
        How many leaves there were.
    """
    rows: list[list[bytes]] = []
    counts: list[int] = []
    for leaf in leaf_hashes:
        _add(rows, counts, leaf, write)
    for level, row in enumerate(rows):
        if row:
            tile = Tile(level=level, index=counts[level], width=len(row))
            write(tile_path(tile), b"".join(row))
    return sum(counts[:1]) * TILE_WIDTH + (len(rows[0]) if rows else 0)


def _add(rows: list[list[bytes]], counts: list[int], found: bytes, write: Write) -> None:
    """Put a hash into the open tile of level 0; a tile that fills is written and rises."""
    for level in range(MAX_LEVEL):
        if level == len(rows):
            rows.append([])
            counts.append(0)
        row = rows[level]
        row.append(found)
        if len(row) < TILE_WIDTH:
            return
        write(tile_path(Tile(level=level, index=counts[level])), b"".join(row))
        found = root(row)
        counts[level] += 1
        row.clear()


def read_tile(data: bytes, width: int) -> tuple[bytes, ...]:
    """Read the hashes of a tile.

    Args:
        data: the file.
        width: how many hashes it must hold, 1 to 256.

    Raises:
        VerificationError: tile-length.
    """
    if not 1 <= width <= TILE_WIDTH or len(data) != width * HASH_BYTES:
        raise VerificationError("tile-length", "A tile holds 1 to 256 hashes of 32 bytes, exactly.")
    return tuple(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))


def bundle(entries: Sequence[bytes]) -> bytes:
    """Write up to 256 entries as one bundle.

    Raises:
        VerificationError: bundle-width, bundle-entry-size.

    Source: C2SP tlog-tiles, Log entries.
    """
    _check_width(len(entries))
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise VerificationError(
                "bundle-entry-size", f"An entry has at most {MAX_ENTRY_BYTES} bytes."
            )
    return b"".join(len(entry).to_bytes(LENGTH_BYTES) + entry for entry in entries)


def read_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """Read the entries of a bundle.

    Args:
        data: the file.
        width: how many entries it must hold, 1 to 256.

    Raises:
        VerificationError: bundle-width, bundle-length when an entry is cut short or bytes are
            left over.
    """
    _check_width(width)
    if len(data) > width * (LENGTH_BYTES + MAX_ENTRY_BYTES):
        raise VerificationError("bundle-length", "This bundle is longer than its entries can be.")
    entries, at = [], 0
    for _ in range(width):
        begin = at + LENGTH_BYTES
        at = begin + int.from_bytes(data[at:begin])
        if begin > len(data) or at > len(data):
            raise VerificationError("bundle-length", "This bundle ends inside an entry.")
        entries.append(data[begin:at])
    if at != len(data):
        raise VerificationError("bundle-length", "This bundle goes on after its last entry.")
    return tuple(entries)


def write_bundles(entries: Iterable[bytes], write: Write) -> int:
    """Write the entry bundles of a whole log, holding one bundle in memory.

    Returns:
        How many entries there were.

    Raises:
        VerificationError: bundle-entry-size.
    """
    return sum(1 for _ in _bundled(entries, write))


def write_log(entries: Iterable[bytes], write: Write) -> int:
    """Write the bundles and the tiles of a whole log in one pass.

    Args:
        entries: bytes of each entry, in order; may be a stream.
        write: takes a path and the bytes of that file.

    Returns:
        How many entries there were.

    Raises:
        VerificationError: bundle-entry-size.
    """
    return write_tiles(map(leaf_hash, _bundled(entries, write)), write)


def _bundled(entries: Iterable[bytes], write: Write) -> Iterator[bytes]:
    """Hand on each entry, and write a bundle whenever one is full."""
    waiting: list[bytes] = []
    index = 0
    for entry in entries:
        waiting.append(entry)
        if len(waiting) == TILE_WIDTH:
            write(tile_path(Tile(level=None, index=index)), bundle(waiting))
            index += 1
            waiting.clear()
        yield entry
    if waiting:
        write(tile_path(Tile(level=None, index=index, width=len(waiting))), bundle(waiting))


def hash_reader(read: Callable[[str], bytes], size: int) -> ReadHash:
    """Read hashes of full subtrees out of stored tiles, for proofs over a tree of this size.

    Args:
        read: gives the bytes of the file at a path.
        size: of the tree that the tiles belong to.

    Returns:
        A function of (level, index), raising VerificationError: tile-range when the tree has no
        such full subtree, tile-length when a file is not the tile it should be.
    """

    @lru_cache(maxsize=CACHED_TILES)
    def hashes(level: int, index: int) -> tuple[bytes, ...]:
        width = min(TILE_WIDTH, (size >> (level * TILE_HEIGHT)) - index * TILE_WIDTH)
        return read_tile(read(tile_path(Tile(level=level, index=index, width=width))), width)

    def read_hash(level: int, index: int) -> bytes:
        if not 0 <= level <= MAX_LEVEL or index < 0 or (index + 1) << level > size:
            raise VerificationError("tile-range", "This tree has no such full subtree.")
        tile_level, rise = divmod(level, TILE_HEIGHT)
        begin = index << rise
        tile, first = divmod(begin, TILE_WIDTH)
        return root(hashes(tile_level, tile)[first : first + (1 << rise)])

    return read_hash


def _check_width(width: int) -> None:
    if not 1 <= width <= TILE_WIDTH:
        raise VerificationError("bundle-width", "A bundle holds 1 to 256 entries.")
