"""Blocks of mentions that share a key, chosen so that each rule gives few enough pairs.

Of each rule the smallest blocks are taken first, until its share of the pairs is used; so the
work grows with the mentions, and what is left out are the keys that say least.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from dadkhah.people.key_kernels import seen_twice
from dadkhah.people.keys import RULES, Keys
from dadkhah.people.settings import LinkageSettings

__all__ = ["BlockFile", "Blocks", "choose_blocks"]

# So many pairs a share are always allowed, so that a small case is compared through and through.
_ALWAYS: Final = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFile:
    """Rows of the blocks first to end (not included), which give `cost` pairs, in order.

    A row has block, row (the mention), rule (its number) and sole (two mentions of one number are
    never paired).
    """

    path: Path
    first: int
    end: int
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Blocks, as Parquet files of a folder: too many to be held at once.

    `cost` are the pairs that each rule gives, `largest` its largest block, `left_out` how many
    blocks were too large to use.
    """

    folder: Path
    files: tuple[BlockFile, ...]
    cost: dict[str, float]
    largest: dict[str, int]
    left_out: dict[str, int]


def choose_blocks(
    rules: Iterable[tuple[str, Keys]],
    sole: NDArray[np.int32],
    settings: LinkageSettings,
    folder: Path,
) -> Blocks:
    """Choose the blocks that are compared, and write their rows into a folder.

    Args:
        sole: of each mention.
    """
    numbers = {name: number for number, name in enumerate(RULES)}
    cost = dict.fromkeys(RULES, 0.0)
    largest, left_out = dict.fromkeys(RULES, 0), dict.fromkeys(RULES, 0)
    files: list[BlockFile] = []
    blocks = 0
    for name, keys in rules:
        allowed = RULES[name].share * max(_ALWAYS, settings.pairs_each * len(sole))
        found = _usable(*keys, allowed, settings.largest_block)
        del keys  # before those of the next rule are made
        cost[name] += found.cost
        largest[name] = max(largest[name], found.largest)
        left_out[name] += found.left_out
        path = folder / f"{len(files):03}.parquet"
        _write(path, found, blocks, numbers[name], sole)
        end = blocks + found.count
        files.append(BlockFile(path=path, first=blocks, end=end, cost=found.cost))
        blocks = end
    return Blocks(folder=folder, files=tuple(files), cost=cost, largest=largest, left_out=left_out)


def _write(path: Path, found: _Usable, first: int, rule: int, sole: NDArray[np.int32]) -> None:
    columns = {
        "block": found.block + np.int32(first),
        "row": found.row,
        "rule": np.full(len(found.row), rule, dtype=np.uint8),
        "sole": sole[found.row],
    }
    pq.write_table(pa.table(columns), path, row_group_size=1 << 18)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usable:
    block: NDArray[np.int32]
    row: NDArray[np.int32]
    count: int
    cost: float
    largest: int
    left_out: int


def _usable(
    keys: NDArray[np.uint64], rows: NDArray[np.int32], allowed: float, most: int
) -> _Usable:
    """Leave out keys that stand alone, and the largest blocks beyond what is allowed."""
    bits = max(16, int(np.ceil(np.log2(max(len(keys), 1)))) + 3)
    shared = seen_twice(keys, bits)
    keys, rows = _sorted(keys[shared], rows[shared])
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else keys[:0]
    sizes = np.diff(np.append(begins, len(keys))).astype(np.int64)
    kept = _affordable(sizes, allowed, most)
    inside = np.repeat(kept, sizes)
    number = np.repeat(np.cumsum(kept) - 1, sizes)[inside]
    chosen = sizes[kept]
    return _Usable(
        block=number.astype(np.int32),
        row=rows[inside],
        count=len(chosen),
        cost=float((chosen * (chosen - 1) / 2).sum()),
        largest=int(sizes.max(initial=0)),
        left_out=int(((sizes > 1) & ~kept).sum()),
    )


def _sorted(
    keys: NDArray[np.uint64], rows: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Order by key, each mention once a key."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    once = np.append(True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1]))[: len(keys)]
    return keys[once], rows[once]


def _affordable(sizes: NDArray[np.int64], allowed: float, most: int) -> NDArray[np.bool_]:
    """Mark the blocks up to the size at which all smaller ones give what is allowed."""
    usable = (sizes > 1) & (sizes <= most)
    counts = np.bincount(sizes[usable], minlength=2)
    each = np.arange(len(counts), dtype=np.float64)
    fits = np.cumsum(counts * each * (each - 1) / 2) <= allowed
    return np.asarray(
        usable & np.append(fits, False)[np.minimum(sizes, len(counts))], dtype=np.bool_
    )
