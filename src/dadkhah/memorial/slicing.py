"""Long lists cut where their own entries say: one entry more or less moves hardly any cut.

A list that is cut after every 180th entry is cut anew everywhere when one is added at its head.
Here a piece ends after an entry whose checksum says so, once it is long enough, and before the
entry that would make it too long. So what a piece holds follows from its own entries.

Source: A. Muthitacharoen, B. Chen, D. Mazieres, A Low-bandwidth Network File System (SOSP 2001).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy
from numpy.typing import NDArray

__all__ = [
    "NAMES",
    "PASSAGES",
    "POINTS",
    "Rule",
    "cut",
    "cut_by_end",
    "cut_rows",
    "ends",
    "may_end",
    "name_after",
]

Array = NDArray[Any]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long a piece may be.

    Args:
        least: weight from which a piece may end. most: weight that it never passes, unless one
            entry alone does. one_in: of how many entries one ends a piece.
    """

    least: int
    most: int
    one_in: int


NAMES: Final = Rule(least=19_000, most=28_000, one_in=24)  # bytes of the lines of a page
PASSAGES: Final = Rule(least=26, most=60, one_in=12)
POINTS: Final = Rule(least=26, most=60, one_in=12)  # on which sources disagree


def ends(identity: str, rule: Rule) -> bool:
    """Say whether an entry is one after which a piece ends that is long enough."""
    return zlib.crc32(identity.encode()) % rule.one_in == 0


def cut(
    items: Sequence[Item], rule: Rule, identity: Callable[[Item], str],
    weigh: Callable[[Item], int] = lambda _: 1,
) -> Iterator[tuple[int, Sequence[Item]]]:  # fmt: skip
    """Cut a list into numbered pieces, from 1; an empty list is one empty piece."""
    start, size, number = 0, 0, 1
    for place, item in enumerate(items):
        weight = weigh(item)
        if place > start and size + weight > rule.most:
            yield number, items[start:place]
            start, size, number = place, 0, number + 1
        size += weight
        if size >= rule.least and place + 1 < len(items) and ends(identity(item), rule):
            yield number, items[start : place + 1]
            start, size, number = place + 1, 0, number + 1
    yield number, items[start:]


def cut_rows(weights: Array, ends: Array, rule: Rule) -> list[tuple[int, int]]:
    """Cut as `cut` does, from weights and whether a piece may end; give where pieces lie."""
    size, start, found = len(weights), 0, list[tuple[int, int]]()
    until = numpy.concatenate([[0], numpy.cumsum(weights)])
    may_end = numpy.flatnonzero(ends[: max(size - 1, 0)])
    while True:
        # the entry that would be too much, and the first after which a piece long enough ends
        over = max(int(until.searchsorted(until[start] + rule.most, side="right")) - 1, start + 1)
        enough = max(int(until.searchsorted(until[start] + rule.least)) - 1, start)
        place = int(may_end.searchsorted(enough))
        last = int(may_end[place]) if place < len(may_end) else size
        stop = last + 1 if last < over else over
        if stop >= size:
            return [*found, (start, size)]
        found.append((start, stop))
        start = stop


def may_end(sums: Array, rule: Rule) -> Array:
    """Say of each entry, by the checksum of its id, whether a piece may end after it."""
    ends: Array = numpy.equal(sums % rule.one_in, 0)
    return ends


def cut_by_end(
    items: Sequence[Item], rule: Rule, identity: Callable[[Item], str], first: int = 1
) -> Iterator[tuple[int, Sequence[Item]]]:
    """Cut a list into pieces that are named after the entry before them: see `name_after`.

    Args:
        first: name of the first piece.
    """
    name = first
    for _, piece in cut(items, rule, identity):
        yield name, piece
        name = name_after(identity(piece[-1])) if piece else name


def name_after(identity: str) -> int:
    """Name a piece after the last entry of the one before it, so that no count moves its name."""
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=6).digest())
