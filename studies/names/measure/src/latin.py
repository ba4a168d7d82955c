"""Step: how the score tells two Latin spellings of one name from two names, and what it means.

True pairs are spellings that the lines give for one Persian name, and a spelling beside the same
name as another school would write it; wrong ones the nearest other names, and a sibling.
"""

from __future__ import annotations

import random

import numpy as np
from classifier import calibration, line
from pairs import Labelled, given_names, other_spellings, respelled, unequal, wrong_within
from pools import RNG_SEED, Pool, load

from dadkhah import names

QUERIES = 700


def _pairs(pool: Pool, part: str, chance: random.Random) -> list[Labelled]:
    """Make labelled pairs of Latin spellings from one part."""
    latin, found = pool.latin, []
    queries = chance.sample(sorted({pair[1] for pair in pool.part[part]}), QUERIES)
    given = given_names(latin)
    for query in queries:
        text = latin.texts[latin.place[query]]
        same = sorted(other_spellings(pool, query))[:1]
        found += [(text, latin.texts[latin.place[other]], 1) for other in same]
        found.append((text, respelled(text, chance), 1))
        found += wrong_within(pool, latin, query, given, chance)
    return unequal(found)


def run(part: str = "test") -> str:
    """Score the pairs, with rarity counted among them."""
    pairs = _pairs(load(), part, random.Random(RNG_SEED))
    label = np.array([pair[2] for pair in pairs], dtype=float)
    texts = [text for pair in pairs for text in pair[:2]]
    table = names.encode(texts, names.Frequencies.of(texts))
    rows = 2 * np.arange(len(pairs))
    score = names.score_pairs(table, rows, table, rows + 1).astype(float)
    head = f"{len(pairs)} pairs that the fold does not make equal, {int(label.sum())} true"
    return "\n".join([head, line("dadkhah, Latin and Latin", score, label),
                      *calibration(score, label)])  # fmt: skip
