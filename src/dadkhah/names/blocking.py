"""Candidates: which of many names may be another's, found by keys, the rarest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.names.key_kernels import ALONE, ASKS, MOST_KEYS, PRICE, fill_keys, gather, word_numbers
from dadkhah.names.reading import Name
from dadkhah.names.skeleton import readings
from dadkhah.names.table import KIND_NUMBER, NameWords, words_of

__all__ = ["MOST", "KeyTable", "candidates", "key_table", "keys"]

MOST: Final = 370
"""What the candidates by keys of less than the whole name may cost, for one name."""
_CHUNK: Final = 20_000
_STYLES: Final = ("title", "honorific")
_OTHERS: Final = ("patronymic", "nom_de_guerre")
Packed = tuple[NDArray[np.uint8], NDArray[np.int64]]
# The seven readings of each word, and its number.
Spelt = tuple[
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64],
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64],
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64],
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint64],
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """Keys of many names, in order of the names.

    `name` is the row of the name, `key` a number, `role` what the key is (see `key_kernels`):
    of the whole name, of less than it, of a name of one word, and so on.
    """

    name: NDArray[np.int32]
    key: NDArray[np.uint64]
    role: NDArray[np.uint8]
    names: int


def key_table(names: Iterable[str] | NameWords) -> KeyTable:
    """Give the blocking keys of many names (docs/names.md, keys); nobody's name has none."""
    read = names if isinstance(names, NameWords) else words_of(names)
    use = _uses()[read.kind]
    forms = [readings(fold) for fold in read.folds]
    fine, other, coarse, far, stem, sign, second = (
        _packed([form[at] for form in forms]) for at in range(7)
    )
    spelt = (*fine, *other, *coarse, *far, *stem, *sign, *second, word_numbers(*fine))
    count = len(read.start) - 1
    parts = [
        _keys_of(read, use, spelt, begin, min(begin + _CHUNK, count))
        for begin in range(0, max(count, 1), _CHUNK)
    ]
    name, key, role = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return KeyTable(name=name, key=key, role=role, names=count)


def keys(name: Name | str) -> tuple[str, ...]:
    """Give the blocking keys of one name: two names of one person nearly always share one.

    They are those of `key_table`, which makes them in bulk and knows how each is to be used; here
    they are texts of sixteen hexadecimal digits. An unidentified or empty name has none.
    """
    found = key_table([name if isinstance(name, str) else name.written])
    return tuple(f"{key:016x}" for key in found.key)


def _keys_of(
    read: NameWords, use: NDArray[np.uint8], spelt: Spelt, begin: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint8]]:  # fmt: skip
    """Give the keys of the names from `begin` to `end`."""
    keys = np.empty((end - begin) * MOST_KEYS, np.uint64)
    roles, ends = np.empty(len(keys), np.uint8), np.empty(end - begin, np.int64)
    start = read.start[begin : end + 1]
    fill_keys(read.word, use, start, *spelt, keys, roles, ends)
    counts = np.diff(ends, prepend=0)
    total = int(counts.sum())
    name = np.repeat(np.arange(begin, end, dtype=np.int32), counts)
    return name, keys[:total].copy(), roles[:total].copy()


def _uses() -> NDArray[np.uint8]:
    """Give for each kind whether it names the person (0), is a style (1) or aside (2)."""
    found = np.zeros(len(KIND_NUMBER), np.uint8)
    for kind, number in KIND_NUMBER.items():
        found[number] = 1 if kind in _STYLES else 2 if kind in _OTHERS else 0
    return found


def _packed(texts: Sequence[str]) -> Packed:
    """Lay texts of a-z end to end: letters, and where each begins."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8), start


def candidates(
    asked: KeyTable, among: KeyTable, most: int = MOST
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:  # fmt: skip
    """Find for each asked name those that share a key with it.

    Names that share a key of the whole name are always candidates. Other keys are used from the
    cheapest on, until they would cost more than `most`: so a common word finds nobody, and a rare
    one everybody who bears it. What a candidate costs depends on the key (`key_kernels.PRICE`).

    Args:
        asked, among: keys of two lists of names, or twice of one.
        most: what the candidates of one name by keys of less than the whole name may cost.

    Returns: rows of `asked` and of `among`, one pair once, in order of the asked names.
    """
    order = np.argsort(among.key, kind="stable")
    keys, names, role = among.key[order], among.name[order], among.role[order]
    holds = role != ASKS
    low, high = _found(keys[holds], asked.key)
    low_asks, high_asks = _found(keys[~holds], asked.key)
    high_asks = np.where(asked.role == ALONE, high_asks, low_asks)
    given = high - low + high_asks - low_asks
    rows = np.flatnonzero(given)
    cost = given[rows] * PRICE[asked.role[rows]]
    rows = rows[np.lexsort((cost, asked.name[rows]))]
    return gather(
        asked.name[rows].astype(np.int64), asked.role[rows], low[rows], high[rows],
        low_asks[rows], high_asks[rows], names[holds], names[~holds], among.names, most,
    )  # fmt: skip


def _found(
    keys: NDArray[np.uint64], asked: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    """Find where each key asked for begins and ends among sorted keys."""
    return np.searchsorted(keys, asked, "left"), np.searchsorted(keys, asked, "right")
