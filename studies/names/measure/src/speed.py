"""Step: how many pairs a second are scored on one thread, by processor time, each pair once.

Names are encoded before, as the other matchers are given prepared texts. Candidates are those that
the blocking keys give among drawn names, as linkage meets them; no pair occurs twice.
"""

from __future__ import annotations

import random
import time

import numpy as np
from blocking import synthetic
from numpy.typing import NDArray
from pools import RNG_SEED

from dadkhah import names

PEOPLE = 100_000
PAIRS = 1_000_000
RUNS = 3
Rows = NDArray[np.int64]


def _rate(label: str, left: names.NameTable, one: Rows, right: names.NameTable, other: Rows) -> str:
    """Time the same pairs a few times; give the middle and the range."""
    rates = []
    for _ in range(RUNS):
        begun = time.process_time()
        names.score_pairs(left, one, right, other)
        rates.append(len(one) / (time.process_time() - begun) / 1e6)
    return (
        f"{label}: {sorted(rates)[RUNS // 2]:.2f} million pairs a second "
        f"({min(rates):.2f}-{max(rates):.2f} in {RUNS} runs)"
    )


def _candidates(asked: names.NameWords, among: names.NameWords, same: bool) -> tuple[Rows, Rows]:
    """Give the first candidates of the first names, each pair once."""
    rows, found = names.candidates(names.key_table(asked), names.key_table(among))
    keep = np.flatnonzero(rows != found)[:PAIRS] if same else np.arange(min(PAIRS, len(rows)))
    return rows[keep].astype(np.int64), found[keep].astype(np.int64)


def run() -> str:
    """Score pairs at random and candidates, in one script and across, in order and shuffled."""
    drawn = synthetic(PEOPLE, random.Random(RNG_SEED))
    read = [names.words_of(side) for side in zip(*drawn, strict=True)]
    frequencies = names.Frequencies.of(text for pair in drawn[: PEOPLE // 5] for text in pair)
    persian, latin = (names.encode(words, frequencies) for words in read)
    chance = np.random.default_rng(RNG_SEED)
    names.score_pairs(latin, np.array([0]), persian, np.array([0]))
    one, other = chance.integers(0, PEOPLE, (2, PAIRS))
    lines = [_rate("at random, Latin and Persian", latin, one, persian, other)]
    one, other = np.repeat(np.arange(PAIRS // PEOPLE), PEOPLE), np.tile(np.arange(PEOPLE), 10)
    lines.append(_rate("one against all, Latin and Persian", latin, one, persian, other))
    one, other = _candidates(read[1], read[0], same=False)
    lines.append(_rate("candidates, Latin and Persian", latin, one, persian, other))
    order = chance.permutation(len(one))
    lines.append(_rate("the same, shuffled", latin, one[order], persian, other[order]))
    for label, table, words in (("Latin", latin, read[1]), ("Persian", persian, read[0])):
        one, other = _candidates(words, words, same=True)
        lines.append(_rate(f"candidates, {label}", table, one, table, other))
    return "\n".join(lines)
