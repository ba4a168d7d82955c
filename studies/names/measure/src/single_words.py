"""Step: find single held-out words of two noisy sets among those of the other script."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
from pools import RNG_SEED, TOTAL
from retrieval import figure
from split import rows_of

from dadkhah import names
from dadkhah.names import scoring

QUERIES = 1_000


def _one_set(name: str) -> list[str]:
    """Measure one set, from the Arabic script to Latin."""
    true: dict[str, set[str]] = defaultdict(set)
    latin: dict[str, str] = {}
    arabic: dict[str, str] = {}
    for left, right, _ in rows_of(name, "test"):
        one, other = names.fold(left), names.fold(right)
        if one and other:
            true[one].add(other)
            arabic.setdefault(one, left)
            latin.setdefault(other, right)
    folds = list(latin)
    table = names.encode(list(latin.values()))
    queries = random.Random(RNG_SEED).sample(sorted(arabic), QUERIES)
    asked = names.encode([arabic[fold] for fold in queries])
    rows = np.arange(len(folds))
    ranks = []
    for place, fold in enumerate(queries):
        found = scoring.features(asked, np.full(len(rows), place), table, rows)[:, TOTAL]
        order = np.argsort(-found, kind="stable")[:5]
        ranks.append([folds[row] in true[fold] for row in order])
    return [
        f"{name}: {QUERIES} words among {len(folds)}",
        figure("  first", sum(rank[0] for rank in ranks), QUERIES),
        figure("  in the first five", sum(any(rank) for rank in ranks), QUERIES),
    ]


def run() -> str:
    """Measure both sets."""
    return "\n".join([*_one_set("wikidata"), *_one_set("words")])
