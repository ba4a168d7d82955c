"""Distinct spellings as arrays: each is looked at once, however many names hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.names.initials import first_letters
from dadkhah.names.known import known_numbers
from dadkhah.names.symbols import SYMBOLS, symbols
from dadkhah.names.weights import weights

__all__ = ["Spellings", "classes_as_bits", "spell"]

# Classes of consonants that schools and copyists rarely cross. A run of symbols is summed up by
# how many of each class it has: three bits a class, one for each of the first three.
_CLASSES: Final = (
    ("b", "p", "ب", "پ"),
    ("d", "t", "ت", "د", "ط", "ة"),
    ("s", "z", "th", "dh", "ث", "ذ", "ز", "س", "ص", "ض", "ظ"),
    ("j", "c", "ch", "sh", "zh", "kh", "x", "ج", "چ", "ش", "ژ", "خ"),
    ("r", "ر"),
    ("f", "ف"),
    ("l", "ل"),
    ("m", "م"),
    ("n", "ن"),
    ("g", "k", "q", "gh", "گ", "ک", "ق", "غ"),
)
_BITS: Final = 3  # a class


@cache
def _class_of() -> NDArray[np.int8]:
    """Give the class of each symbol, -1 for none."""
    place = {symbol: at for at, group in enumerate(_CLASSES) for symbol in group}
    return np.array([place.get(symbol, -1) for symbol in SYMBOLS], dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """Folded words as arrays, one row each.

    The symbols of row n are codes[start[n]] to codes[start[n + 1]]; `classes` counts its
    consonants by class, to three; `ideal` is the log odds of its perfect counterpart, in nats;
    `first` holds its first letters for sure and possible (see `initials.first_letters`); `known`
    its number among the common names.
    """

    codes: NDArray[np.uint8]
    start: NDArray[np.int64]
    classes: NDArray[np.uint8]
    ideal: NDArray[np.float64]
    first: NDArray[np.int32]
    known: NDArray[np.int32]


def classes_as_bits(counts: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Turn rows of counts into numbers: bits that differ count as consonants that do."""
    filled = (1 << np.minimum(counts, _BITS).astype(np.int32)) - 1
    placed = filled << (_BITS * np.arange(counts.shape[1]))
    return np.asarray(placed.sum(axis=1), dtype=np.int32)


def spell(folds: Sequence[str]) -> Spellings:
    """Look at each folded word; every one has at least one symbol."""
    cut = [symbols(fold) for fold in folds]
    lengths = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut))
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    codes = np.frombuffer(b"".join(map(bytes, cut)), dtype=np.uint8)
    best = weights().log_odds.max(axis=1).astype(np.float64)
    first = [first_letters(fold, initial=False) for fold in folds]
    return Spellings(
        codes=codes,
        start=start,
        classes=_classes(codes, np.repeat(np.arange(len(cut)), lengths), len(cut)),
        ideal=np.add.reduceat(best[codes], start[:-1]) if cut else np.zeros(0),
        first=np.array(first, dtype=np.int32).reshape(-1, 2),
        known=known_numbers(folds),
    )


def _classes(
    codes: NDArray[np.uint8], word: NDArray[np.int64], count: int
) -> NDArray[np.uint8]:  # fmt: skip
    """Count the consonants of each word by class, to three."""
    of = _class_of()[codes]
    told = of >= 0
    found = np.bincount(word[told] * len(_CLASSES) + of[told], minlength=count * len(_CLASSES))
    return np.minimum(found, _BITS).astype(np.uint8).reshape(count, len(_CLASSES))
