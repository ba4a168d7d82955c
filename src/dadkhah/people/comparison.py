"""What two mentions say of the same things, field by field, as levels: the higher, the closer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from dadkhah import names, text
from dadkhah.people.fields import UNSAID
from dadkhah.people.intervals import birth_levels, days, death_levels
from dadkhah.people.name_words import core_words, given_name, last_word
from dadkhah.people.other_fields import Other, compare_other, encode_others
from dadkhah.people.places import compare_places
from dadkhah.people.settings import Progress

__all__ = ["compare_pairs", "encode_mentions"]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
_NAME_SCORES: Final = (0.05, 0.3, 0.7, 0.95)
# In nats: how much worse than two equal writings of the name.
_EQUAL_GAP: Final = 1.5
_WORD_STEPS: Final = (8.0, 4.0, _EQUAL_GAP)
# People who would bear a name by chance alone.
_COMMON, _LESS_COMMON = 1.0, 0.1
_ALIKE: Final = 2
_LONG_SKELETON: Final = 6
_CHUNK: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts of mentions, each distinct one once: `row` leads from a mention to its text.

    `own` is each text's score against itself, `consonants` its skeleton, `in_any_order` the same
    with its words sorted.
    """

    row: NDArray[np.int64]
    table: names.NameTable
    own: NDArray[np.float64]
    consonants: NDArray[np.object_]
    in_any_order: NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The table as arrays that pairs of rows are read from."""

    names: Words
    fathers: Words
    givens: Words
    lasts: Words
    has_father: NDArray[np.bool_]
    namesakes: NDArray[np.float64]
    birth: tuple[NDArray[np.int64], NDArray[np.int64]]
    death: tuple[NDArray[np.int64], NDArray[np.int64]]
    place: NDArray[np.int64]
    places: tuple[str, ...]
    affiliation: NDArray[np.int64]
    script: NDArray[np.int64]
    sex: NDArray[np.int64]
    others: Mapping[str, Other]


def encode_mentions(table: pl.DataFrame) -> Encoded:
    """Encode each mention once, so that pairs are compared by arrays."""
    written = table["name"].fill_null("").to_list()
    fathers = table["father"].fill_null("").to_list()
    place_names = table["place"].to_list()
    return Encoded(
        names=_encode_words(written),
        fathers=_encode_words(fathers),
        givens=_encode_words([given_name(name) for name in written]),
        lasts=_encode_words([last_word(name) for name in written]),
        has_father=table["father"].is_not_null().to_numpy(),
        namesakes=_namesakes(written, table["unidentified"].to_list()),
        birth=(days(table["birth_earliest"]), days(table["birth_latest"])),
        death=(days(table["death_earliest"]), days(table["death_latest"])),
        place=_codes(place_names),
        places=tuple(dict.fromkeys(name for name in place_names if name)),
        affiliation=_codes([names.fold(t) if t else None for t in table["affiliation"].to_list()]),
        script=_codes([text.script(t) if t else None for t in table["affiliation"].to_list()]),
        sex=_codes(table["sex"].to_list()),
        others=encode_others(table),
    )


def _encode_words(texts: Sequence[str]) -> Words:
    number = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    table = names.encode(list(number))
    consonants = ["".join(core_words(each)) for each in number]
    return Words(
        row=np.array([number[text] for text in texts], dtype=np.int64),
        table=table,
        own=_self_scores(table),
        consonants=np.array(consonants, dtype=object),
        in_any_order=np.array(["".join(sorted(core_words(each))) for each in number], dtype=object),
    )


def compare_pairs(
    encoded: Encoded, left: Rows, right: Rows, progress: Progress | None = None
) -> dict[str, Levels]:
    """Compare pairs of rows field by field.

    Returns:
        For each field one level per pair; -1 where either side says nothing.
    """
    parts: list[dict[str, Levels]] = []
    for start in range(0, max(len(left), 1), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        parts.append(_compare(encoded, left[chunk], right[chunk]))
        if progress:
            progress("compare", min(1.0, (start + _CHUNK) / max(len(left), 1)))
    return {field: np.concatenate([part[field] for part in parts]) for field in parts[0]}


def _compare(e: Encoded, left: Rows, right: Rows) -> dict[str, Levels]:
    name = _name_levels(e, left, right)
    return {
        "name": name,
        "rarity": _rarity_levels(e, left, right, name),
        "given": _given_levels(e, left, right, name),
        "father": _father_levels(e, left, right),
        "birth": birth_levels(e.birth, left, right),
        "death": death_levels(e.death, left, right),
        "place": _place_levels(e, left, right),
        "affiliation": _affiliation_levels(e, left, right),
        "sex": _equal_levels(e.sex, left, right),
        **{name: compare_other(other, left, right) for name, other in e.others.items()},
    }


def _logit(score: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    inside = np.clip(score.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside))


def _self_scores(table: names.NameTable) -> NDArray[np.float64]:
    """Score each name against itself: the most that its letters can say."""
    rows = np.arange(len(table), dtype=np.int64)
    return _logit(names.score_pairs(table, rows, table, rows))


def _score_and_gap(
    words: Words, others: Words, left: Rows, right: Rows
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Score pairs of texts, and say how much worse than equal they score, in nats.

    A short name says little even when it is equal; the gap asks only whether the two differ, and
    rarity is weighed apart, from the case's own frequencies.
    """
    a, b = words.row[left], others.row[right]
    score = names.score_pairs(words.table, a, others.table, b)
    return score, np.minimum(words.own[a], others.own[b]) - _logit(score)


def _name_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    """Grade the scores of names; long skeletons but one consonant alike are never quite unlike."""
    score, gap = _score_and_gap(e.names, e.names, left, right)
    levels = np.digitize(score, _NAME_SCORES)
    a, b = (e.names.in_any_order[e.names.row[rows]] for rows in (left, right))
    slips = cpdist(a, b, scorer=Levenshtein.distance, score_cutoff=1)
    long = np.array([len(each) >= _LONG_SKELETON for each in e.names.in_any_order])
    alike = (slips <= 1) & long[e.names.row[left]] & long[e.names.row[right]]
    levels = np.where(alike, np.maximum(levels, _ALIKE), levels)
    return np.where(gap <= _EQUAL_GAP, len(_NAME_SCORES) + 1, levels).astype(np.int8)


def _steps(gap: NDArray[np.float64], steps: Sequence[float]) -> Levels:
    return np.digitize(-gap, [-step for step in steps]).astype(np.int8)


def _rarity_levels(e: Encoded, left: Rows, right: Rows, name: Levels) -> Levels:
    """Rarity is asked only of names that are alike: between two names it means nothing."""
    namesakes = np.maximum(e.namesakes[left], e.namesakes[right])
    rarity = (namesakes <= _COMMON).astype(np.int8) + (namesakes <= _LESS_COMMON)
    return np.where(name >= _ALIKE, rarity, UNSAID).astype(np.int8)


def _given_levels(e: Encoded, left: Rows, right: Rows, name: Levels) -> Levels:
    """The given name is asked again of names that are alike: it is what tells siblings apart.

    A list may put the family name first, so a given name may also meet the other's last word.
    """
    asked = name >= _ALIKE
    levels = _word_levels(e.givens, e.givens, left, right, asked)
    crossed = _word_levels(e.givens, e.lasts, left, right, asked)
    turned = _word_levels(e.lasts, e.givens, left, right, asked)
    return np.maximum(levels, np.maximum(crossed, turned))


def _father_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    both = e.has_father[left] & e.has_father[right]
    return _word_levels(e.fathers, e.fathers, left, right, both)


def _word_levels(
    words: Words, others: Words, left: Rows, right: Rows, asked: NDArray[np.bool_]
) -> Levels:
    """Compare one or two words of a name, where asked; consonants but one alike are doubtful."""
    levels = np.full(len(left), UNSAID, dtype=np.int8)
    a, b = left[asked], right[asked]
    _, gap = _score_and_gap(words, others, a, b)
    slips = cpdist(
        words.consonants[words.row[a]],
        others.consonants[others.row[b]],
        scorer=Levenshtein.distance,
    )
    found = _steps(gap, _WORD_STEPS)
    levels[asked] = np.where((found == 0) & (slips <= 1), 1, found)
    return levels


def _namesakes(written: Sequence[str], unidentified: Sequence[bool]) -> NDArray[np.float64]:
    """Say how many mentions would bear each name by chance, if its words were independent."""
    words = [
        () if skip else core_words(name) for name, skip in zip(written, unidentified, strict=True)
    ]
    counts = Counter(word for each in words for word in set(each))
    total = max(1, sum(1 for each in words if each))
    log_share = {word: np.log(count / total) for word, count in counts.items()}
    return np.array([total * np.exp(sum(log_share[w] for w in set(each))) for each in words])


def _place_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    """Compare each distinct pair of places once: there are few places and many pairs."""
    a, b = e.place[left], e.place[right]
    levels = np.full(len(left), UNSAID, dtype=np.int8)
    said = (a >= 0) & (b >= 0)
    width = len(e.places) + 1
    code, inverse = np.unique(a[said] * width + b[said], return_inverse=True)
    found = [compare_places(e.places[int(c) // width], e.places[int(c) % width]) for c in code]
    levels[said] = np.array(found, dtype=np.int8)[inverse]
    return levels


def _codes(values: Sequence[str | None]) -> NDArray[np.int64]:
    number: dict[str, int] = {}
    return np.array(
        [UNSAID if not each else number.setdefault(each, len(number)) for each in values], np.int64
    )


def _equal_levels(codes: NDArray[np.int64], left: Rows, right: Rows) -> Levels:
    a, b = codes[left], codes[right]
    return np.where((a >= 0) & (b >= 0), (a == b).astype(np.int8), UNSAID).astype(np.int8)


def _affiliation_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    """Names of groups in two scripts are not compared: a translation is not a spelling."""
    levels = _equal_levels(e.affiliation, left, right)
    return np.where(e.script[left] == e.script[right], levels, UNSAID).astype(np.int8)
