"""What the measuring steps share: names by part, their table, and which pairs are true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from split import rows_of

from dadkhah import names
from dadkhah.names import kernels, scoring
from dadkhah.names.table import NameTable

TOTAL = kernels.FEATURES.index("total")
RNG_SEED = 20261122


@dataclass(frozen=True)
class Side:
    """All names of one script, spellings that the fold makes equal counted once."""

    folds: list[str]
    texts: list[str]
    table: NameTable
    place: dict[str, int]


def _side(spellings: dict[str, str]) -> Side:
    """Encode one script's names."""
    folds, texts = list(spellings), list(spellings.values())
    table = names.encode(texts, names.Frequencies.of(texts))
    return Side(folds, texts, table, {fold: place for place, fold in enumerate(folds)})


@dataclass(frozen=True)
class Pool:
    """Both scripts of the victims' names, and which folds belong together."""

    persian: Side
    latin: Side
    true: dict[str, set[str]]
    line: dict[str, int]
    part: dict[str, list[tuple[str, str]]]


def load() -> Pool:
    """Read all lines of every part."""
    persian: dict[str, str] = {}
    latin: dict[str, str] = {}
    true: dict[str, set[str]] = defaultdict(set)
    line: dict[str, int] = {}
    part: dict[str, list[tuple[str, str]]] = {"train": [], "dev": [], "test": []}
    for name in part:
        for left, right, number in rows_of("victims", name):
            one, other = names.fold(left), names.fold(right)
            if one and other:
                persian.setdefault(one, left)
                latin.setdefault(other, right)
                true[one].add(other)
                true[other].add(one)
                line.setdefault(one, number)
                line.setdefault(other, number)
                part[name].append((one, other))
    return Pool(_side(persian), _side(latin), true, line, part)


def totals(query: Side, fold: str, among: Side) -> NDArray[np.float32]:
    """Give the alignment total of one name against all of the other script."""
    rows = np.arange(len(among.folds))
    found = scoring.features(query.table, np.full(len(rows), query.place[fold]), among.table, rows)
    return found[:, TOTAL]


def nearest_wrong(pool: Pool, query: Side, fold: str, among: Side, count: int) -> list[int]:
    """Give the rows of the nearest names that are not the query's."""
    order = np.argsort(-totals(query, fold, among), kind="stable")[: count + 12]
    return [int(row) for row in order if among.folds[row] not in pool.true[fold]][:count]
