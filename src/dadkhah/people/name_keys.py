"""What the name of each mention says, as lists of hashes: words, pairs, slips, beginnings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.names.skeleton import fine_skeletons, skeletons
from dadkhah.people.key_kernels import lists_of, pairs_within, parts_within, slips, swap
from dadkhah.people.lists import Lists, joined
from dadkhah.people.wording import Wording, letters_of

__all__ = ["ByName", "lists_by_name"]

_SHORTEST_SLIP: Final = 5
_SHORTEST_SWAP: Final = 3
_BEGINNING: Final = 2
_OPENING: Final = 3
Hashes = NDArray[np.uint64]
Found = tuple[NDArray[np.int64], Hashes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    """Lists of each mention.

    `words` by their consonants and `begins` by the first two of them; `pairs` of words, `letters`
    pairs of words letter by letter; `parts` a word and the beginning of another, `parts_by_end`
    and its end, `letters_parts` both letter by letter; `whole` the name run together, `slips`
    that but for one consonant, `swapped` its consonants in any order.
    """

    words: Lists
    begins: Lists
    pairs: Lists
    letters: Lists
    parts: Lists
    parts_by_end: Lists
    letters_parts: tuple[Lists, Lists]
    whole: Lists
    slips: Lists
    swapped: Lists


def lists_by_name(wording: Wording, told: NDArray[np.bool_]) -> ByName:
    """Make the lists of all mentions; one that is not `told` has none."""
    folds = wording.words.folds
    fine = [fine_skeletons(fold) for fold in folds]
    coarse = letters_of([skeletons(fold)[0] for fold in folds])
    words = _hashed([each[0] for each in fine])
    begins = _hashed([each[0][:_BEGINNING] for each in fine])
    plain = _hashed(list(folds))
    opens = _hashed([fold[:_OPENING] for fold in folds])
    closes = _hashed([fold[-_OPENING:] for fold in folds])
    ends = _hashed([each[0][-_BEGINNING:] for each in fine])
    core = _Words(wording, wording.core & (words != 0)[wording.words.word], told)
    every = _Words(wording, wording.core, told)
    has_style = np.bincount(wording.of[~wording.core], minlength=len(wording.words.start)) > 0
    styled = _Words(wording, has_style[wording.of], told)
    slipped = (
        slips(each.start, each.word, coarse.codes, coarse.start, _SHORTEST_SLIP)
        for each in (every, styled)
    )
    readings = (letters_of([each[place] for each in fine]) for place in (0, -1))
    run_together = (swap(every.start, every.word, r.codes, r.start, 1) for r in readings)
    swapped = swap(every.start, every.word, coarse.codes, coarse.start, _SHORTEST_SWAP)
    return ByName(
        words=core.spread(core.start, words[core.word]),
        begins=core.spread(core.start, begins[core.word]),
        pairs=core.spread(*pairs_within(core.start, words[core.word])),
        letters=every.spread(*pairs_within(every.start, plain[every.word])),
        parts_by_end=core.spread(*parts_within(core.start, words[core.word], ends[core.word])),
        letters_parts=every.both(plain, opens, closes),
        parts=core.spread(*parts_within(core.start, words[core.word], begins[core.word])),
        whole=_joined(every, run_together),
        slips=_joined(every, slipped),
        swapped=every.spread(*swapped),
    )


class _Words:
    """Some words of each distinct name, and how the mentions have them."""

    def __init__(self, wording: Wording, kept: NDArray[np.bool_], told: NDArray[np.bool_]) -> None:
        count = len(wording.words.start) - 1
        sizes = np.bincount(wording.of[kept], minlength=count)
        self.start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.word = wording.words.word[kept]
        self.row = np.where(told, wording.row, count)

    def spread(self, start: NDArray[np.int64], hashes: NDArray[np.uint64]) -> Lists:
        """Give each mention what its name has; one that is not told has an empty name."""
        ended = np.append(start, start[-1])
        begins, found = lists_of(self.row, ended, hashes)
        return Lists(start=begins, hashes=found)

    def both(self, word: Hashes, opens: Hashes, closes: Hashes) -> tuple[Lists, Lists]:
        """Join each word with the beginning, and with the end, of each other one."""
        return (
            self.spread(*parts_within(self.start, word[self.word], opens[self.word])),
            self.spread(*parts_within(self.start, word[self.word], closes[self.word])),
        )


def _hashed(texts: list[str]) -> NDArray[np.uint64]:
    """Hash texts; an empty one says nothing."""
    column = pl.Series(texts, dtype=pl.String)
    hashes = column.hash(seed=0).to_numpy().copy()
    hashes[(column == "").to_numpy()] = 0
    return hashes


def _joined(words: _Words, found: Iterable[Found]) -> Lists:
    lists = [Lists(start=start, hashes=hashes) for start, hashes in found]
    both = joined(*lists, count=len(words.start) - 1)
    return words.spread(both.start, both.hashes)
