"""Step: what the score means between two Latin spellings, for which it was not calibrated.

True pairs are spellings that the lines give for one Persian name, and a spelling beside the same
name as another school would write it; wrong ones the nearest other names, and a sibling.
"""

from __future__ import annotations

import random

import numpy as np
from classifier import calibration, line
from pairs import NEAREST, Labelled, respelled, sibling
from pools import RNG_SEED, Pool, load, nearest_wrong

from dadkhah import names
from dadkhah.names.parts import word_parts

QUERIES = 700


def _pairs(pool: Pool, part: str, chance: random.Random) -> list[Labelled]:
    """Make labelled pairs of Latin spellings from one part."""
    latin = pool.latin
    queries = chance.sample(sorted({pair[1] for pair in pool.part[part]}), QUERIES)
    given = [parts[0].written for text in latin.texts if (parts := word_parts(text))
             and parts[0].kind == "given"]  # fmt: skip
    found: list[Labelled] = []
    for fold in queries:
        text = latin.texts[latin.place[fold]]
        same = {other for persian in pool.true[fold] for other in pool.true[persian]} - {fold}
        found += [(text, latin.texts[latin.place[other]], 1) for other in sorted(same)[:1]]
        found.append((text, respelled(text, chance), 1))
        wrong = [row for row in nearest_wrong(pool, latin, fold, latin, NEAREST + 1 + len(same))
                 if latin.folds[row] not in same | {fold}]  # fmt: skip
        found += [(text, latin.texts[row], 0) for row in wrong[:NEAREST]]
        brother = sibling(text, given, chance)
        found += [(text, brother, 0)] if brother else []
    return [pair for pair in found if names.fold(pair[0]) != names.fold(pair[1])]


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
