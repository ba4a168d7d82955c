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
from dadkhah.people.wording import Letters, Wording, letters_of

__all__ = ["ByName", "lists_by_name"]

_SHORTEST_SLIP: Final = 5
_SHORTEST_SWAP: Final = 3
_BEGINNING: Final = 2
_OPENING: Final = 3
Hashes = NDArray[np.uint64]
Found = tuple[NDArray[np.int64], Hashes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    """Lists of each mention, each made when it is asked for: together they fill the memory.

    `words` by their consonants and `begins` by the first two of them; `pairs` of words, `letters`
    pairs of words letter by letter; `parts` a word and the beginning of another, `parts_by_end`
    and its end, `letters_parts` and `letters_parts_by_end` both letter by letter; `whole` the name
    run together, `slips` that but for one consonant, `swapped` its consonants in any order.
    """

    core: _Words
    every: _Words
    styled: _Words
    sounds: _Hashed
    plain: _Hashed
    coarse: Letters
    readings: tuple[Letters, Letters]

    @property
    def words(self) -> Lists:
        return self.core.spread(self.core.start, self.sounds.whole[self.core.word])

    @property
    def begins(self) -> Lists:
        return self.core.spread(self.core.start, self.sounds.begins[self.core.word])

    @property
    def pairs(self) -> Lists:
        word = self.sounds.whole[self.core.word]
        return self.core.spread(*pairs_within(self.core.start, word))

    @property
    def letters(self) -> Lists:
        word = self.plain.whole[self.every.word]
        return self.every.spread(*pairs_within(self.every.start, word))

    @property
    def parts(self) -> Lists:
        return self.core.with_another(self.sounds.whole, self.sounds.begins)

    @property
    def parts_by_end(self) -> Lists:
        return self.core.with_another(self.sounds.whole, self.sounds.ends)

    @property
    def letters_parts(self) -> Lists:
        return self.every.with_another(self.plain.whole, self.plain.begins)

    @property
    def letters_parts_by_end(self) -> Lists:
        return self.every.with_another(self.plain.whole, self.plain.ends)

    @property
    def whole(self) -> Lists:
        found = (
            swap(self.every.start, self.every.word, each.codes, each.start, 1)
            for each in self.readings
        )
        return _joined(self.every, found)

    @property
    def slips(self) -> Lists:
        codes, start = self.coarse.codes, self.coarse.start
        found = (
            slips(each.start, each.word, codes, start, _SHORTEST_SLIP)
            for each in (self.every, self.styled)
        )
        return _joined(self.every, found)

    @property
    def swapped(self) -> Lists:
        codes, start = self.coarse.codes, self.coarse.start
        return self.every.spread(
            *swap(self.every.start, self.every.word, codes, start, _SHORTEST_SWAP)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hashed:
    """Hashes of words, of their beginnings and of their ends."""

    whole: Hashes
    begins: Hashes
    ends: Hashes


def lists_by_name(wording: Wording, told: NDArray[np.bool_]) -> ByName:
    """Read what the names of all mentions say; one that is not `told` has no lists."""
    folds = wording.words.folds
    fine = [fine_skeletons(fold) for fold in folds]
    sounds = _hashes([each[0] for each in fine], _BEGINNING)
    has_style = np.bincount(wording.of[~wording.core], minlength=len(wording.words.start)) > 0
    return ByName(
        core=_Words(wording, wording.core & (sounds.whole != 0)[wording.words.word], told),
        every=_Words(wording, wording.core, told),
        styled=_Words(wording, has_style[wording.of], told),
        sounds=sounds,
        plain=_hashes(list(folds), _OPENING),
        coarse=letters_of([skeletons(fold)[0] for fold in folds]),
        readings=(letters_of([each[0] for each in fine]), letters_of([each[-1] for each in fine])),
    )


def _hashes(texts: list[str], part: int) -> _Hashed:
    return _Hashed(
        whole=_hashed(texts),
        begins=_hashed([text[:part] for text in texts]),
        ends=_hashed([text[-part:] for text in texts]),
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

    def with_another(self, word: Hashes, part: Hashes) -> Lists:
        """Join each word with a part of each other one."""
        return self.spread(*parts_within(self.start, word[self.word], part[self.word]))


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
