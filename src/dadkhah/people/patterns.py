"""Candidate pairs as patterns of levels: many pairs say the same, so each is weighed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dadkhah.people.comparison import CHUNK, Encoded, compare_chunk
from dadkhah.people.decisions import deaths_apart
from dadkhah.people.fields import UNSAID, field_of
from dadkhah.people.settings import LinkageSettings, Progress

__all__ = ["Patterns", "find_patterns"]

Levels = Mapping[str, NDArray[np.int8]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The distinct patterns of levels that pairs show.

    `of` is the pattern of each pair; `levels` and `apart` (deaths years apart) are those of each
    pattern, `count` how many pairs show it.
    """

    of: NDArray[np.int32]
    levels: Levels
    apart: NDArray[np.bool_]
    count: NDArray[np.int64]


def find_patterns(
    encoded: Encoded,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    settings: LinkageSettings,
    progress: Progress,
) -> Patterns:
    """Compare pairs in bulk, on as many threads as are set; keep the pattern of each."""
    nobody = np.zeros(0, np.int64)
    fields = list(compare_chunk(encoded, nobody, nobody))
    radix = {field: len(field_of(field).levels) + 1 for field in fields}

    def code(start: int) -> NDArray[np.int64]:
        a, b = (side[start : start + CHUNK].astype(np.int64) for side in (left, right))
        found = deaths_apart(encoded.death, a, b).astype(np.int64)
        levels = compare_chunk(encoded, a, b)
        for field in fields:
            found = found * radix[field] + (levels[field] - UNSAID)
        return found

    of = np.empty(len(left), dtype=np.int32)
    known = _Known()
    with ThreadPoolExecutor(settings.threads) as pool:
        for start, codes in _in_turn(pool, code, len(left), 2 * settings.threads):
            of[start : start + CHUNK] = known.number(codes)
            progress("compare", min(1.0, (start + CHUNK) / len(left)))
    distinct = known.codes()
    levels, rest = {}, distinct
    for field in reversed(fields):
        rest, digit = np.divmod(rest, radix[field])
        levels[field] = (digit + UNSAID).astype(np.int8)
    return Patterns(
        of=of,
        levels={field: levels[field] for field in fields},
        apart=rest > 0,
        count=np.bincount(of, minlength=len(distinct)).astype(np.int64),
    )


def _in_turn(  # type: ignore[no-untyped-def]
    pool: ThreadPoolExecutor, work, total: int, ahead: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Give the results in order, working a few chunks ahead."""
    starts = iter(range(0, total, CHUNK))
    waiting = [(start, pool.submit(work, start)) for start in islice(starts, ahead)]
    while waiting:
        start, done = waiting.pop(0)
        yield start, done.result()
        following = next(starts, None)
        if following is not None:
            waiting.append((following, pool.submit(work, following)))


class _Known:
    """Patterns met so far, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._table = np.full(1 << 16, -1, dtype=np.int64)
        self._numbers = np.zeros(1 << 16, dtype=np.int32)
        self._found = np.zeros(1 << 16, dtype=np.int64)
        self._count = 0

    def number(self, codes: NDArray[np.int64]) -> NDArray[np.int32]:
        """Number codes; the room doubles while it is more than half full."""
        out = np.empty(len(codes), dtype=np.int32)
        at = 0
        while at < len(codes):
            at, self._count = _number(
                codes, at, self._table, self._numbers, self._found, self._count, out
            )
            if at < len(codes):
                self._grow()
        return out

    def codes(self) -> NDArray[np.int64]:
        """Give the codes in order of their numbers."""
        return self._found[: self._count].copy()

    def _grow(self) -> None:
        known = self.codes()
        size = 2 * len(self._table)
        self._table = np.full(size, -1, dtype=np.int64)
        self._numbers, self._found = np.zeros(size, np.int32), np.zeros(size, np.int64)
        again = np.empty(len(known), np.int32)
        _, self._count = _number(known, 0, self._table, self._numbers, self._found, 0, again)


@njit(cache=True, nogil=True)
def _number(
    codes: NDArray[np.int64],
    at: int,
    table: NDArray[np.int64],
    numbers: NDArray[np.int32],
    found: NDArray[np.int64],
    count: int,
    out: NDArray[np.int32],
) -> tuple[int, int]:
    """Look up codes from a place on; stop where the room is half full."""
    mask = np.uint64(len(table) - 1)
    while at < len(codes):
        code = codes[at]
        place = ((np.uint64(code) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & mask
        while table[place] != -1 and table[place] != code:
            place = (place + np.uint64(1)) & mask
        if table[place] == -1:
            if 2 * count >= len(table):
                return at, count
            table[place], numbers[place], found[count] = code, count, code
            count += 1
        out[at] = numbers[place]
        at += 1
    return at, count
