"""What all pairs show, those of the same two persons counted as one.

Each of two persons with four accounts meets each of the other's: sixteen pairs, which are alike or
unlike together. Taken for sixteen, two strangers who share a day, a town and a father's name would
teach that names of one person are often unlike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from dadkhah.people.compared import Compared, lists_of
from dadkhah.people.doubt import connect
from dadkhah.people.sampling import Others

__all__ = ["Seen", "see_pairs"]

Floats = NDArray[np.float64]
Levels = Mapping[str, NDArray[np.int8]]
Rows = NDArray[np.integer]
# Pairs from this probability on make the persons between whom pairs count as one.
_SURE: Final = 0.7
_PART: Final = 1_000_000
# A list of at least so many people, so large a share of whom another list has, counts as its copy.
_FEWEST: Final = 20
_CONTAINED: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What all pairs show.

    Args:
        levels: of distinct patterns. pairs: how many show each, those of two persons as one.
        mentions: how many name somebody, without those of lists that another list contains.
            persons: about how many they are; alone: how many of these one mention names.
        lists: a row for each list of theirs: its mentions, the persons it names, and 1 where it
            says that it names nobody twice.
        apart: how many candidates show each of the first patterns, both ends among these mentions.
    """

    levels: Levels
    pairs: Floats
    mentions: int
    persons: int
    alone: int
    lists: Floats
    apart: Floats

    @property
    def joins(self) -> int:
        """By how many the mentions outnumber the persons."""
        return max(self.mentions - self.persons, 1)


def see_pairs(
    compared: Compared,
    probability: Floats,
    sample: Others,
    background: Levels,
    beyond_of: Rows,
) -> Seen:
    """Count the pairs of each pattern.

    Args:
        probability: of each pattern of the candidates.
        sample: pairs that are none; background: their patterns, beyond_of: that of each.
    """
    patterns, ends = compared.patterns, compared.candidates
    sure = np.flatnonzero((probability >= _SURE)[patterns.of])
    person = connect(compared.table.height, ends.left[sure], ends.right[sure])
    size = np.bincount(person).astype(np.float64)
    lists = lists_of(compared.table)
    own = _own(lists, person)
    count, apart = np.zeros(len(probability)), np.zeros(len(probability))
    for start in range(0, len(patterns.of), _PART):
        part = slice(start, start + _PART)
        share = _shares(person, size, ends.left[part], ends.right[part])
        of = patterns.of[part]
        count += np.bincount(of, weights=share, minlength=len(count))
        told = own[ends.left[part]] & own[ends.right[part]]
        apart += np.bincount(of[told], minlength=len(count))
    missing = max(sample.total - len(patterns.of), 0.0) / max(len(beyond_of), 1)
    others = np.bincount(beyond_of, weights=_shares(person, size, *sample.pairs) * missing)
    named = np.bincount(person[own])
    return Seen(
        levels={name: np.concatenate([patterns.levels[name], background[name]])
                for name in background},
        pairs=np.concatenate([count, others]),
        mentions=int(named.sum()),
        persons=int((named > 0).sum()),
        alone=int((named == 1).sum()),
        lists=_count_lists(lists[own], person[own], compared.sole[own]),
        apart=apart,
    )  # fmt: skip


def _count_lists(
    lists: NDArray[np.int32], person: NDArray[np.int32], sole: NDArray[np.int32]
) -> Floats:
    """Count the mentions of each list and the persons it names, and say whether it repeats none."""
    mentions = np.bincount(lists)
    width = int(person.max(initial=0)) + 1
    persons = np.bincount(np.unique(lists.astype(np.int64) * width + person) // width)
    alone = np.bincount(lists, weights=sole >= 0) == mentions
    found = np.stack([mentions, persons, alone], axis=1).astype(np.float64)
    return np.asarray(found[mentions > 0], dtype=np.float64)


def _own(lists: NDArray[np.int32], person: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Mark the named mentions, without those of lists nearly all of whose people another has: what
    was copied is no second account (CR-12)."""
    named = lists >= 0
    codes = np.unique(lists[named].astype(np.int64) * (int(person.max()) + 1) + person[named])
    of, who = np.divmod(codes, int(person.max()) + 1)
    listed = coo_array((np.ones(len(of), np.int32), (who, of))).tocsr()
    size = np.bincount(of)
    both = (listed.T @ listed).tocoo()
    most, least = size[both.row], size[both.col]
    within = (both.row != both.col) & (both.data >= _CONTAINED * least) & (most >= least)
    copied = np.zeros(len(size), dtype=np.bool_)
    copied[both.col[within & (least >= _FEWEST)]] = True
    return named & ~copied[np.maximum(lists, 0)]


def _shares(person: NDArray[np.int32], size: Floats, left: Rows, right: Rows) -> Floats:
    """Give each pair its share of what its two persons show; within one, of a chain of accounts."""
    one, two = person[left], person[right]
    return np.where(one == two, 2 / size[one], 1 / (size[one] * size[two]))
