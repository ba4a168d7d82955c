"""Names of mentions as levels: the whole name, how rare it is, the given name, the father's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah import names
from dadkhah.names.skeleton import skeletons
from dadkhah.people.fields import UNSAID
from dadkhah.people.letters import (
    in_any_order,
    one_after_other,
    shared_worth,
    symbols_of,
    within_one,
)
from dadkhah.people.near_words import each_near
from dadkhah.people.wording import Letters, Wording, letters_of, read_wording, select_words

__all__ = [
    "NameWords",
    "Words",
    "encode_names",
    "father_levels",
    "given_levels",
    "grade_near",
    "name_levels",
    "rarity_levels",
    "words_of_fathers",
]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
_NAME_SCORES: Final = (0.01, 0.05, 0.3, 0.8)
# In nats: how much worse than two equal writings of the name.
_EQUAL_GAP: Final = 1.5
_WORD_STEPS: Final = (8.0, 4.0, _EQUAL_GAP)
# Mentions that would share the words by chance alone, in nats.
_BY_CHANCE: Final = tuple(math.log(each) for each in (100, 10, 1, 0.1, 0.01, 0.0001))
_ALIKE: Final = 2
_MUCH_ALIKE: Final = 4
_THE_SAME: Final = 5
_LOWEST: Final = 2
_UNLIKE_STEPS: Final = 6
_LONG_SKELETON: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts of mentions, each distinct one once: `row` leads from a mention to its text.

    `own` is each text's score against itself; `consonants` its skeleton.
    """

    row: NDArray[np.int64]
    table: names.NameTable
    own: NDArray[np.float64]
    consonants: Letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """The words of each distinct name, and how rare each is, in nats, among `total` mentions.

    `worth` is that of a word as written, `skeleton_worth` that of its consonants, whose number is
    `skeleton`.
    """

    start: NDArray[np.int64]
    word: NDArray[np.int32]
    skeleton: NDArray[np.int32]
    letters: Letters
    symbols: NDArray[np.uint8]
    begins: NDArray[np.int64]
    masks: NDArray[np.uint32]
    plain: NDArray[np.bool_]
    worth: NDArray[np.float32]
    skeleton_worth: NDArray[np.float32]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What two names share, pair by pair: what the words are worth, whether one name lies inside
    the other, and whether each has a word that the other has not."""

    worth: NDArray[np.float32]
    inside: NDArray[np.bool_]
    unlike: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """The names of mentions: whole, their given and last words, and how rare their words are.

    `in_any_order` are the consonants of each whole name, sorted by word.
    """

    whole: Words
    in_any_order: Letters
    givens: Words
    lasts: Words
    rarity: Rarity


def encode_names(wording: Wording, told: NDArray[np.bool_]) -> NameWords:
    """Encode the names of a table; only those that are told count as namesakes."""
    skeletons_of = [skeletons(fold)[0] for fold in wording.words.folds]
    letters = letters_of(skeletons_of)
    given, given_row = select_words(wording, wording.first)
    last, last_row = select_words(wording, wording.last)
    ranks = pl.Series(skeletons_of, dtype=pl.String).rank("dense").cast(pl.Int32).to_numpy()
    rarity = _rarity(wording, ranks, letters, told)
    return NameWords(
        whole=_encode(wording.words, wording.row, letters),
        in_any_order=in_any_order(rarity.start, rarity.word, ranks, letters),
        givens=_encode(given, given_row, letters),
        lasts=_encode(last, last_row, letters),
        rarity=rarity,
    )


def words_of_fathers(column: pl.Series) -> Words:
    """Encode the fathers' names of a table."""
    wording = read_wording(column)
    letters = letters_of([skeletons(fold)[0] for fold in wording.words.folds])
    return _encode(wording.words, wording.row, letters)


def _starts(wording: Wording, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    sizes = np.bincount(wording.of[kept], minlength=len(wording.words.start) - 1)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _encode(words: names.NameWords, row: NDArray[np.int64], letters: Letters) -> Words:
    table = names.encode(words)
    rows = np.arange(len(table), dtype=np.int64)
    return Words(
        row=row,
        table=table,
        own=_logit(names.score_pairs(table, rows, table, rows)),
        consonants=one_after_other(words.start, words.word, letters),
    )


def _rarity(
    wording: Wording, skeleton: NDArray[np.int32], letters: Letters, told: NDArray[np.bool_]
) -> Rarity:
    """Count the mentions that bear each word, and the consonants of each."""
    core = wording.core
    bearers = np.bincount(wording.row[told], minlength=len(wording.words.start) - 1)
    total = max(1, int(bearers[np.unique(wording.of[core])].sum()))
    word, weight = wording.words.word[core], bearers[wording.of[core]]
    counts = np.bincount(word, weights=weight, minlength=len(skeleton))
    by_skeleton = np.bincount(skeleton[word], weights=weight, minlength=skeleton.max(initial=0) + 1)
    symbols, begins, masks = symbols_of(wording.words.folds)
    rare, rare_skeleton = (
        -np.log(np.clip(each, 1, None) / (total + 1)).astype(np.float32)
        for each in (counts, by_skeleton)
    )
    return Rarity(
        symbols=symbols,
        begins=begins,
        masks=masks,
        plain=np.bincount(wording.of[wording.by_another], minlength=len(bearers)) == 0,
        start=_starts(wording, core),
        word=word,
        skeleton=skeleton,
        letters=letters,
        worth=rare,
        skeleton_worth=rare_skeleton[skeleton],
        total=total,
    )


def _logit(score: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    inside = np.clip(score.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside))


def _score_and_gap(
    words: Words, others: Words, a: Rows, b: Rows
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Score pairs of texts, and say how much worse than equal they score, in nats.

    A short name says little even when it is equal; the gap asks only whether the two differ, and
    rarity is weighed apart, from the case's own frequencies.
    """
    score = names.score_pairs(words.table, a, others.table, b)
    return score, np.minimum(words.own[a], others.own[b]) - _logit(score)


def name_levels(
    e: NameWords, left: Rows, right: Rows, inside: NDArray[np.bool_] | None = None
) -> Levels:
    """Grade the scores of names; long skeletons but one consonant alike are never quite unlike."""
    a, b = e.whole.row[left], e.whole.row[right]
    score, gap = _score_and_gap(e.whole, e.whole, a, b)
    levels = np.digitize(score, _NAME_SCORES)
    unlike = np.flatnonzero(levels < _ALIKE)
    sorted_letters = e.in_any_order
    alike = within_one(
        sorted_letters.codes, sorted_letters.start, a[unlike],
        sorted_letters.codes, sorted_letters.start, b[unlike], _LONG_SKELETON,
    )  # fmt: skip
    levels[unlike[alike]] = _ALIKE
    if inside is not None:
        levels[inside] = np.maximum(levels[inside], _ALIKE)
    return np.where(gap <= _EQUAL_GAP, len(_NAME_SCORES) + 1, levels).astype(np.int8)


def words_shared(e: NameWords, left: Rows, right: Rows) -> Shared:
    """Say what the words that two names share are worth, and how the names lie in each other."""
    r, row = e.rarity, e.whole.row
    worth, inside, unlike = shared_worth(
        r.start, r.word, r.skeleton, r.letters.codes, r.letters.start, r.worth, r.skeleton_worth,
        r.symbols, r.begins, r.masks, r.plain, row[left], row[right],
    )  # fmt: skip
    return Shared(worth=worth, inside=inside, unlike=unlike)


def rarity_levels(e: NameWords, shared: Shared, left: Rows, right: Rows, name: Levels) -> Levels:
    """Grade names by how alike they are and by how many would share their words by chance.

    The two are one level: of names that are alike by chance the shared words are common ones, so
    that neither may be weighed without the other. Of names that are not alike how rare a shared
    word is says nothing: relatives share theirs, and often a town and a day too.
    """
    steps = np.digitize(shared.worth - math.log(e.rarity.total), [-each for each in _BY_CHANCE])
    closeness = np.where(name >= _MUCH_ALIKE, 2, 1)
    closeness[shared.unlike & (name < _THE_SAME)] = 0
    alike = _UNLIKE_STEPS + steps + (len(_BY_CHANCE) + 1) * closeness
    given = e.givens.row[left] == e.givens.row[right]
    different = np.where(shared.worth > 0, np.where(given, 2, 1), 0)
    asked = np.flatnonzero(name == 0)
    near = grade_near(e, left[asked], right[asked])
    different[asked[near > 0]] = _LOWEST + near[near > 0]
    apart = np.where(name == 0, different, _UNLIKE_STEPS - 1)
    return np.asarray(np.where(name >= _ALIKE, alike, apart), dtype=np.int8)


def grade_near(e: NameWords, left: Rows, right: Rows) -> Levels:
    """Grade names whose words lie near each other: 2 where the shorter has two words at least, 1
    where it has but one, else 0."""
    r, row = e.rarity, e.whole.row
    return each_near(
        r.start, r.word, r.skeleton, r.letters.codes, r.letters.start,
        r.symbols, r.begins, r.masks, row[left], row[right],
    )  # fmt: skip


def given_levels(e: NameWords, left: Rows, right: Rows, name: Levels) -> Levels:
    """The given name is asked again of names that are alike: it is what tells siblings apart.

    A list may put the family name first, so a given name may also meet the other's last word.
    """
    asked = np.flatnonzero(name >= _ALIKE)
    levels = np.full(len(left), UNSAID, dtype=np.int8)
    a, b = left[asked], right[asked]
    found = _word_levels(e.givens, e.givens, a, b)
    for one, two in ((e.givens, e.lasts), (e.lasts, e.givens)):
        lower = np.flatnonzero(found < len(_WORD_STEPS))
        found[lower] = np.maximum(found[lower], _word_levels(one, two, a[lower], b[lower]))
    levels[asked] = found
    return levels


def father_levels(words: Words, left: Rows, right: Rows, both: NDArray[np.bool_]) -> Levels:
    """Compare fathers' names, where both sides say one."""
    levels = np.full(len(left), UNSAID, dtype=np.int8)
    levels[both] = _word_levels(words, words, left[both], right[both])
    return levels


def _word_levels(words: Words, others: Words, left: Rows, right: Rows) -> Levels:
    """Compare one or two words of a name; consonants but one alike are doubtful."""
    a, b = words.row[left], others.row[right]
    levels = np.full(len(left), len(_WORD_STEPS), dtype=np.int8)
    unlike = np.flatnonzero(a != b) if words is others else np.arange(len(left))
    a, b = a[unlike], b[unlike]
    _, gap = _score_and_gap(words, others, a, b)
    slips = within_one(
        words.consonants.codes, words.consonants.start, a,
        others.consonants.codes, others.consonants.start, b, 0,
    )  # fmt: skip
    found = _steps(gap, _WORD_STEPS)
    levels[unlike] = np.where((found == 0) & slips, 1, found)
    return levels


def _steps(gap: NDArray[np.float64], steps: Sequence[float]) -> Levels:
    return np.digitize(-gap, [-step for step in steps]).astype(np.int8)
