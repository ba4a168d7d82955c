"""Names as compact arrays, and how often their parts occur: what the kernels work on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.names.alignment import SCALE, SPELLING
from dadkhah.names.initials import first_letters
from dadkhah.names.known import known_numbers
from dadkhah.names.reading import Kind, Part, is_unidentified, units
from dadkhah.names.symbols import consonant_mask, symbols
from dadkhah.names.weights import weights

__all__ = ["KIND_NUMBER", "MOST_WORDS", "Frequencies", "NameTable", "encode", "word_parts"]

MOST_WORDS: Final = 8
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

    Name n has the rows name_start[n] to name_start[n + 1] of `words`, whose columns are: first
    symbol, end of symbols (places in `codes`), kind, number of the spelling, consonants (see
    `symbols.consonant_mask`), consonants together with the next word, first letters for sure and
    possible (see `initials.first_letters`), number among the common names. `name_mask` holds the
    consonants of all words together, `name_ideal` half the log odds of a perfect counterpart, in
    whole numbers. `worth` says per word how rare it is, and the log odds of its perfect
    counterpart, both in nats.
    """

    codes: NDArray[np.uint8]
    words: NDArray[np.int32]
    name_start: NDArray[np.int32]
    name_mask: NDArray[np.int32]
    name_ideal: NDArray[np.int32]
    worth: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.name_start) - 1


@lru_cache(maxsize=1 << 15)
def word_parts(text: str) -> tuple[Part, ...]:
    """Give the parts that are compared: none for an unidentified name, at most MOST_WORDS."""
    if is_unidentified(text):
        return ()
    return tuple(part for part in units(text) if symbols(part.folded))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What the kernels need of one spelling."""

    number: int
    symbols: tuple[int, ...]
    mask: int
    ideal: float
    information: float


@lru_cache(maxsize=1 << 18)
def _ideal(folded: str) -> float:
    """Give the log odds of a part's letters against their best counterparts."""
    odds = weights().log_odds
    return sum(float(odds[code].max()) for code in symbols(folded))


def _spelling(number: int, folded: str, frequencies: Frequencies | None) -> _Spelling:
    """Look up one spelling; without frequencies its rarity is guessed from its letters."""
    ideal, word = _ideal(folded), symbols(folded)
    rarity = min(max(0.5 * ideal, 2.0), 7.0)
    if frequencies is not None:
        rarity = frequencies.information(folded)
    return _Spelling(number, word, consonant_mask(word), ideal, rarity)


@lru_cache(maxsize=1 << 16)
def _mask_of(*words: tuple[int, ...]) -> int:
    """Sum up the consonants of several words."""
    return consonant_mask(chain.from_iterable(words))


def encode(names: Sequence[str], frequencies: Frequencies | None = None) -> NameTable:
    """Encode names as arrays, once, for any number of comparisons.

    Args:
        names: texts in any script; what cannot be read becomes a name without words.
        frequencies: counts of name parts in the case; without them rarity is guessed from letters.
    """
    codes = bytearray()
    rows: list[tuple[int, ...]] = []
    worth: list[tuple[float, float]] = []
    name_start, name_mask, name_ideal = [0], [], []
    known: dict[str, _Spelling] = {}
    for name in names:
        parts = word_parts(name)
        for part in parts:
            if part.folded not in known:
                known[part.folded] = _spelling(len(known), part.folded, frequencies)
        words = [known[part.folded] for part in parts]
        for place, (part, word) in enumerate(zip(parts, words, strict=True)):
            begin = len(codes)
            codes.extend(word.symbols)
            joint = _mask_of(*(other.symbols for other in words[place : place + 2]))
            kind = KIND_NUMBER[part.kind]
            first = first_letters(part.folded, initial=part.kind == "initial")
            rows.append((begin, len(codes), kind, word.number, word.mask, joint, *first))
            worth.append((word.information, word.ideal))
        name_start.append(len(rows))
        name_mask.append(_mask_of(*(word.symbols for word in words)))
        name_ideal.append(round(sum(word.ideal for word in words) * SCALE / 2))
    table = np.array(rows, dtype=np.int32).reshape(-1, 8)
    common = known_numbers(list(known))[table[:, SPELLING]]
    return NameTable(
        codes=np.frombuffer(bytes(codes), dtype=np.uint8),
        words=np.column_stack([table, common]).astype(np.int32),
        name_start=np.array(name_start, dtype=np.int32),
        name_mask=np.array(name_mask, dtype=np.int32),
        name_ideal=np.array(name_ideal, dtype=np.int32),
        worth=np.array(worth, dtype=np.float32).reshape(-1, 2),
    )
