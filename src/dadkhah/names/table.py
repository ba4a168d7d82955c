"""Names as compact arrays, and how often their parts occur: what the kernels work on."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.errors import NameTextError
from dadkhah.names.alignment import (
    BEGIN,
    END,
    FIRST,
    FIRST_WIDE,
    JOINT_MASK,
    KIND,
    KNOWN,
    MASK,
    SCALE,
    SPELLING,
)
from dadkhah.names.initials import first_letters
from dadkhah.names.parts import MOST_WORDS, word_parts
from dadkhah.names.reading import Kind
from dadkhah.names.spellings import Spellings, classes_as_bits, spell

__all__ = [
    "KIND_NUMBER",
    "MOST_WORDS",
    "Frequencies",
    "NameTable",
    "NameWords",
    "encode",
    "word_parts",
    "words_of",
]

_KINDS: Final[tuple[Kind, ...]] = (
    "given",
    "family",
    "nisba",
    "unknown",
    "kunya",
    "patronymic",
    "nom_de_guerre",
    "initial",
    "honorific",
    "title",
)
Places = NDArray[np.int64]
KIND_NUMBER: Final[dict[str, int]] = {kind: place for place, kind in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How often each folded name part occurs among the mentions of one case."""

    counts: dict[str, int]
    total: int

    @classmethod
    def of(cls, names: Iterable[str]) -> Frequencies:
        """Count the parts of names; an unidentified or empty text counts nothing."""
        counts: Counter[str] = Counter()
        for name in names:
            counts.update(part.folded for part in word_parts(name))
        return cls(counts=dict(counts), total=sum(counts.values()))

    def information(self, folded: str) -> float:
        """Give -log of a part's share in nats; a part never seen counts as seen half a time."""
        return -math.log((self.counts.get(folded, 0) + 0.5) / (self.total + 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """Names as arrays; an unidentified or empty name has no words.

    A row of `names` holds the first row of a name in `words`, how many rows it has there, the
    consonants of all its words together (see `spellings.classes_as_bits`), and half the log odds
    of a perfect counterpart, in whole numbers. The columns of `words` are: first symbol, end of
    symbols (places in `codes`), kind, number of the spelling, consonants, consonants together with
    the next word, first letters for sure and possible (see `initials.first_letters`), number among
    the common names. `worth` says per word how rare it is, and the log odds of its perfect
    counterpart, both in nats; `counted` says that rarity was counted in a case and not guessed.
    """

    codes: NDArray[np.uint8]
    words: NDArray[np.int32]
    names: NDArray[np.int32]
    worth: NDArray[np.float32]
    counted: bool = False

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """The words of many names, each distinct spelling once.

    Name n has the words start[n] to start[n + 1]; `word` holds the places of their folds in
    `folds`, `kind` their kinds by KIND_NUMBER.
    """

    folds: tuple[str, ...]
    word: NDArray[np.int32]
    kind: NDArray[np.int8]
    start: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse names of more words than the kernels have room for; `words_of` makes none."""
        most = int(np.diff(self.start).max(initial=0))
        if most > MOST_WORDS:
            raise NameTextError(
                "name-words-too-many",
                f"A name of {most} words is longer than {MOST_WORDS}.",
                todo="Make the words with words_of, or leave out those from the ninth on.",
            )


def words_of(names: Iterable[str]) -> NameWords:
    """Read many names into words, once; what cannot be read becomes a name without words."""
    numbers: dict[str, int] = {}
    word, kind, start = array("i"), array("b"), array("q", [0])
    for name in names:
        for part in word_parts(name):
            word.append(numbers.setdefault(part.folded, len(numbers)))
            kind.append(KIND_NUMBER[part.kind])
        start.append(len(word))
    return NameWords(
        folds=tuple(numbers),
        word=np.array(word, dtype=np.int32),
        kind=np.array(kind, dtype=np.int8),
        start=np.array(start, dtype=np.int64),
    )


def encode(
    names: Iterable[str] | NameWords, frequencies: Frequencies | None = None
) -> NameTable:  # fmt: skip
    """Encode names as arrays, once, for any number of comparisons.

    Args:
        names: texts in any script, or their words; what cannot be read becomes a name without
            words.
        frequencies: counts of name parts in the case; without them rarity is guessed from letters.
    """
    read = names if isinstance(names, NameWords) else words_of(names)
    spelt = spell(read.folds)
    ends, codes = _laid_out(spelt, read.word)
    ideal = spelt.ideal[read.word]
    words = np.empty((len(read.word), KNOWN + 1), dtype=np.int32)
    words[:, BEGIN], words[:, END] = ends[:-1], ends[1:]
    words[:, KIND], words[:, SPELLING] = read.kind, read.word
    words[:, MASK], words[:, JOINT_MASK], name_mask = _masks(spelt, read)
    words[:, FIRST : FIRST_WIDE + 1] = _first_letters(spelt, read)
    words[:, KNOWN] = spelt.known[read.word]
    most = np.rint(_sums(ideal, read.start) * SCALE / 2)
    return NameTable(
        codes=codes,
        words=words,
        names=np.column_stack([read.start[:-1], np.diff(read.start), name_mask, most]).astype("i4"),
        worth=np.column_stack([_rarity(read, spelt, frequencies)[read.word], ideal]).astype("f4"),
        counted=frequencies is not None,
    )


def _laid_out(spelt: Spellings, word: NDArray[np.int32]) -> tuple[Places, NDArray[np.uint8]]:
    """Lay the symbols of words end to end; give where each ends, from 0."""
    lengths = np.diff(spelt.start)[word]
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    at = np.repeat(spelt.start[word] - ends[:-1], lengths) + np.arange(ends[-1])
    return ends, spelt.codes[at]


def _sums(values: NDArray[Any], start: Places) -> NDArray[Any]:
    """Sum up the rows of each name; a name without words has zeros."""
    found = np.zeros((len(start) - 1, *values.shape[1:]), dtype=values.dtype)
    filled = np.diff(start) > 0
    if filled.any():
        found[filled] = np.add.reduceat(values, start[:-1][filled])
    return found


def _masks(spelt: Spellings, read: NameWords) -> tuple[NDArray[np.int32], ...]:
    """Give the consonants of each word, of each with the next of its name, and of each name."""
    classes = spelt.classes[read.word]
    joint = classes.copy()
    joint[:-1] += classes[1:]
    last = read.start[1:][np.diff(read.start) > 0] - 1
    joint[last] = classes[last]
    return tuple(map(classes_as_bits, (classes, joint, _sums(classes, read.start))))


def _first_letters(spelt: Spellings, read: NameWords) -> NDArray[np.int32]:
    """Give the first letters of each word; an initial may be the beginning of a letter group."""
    first = spelt.first[read.word]
    for row in np.flatnonzero(read.kind == KIND_NUMBER["initial"]):
        first[row] = first_letters(read.folds[read.word[row]], initial=True)
    return first


def _rarity(
    read: NameWords, spelt: Spellings, frequencies: Frequencies | None
) -> NDArray[np.float64]:  # fmt: skip
    """Say how rare each spelling is; without frequencies that is guessed from its letters."""
    if frequencies is None:
        return np.clip(0.5 * spelt.ideal, 2.0, 7.0)
    return np.array([frequencies.information(fold) for fold in read.folds])
