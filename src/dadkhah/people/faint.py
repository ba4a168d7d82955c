"""Pairs too faint to tie two mentions into a group: each is unlikely, but there are many.

What blocking did not bring together, or the levels put far apart, is two people in every
partition that is drawn from groups; yet some of these pairs are one person. How many is what the
model's own chances sum to. Each draw joins as many at random, so that the counts of people and
the overlaps of lists carry what was missed.

Pairs of the same two persons repeat each other, and count as the likeliest of them.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.people.doubt import Doubt

__all__ = ["Faint", "join_faint", "with_faint"]

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
_LEAST: Final = 1e-7
_MOST: Final = 50_000
_EACH: Final = 0.01
_PART: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Faint:
    """Faint pairs, as rows of a table, with the chance of each.

    Args:
        left, right: candidates, tens of millions of them. of: the pattern of each.
        chance: of each pattern; 0 where it ties, or is too faint for that.
        others: rows of pairs drawn from all that are no candidates, with the number of true pairs
            that each stands for.
        expected: how many true pairs each table of parameters expects among all of them; the
            first table is as trained.
        lists: the collection of each row, by number. sole: the collection that names nobody twice.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    of: NDArray[np.int32]
    chance: NDArray[np.float32]
    others: tuple[Rows, Rows, Floats]
    expected: Floats
    lists: NDArray[np.int32]
    sole: NDArray[np.int32]


def with_faint(
    doubt: Doubt,
    ids: Sequence[str],
    faint: Faint,
    person: Mapping[str, int],
    seed: int,
    *,
    at_once: int = _PART,
) -> Doubt:
    """Add the faint pairs to a doubt.

    Args:
        ids: of the rows. person: the likeliest person of each mention in doubt.
        at_once: so many pairs are held beside each other to find those of the same two persons.
    """
    number = _persons(ids, person)
    best = _of_persons(faint, number, at_once)
    left, right, chance = _chosen(faint, number, best, np.random.default_rng(seed))
    row_of = {id_: row for row, id_ in enumerate(ids)}
    known = np.fromiter(map(row_of.__getitem__, doubt.ids), np.int64, len(doubt.ids))
    del row_of
    place = np.full(len(ids), -1, dtype=np.int32)
    place[known] = np.arange(len(known))
    added = np.unique(np.concatenate([left, right]))
    added = added[place[added] < 0]
    place[added] = len(known) + np.arange(len(added))
    return dataclasses.replace(
        doubt,
        ids=(*doubt.ids, *(ids[row] for row in added.tolist())),
        faint_left=place[left],
        faint_right=place[right],
        faint=chance.astype(np.float32),
        scale=faint.expected / max(float(faint.expected[1:].mean()), 1e-12),
        sole=faint.sole[np.concatenate([known, added])].astype(np.int32),
    )


def _persons(ids: Sequence[str], person: Mapping[str, int]) -> NDArray[np.int32]:
    """Number the likeliest person of each row; one in no doubt is a person of its own."""
    numbers = (person.get(id_, -1 - at) for at, id_ in enumerate(ids))
    return np.fromiter(numbers, np.int32, len(ids))


def _chosen(
    faint: Faint, number: NDArray[np.int32], best: NDArray[np.int32], rng: np.random.Generator
) -> tuple[Rows, Rows, Floats]:
    """Give the pairs that are kept; of too many, as many drawn by their chances as are kept.

    Args:
        number: the likeliest person of each row. best: the likeliest pair of each two.
    """
    others, other_ends, other_chance = _of_others(faint, number, rng)
    chance = np.concatenate([faint.chance[faint.of[best]].astype(np.float64), other_chance])
    kept = np.arange(len(chance))
    if len(chance) > _MOST:
        total = np.cumsum(chance, out=chance)
        kept = np.searchsorted(total, rng.random(_MOST) * total[-1], side="right")
        chance = np.full(_MOST, total[-1] / _MOST)
    first, last = kept[kept < len(best)], kept[kept >= len(best)] - len(best)
    left = np.concatenate([faint.left[best[first]], others[last]])
    right = np.concatenate([faint.right[best[first]], other_ends[last]])
    return left, right, chance


def _of_persons(faint: Faint, number: NDArray[np.int32], at_once: int) -> NDArray[np.int32]:
    """Find the likeliest pair of each two persons, some persons at a time."""
    asked = (faint.chance > _LEAST)[faint.of]
    asked &= number[faint.left] != number[faint.right]
    asked &= faint.sole[faint.left] != faint.sole[faint.right]
    pairs = np.flatnonzero(asked).astype(np.int32)
    del asked
    one = np.minimum(number[faint.left[pairs]], number[faint.right[pairs]])
    parts = max(1, len(pairs) // at_once)
    edges = np.unique(np.quantile(one[:: 1 + len(one) // 100_000], np.arange(1, parts) / parts))
    found = [
        pairs[within][_likeliest(faint, number, pairs[within])]
        for within in _between(one, np.concatenate([[-np.inf], edges, [np.inf]]))
    ]
    return np.concatenate(found)


def _between(values: NDArray[np.int32], edges: Floats) -> Iterator[NDArray[np.bool_]]:
    for first, end in pairwise(edges):
        yield (values >= first) & (values < end)


def _likeliest(
    faint: Faint, number: NDArray[np.int32], pairs: NDArray[np.int32]
) -> NDArray[np.intp]:
    """Find the likeliest of each two persons among these pairs."""
    one, two = number[faint.left[pairs]], number[faint.right[pairs]]
    ends = np.minimum(one, two).astype(np.int64)
    ends <<= 32
    ends |= np.maximum(one, two).view(np.uint32)
    order = np.lexsort((-faint.chance[faint.of[pairs]], ends))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.diff(ends[order]) != 0
    return order[first]


def _of_others(
    faint: Faint, number: NDArray[np.int32], rng: np.random.Generator
) -> tuple[Rows, Rows, Floats]:
    """Let mentions of the same collections stand for the pairs that no key brought together."""
    left, right, true = faint.others
    if not len(left):
        return left, right, true
    _, of, sizes = np.unique(number, return_inverse=True, return_counts=True)
    size = sizes[of]
    expected = true / (size[left] * size[right])
    total = float(expected.sum())
    count = min(int(np.ceil(total / _EACH)), _MOST)
    if not count:
        return left[:0], right[:0], true[:0]
    chosen = rng.choice(len(left), count, p=expected / total)
    ends = [_another(faint.lists, side[chosen], rng) for side in (left, right)]
    apart = (number[ends[0]] != number[ends[1]]) & (faint.sole[ends[0]] != faint.sole[ends[1]])
    return ends[0][apart], ends[1][apart], np.full(int(apart.sum()), total / max(apart.sum(), 1))


def _another(lists: NDArray[np.int32], rows: Rows, rng: np.random.Generator) -> Rows:
    """Give for each row another of the same collection, by chance."""
    order = np.argsort(lists, kind="stable")
    starts = np.searchsorted(lists[order], lists[rows], side="left")
    ends = np.searchsorted(lists[order], lists[rows], side="right")
    return order[starts + (rng.random(len(rows)) * (ends - starts)).astype(np.int64)]


def join_faint(
    doubt: Doubt,
    labels: NDArray[np.int32],
    apart: Sequence[tuple[int, int]],
    table: NDArray[np.int64],
    seed: int,
) -> None:
    """Join faint pairs by chance in each draw, in place.

    Args:
        labels: draws x mentions; the first len(doubt.ids) are the doubt's.
        apart: places of mentions judged different. table: of the parameters, of each draw.
    """
    if not len(doubt.faint):
        return
    keys = _keys(doubt, seed)
    for number, (row, own) in enumerate(zip(labels, table, strict=True)):
        chance = np.minimum(doubt.faint * doubt.scale[own], 1.0)
        for at in np.flatnonzero(_by_chance(keys, number) < chance):
            one, two = row[doubt.faint_left[at]], row[doubt.faint_right[at]]
            joined = (row == one) | (row == two)
            if one != two and not _clash(doubt, joined, apart):
                row[joined] = one


def _keys(doubt: Doubt, seed: int) -> NDArray[np.uint64]:
    """Give each faint pair a key of its own, from its ids: its lot does not hang on other pairs."""
    ends = (doubt.faint_left.tolist(), doubt.faint_right.tolist())
    texts = (f"{seed} {doubt.ids[a]} {doubt.ids[b]}" for a, b in zip(*ends, strict=True))
    lots = (zlib.crc32(text.encode()) for text in texts)
    return np.fromiter(lots, dtype=np.uint64, count=len(doubt.faint))


def _by_chance(keys: NDArray[np.uint64], number: int) -> Floats:
    """Give each key a number from 0 to 1, another in each draw.

    Source: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    """
    mixed = keys + np.uint64((number + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((mixed ^ (mixed >> np.uint64(31))) / 2.0**64, dtype=np.float64)


def _clash(doubt: Doubt, joined: NDArray[np.bool_], apart: Sequence[tuple[int, int]]) -> bool:
    """Say whether these would be one person against a judgement, or twice on a list that says it
    names nobody twice."""
    own = doubt.sole[joined[: len(doubt.sole)]]
    return len(np.unique(own)) < len(own) or any(joined[a] and joined[b] for a, b in apart)
