"""Words that two lists misspell alike of one person: what is copied brings its mistakes along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl
from rapidfuzz.distance import OSA

__all__ = ["misspelt_alike"]

_CELLS: Final = ("name", "father", "place")
SHORTEST: Final = 4
MOST_IN_A_LIST: Final = 2
USUAL: Final = 3
Words = Mapping[str, frozenset[str]]


def misspelt_alike(best: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Find the matched entries of two lists that misspell a word alike.

    1. The word stands in these two lists alone, at most twice in each.
    2. It is one slip (a letter more, less, other, or two swapped) from a word that stands at least
       three times in the case: rare, so that it may still be the right name.
    3. Where an account of the same person on a third list has that usual word, it is `told`:
       two lists share what one of them got wrong.

    Args:
        best: left, right: the likeliest counterparts, in both directions.
        rows: id, collection and the cells of the mentions.

    Returns:
        left, right, and whether it is `told`; one row per such pair of entries.
    """
    words = _words(rows)
    shared = _shared_odd_words(best, words, _odd(words))
    usual = _Near(_often(words))
    near = {word: usual.to(word) for word in shared["word"].unique()}
    shared = shared.filter(
        pl.Series([bool(near[word]) for word in shared["word"]], dtype=pl.Boolean)
    )
    thirds = _third_accounts(best, shared)
    said = _said(words, {each for others in thirds.values() for each in others})
    told = [
        any(near[word] & said.get(third, frozenset()) for third in thirds[left, right])
        for left, right, word in shared.select("left", "right", "word").iter_rows()
    ]
    found = shared.with_columns(told=pl.Series(told, dtype=pl.Boolean))
    return found.group_by("left", "right", maintain_order=True).agg(pl.col("told").any())


def _words(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each word of each mention once: id, collection, word."""
    cells = [
        rows.select("id", "collection", word=pl.col(cell).str.to_lowercase()).drop_nulls()
        for cell in _CELLS
    ]
    parted = pl.concat(cells).with_columns(pl.col("word").str.extract_all(r"\w+")).explode("word")
    return parted.filter(pl.col("word").str.len_chars() >= SHORTEST).unique(maintain_order=True)


def _odd(words: pl.DataFrame) -> pl.Series:
    counts = words.group_by("word", "collection").len()
    lists = counts.group_by("word").agg(lists=pl.len(), most=pl.col("len").max())
    odd = lists.filter((pl.col("lists") == 2) & (pl.col("most") <= MOST_IN_A_LIST))
    return odd["word"]


def _often(words: pl.DataFrame) -> Iterable[str]:
    counts = words["word"].value_counts()
    return counts.filter(pl.col("count") >= USUAL)["word"].to_list()


def _shared_odd_words(best: pl.DataFrame, words: pl.DataFrame, odd: pl.Series) -> pl.DataFrame:
    """Give left, right and the odd word that both have."""
    own = words.filter(pl.col("word").is_in(odd.to_list())).select("id", "word")
    pairs = best.select("left", "right")
    return pairs.join(own, left_on="left", right_on="id").join(
        own, left_on=["right", "word"], right_on=["id", "word"]
    )


def _third_accounts(
    best: pl.DataFrame, shared: pl.DataFrame
) -> dict[tuple[str, str], frozenset[str]]:
    """Give of each pair the accounts of the person that other lists have."""
    ends = pl.concat([shared["left"], shared["right"]]).unique()
    other: dict[str, set[str]] = defaultdict(set)
    found = best.filter(pl.col("left").is_in(ends.to_list())).select("left", "right")
    for left, right in found.iter_rows():
        other[left].add(right)
    pairs = shared.select("left", "right").unique().iter_rows()
    return {(a, b): frozenset((other[a] | other[b]) - {a, b}) for a, b in pairs}


def _said(words: pl.DataFrame, mentions: set[str]) -> Words:
    own = words.filter(pl.col("id").is_in(list(mentions))).group_by("id").agg("word")
    return {mention: frozenset(said) for mention, said in own.iter_rows()}


class _Near:
    """Words, found again by one that is a slip away, through what is left without a letter."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for part in _without_a_letter(word):
                self.words[part].add(word)

    def to(self, word: str) -> frozenset[str]:
        """Give the words that are one slip away."""
        parts = _without_a_letter(word)
        near = {each for part in parts for each in self.words.get(part, ())}
        return frozenset(each for each in near if OSA.distance(word, each, score_cutoff=1) == 1)


def _without_a_letter(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
