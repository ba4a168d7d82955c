"""Names of many mentions as arrays: each distinct text is read once, each distinct word once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah import names
from dadkhah.names.table import KIND_NUMBER

__all__ = ["Letters", "Wording", "letters_of", "read_wording", "select_words"]

_ASIDE: Final = [
    KIND_NUMBER[kind] for kind in ("title", "honorific", "patronymic", "kunya", "nom_de_guerre")
]
_OTHERWISE: Final = [KIND_NUMBER[kind] for kind in ("patronymic", "kunya", "nom_de_guerre")]
_GIVEN: Final = [KIND_NUMBER["given"], KIND_NUMBER["initial"]]
_ALONE, _FIRST, _LAST = (KIND_NUMBER["unknown"], KIND_NUMBER["given"], KIND_NUMBER["family"])
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Texts of a-z as one run of bytes: text n is codes[start[n]] to codes[start[n + 1]]."""

    codes: NDArray[np.uint8]
    start: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a column of names.

    `row` leads from a mention to its name among the distinct ones, `of` from a word to its name;
    `core` marks the words that tell one person from another, styles aside.
    """

    row: NDArray[np.int64]
    words: names.NameWords
    of: NDArray[np.int64]
    core: Mask

    @property
    def named(self) -> Mask:
        """Mark the mentions whose name has a word."""
        return np.asarray(np.diff(self.words.start)[self.row] > 0, dtype=np.bool_)

    @property
    def by_another(self) -> Mask:
        """Mark the words by which somebody is named otherwise than by given and family name."""
        return np.isin(self.words.kind, _OTHERWISE)

    @property
    def first(self) -> Mask:
        """Mark the words of the given name, or the first word where none is known to be one."""
        given = self.core & np.isin(self.words.kind, _GIVEN)
        without = np.bincount(self.of[given], minlength=len(self.words.start) - 1) == 0
        opens = np.flatnonzero(self.core)
        opens = opens[np.unique(self.of[opens], return_index=True)[1]]
        given[opens[without[self.of[opens]]]] = True
        return given

    @property
    def last(self) -> Mask:
        """Mark the last word that names the person."""
        closes = np.flatnonzero(self.core)[::-1]
        marked = np.zeros(len(self.of), dtype=np.bool_)
        marked[closes[np.unique(self.of[closes], return_index=True)[1]]] = True
        return marked


def read_wording(column: pl.Series) -> Wording:
    """Read a column of names; a text that is empty or names nobody has no words."""
    texts = column.fill_null("").alias("text")
    distinct = texts.unique(maintain_order=True)
    row = texts.to_frame().join(
        distinct.to_frame().with_row_index("at"), on="text", how="left", maintain_order="left"
    )["at"]
    words = names.words_of(distinct.to_list())
    of = np.repeat(np.arange(len(distinct)), np.diff(words.start))
    aside = np.isin(words.kind, _ASIDE)
    told = np.bincount(of[~aside], minlength=len(distinct)) > 0
    return Wording(row=row.cast(pl.Int64).to_numpy(), words=words, of=of, core=~aside | ~told[of])


def select_words(wording: Wording, kept: Mask) -> tuple[names.NameWords, NDArray[np.int64]]:
    """Give the marked words of each name as names of their own, each distinct one once.

    A word alone is of no known kind; of several the last is a family name.

    Returns:
        The names, and which of them each mention has.
    """
    count = len(wording.words.start) - 1
    sizes = np.bincount(wording.of[kept], minlength=count)
    start = np.concatenate([[0], np.cumsum(sizes)])
    word = wording.words.word[kept]
    code = np.zeros(count, dtype=np.uint64)
    for place in range(int(sizes.max(initial=0))):
        has = np.flatnonzero(sizes > place)
        mixed = code[has] * np.uint64(0x9E3779B97F4A7C15)
        mixed += word[start[has] + place].astype(np.uint64) + np.uint64(1)
        code[has] = mixed ^ (mixed >> np.uint64(31))
    _, example, number = np.unique(code, return_index=True, return_inverse=True)
    chosen = sizes[example]
    begin = np.concatenate([[0], np.cumsum(chosen)]).astype(np.int64)
    at = np.arange(begin[-1]) + np.repeat(start[example] - begin[:-1], chosen)
    kind = np.where(np.repeat(chosen, chosen) == 1, _ALONE, _FIRST).astype(np.int8)
    ends = begin[1:][chosen > 1] - 1
    kind[ends] = _LAST
    words = names.NameWords(folds=wording.words.folds, word=word[at], kind=kind, start=begin)
    return words, number[wording.row]


def letters_of(texts: Sequence[str]) -> Letters:
    """Lay plain texts of a-z beside each other."""
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = "".join(texts).encode("ascii", errors="replace")
    return Letters(
        codes=np.frombuffer(codes, dtype=np.uint8),
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )
