"""Step: candidates of true pairs among a million names, and how many each name has."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pools import RNG_SEED
from retrieval import figure
from split import rows_of

from dadkhah import names
from dadkhah.names.blocking import MOST
from dadkhah.names.table import word_parts

ASIDE = {"title", "honorific", "patronymic", "nom_de_guerre"}
PEOPLE = 1_000_000
QUERIES = 2_000
Half = tuple[str, str]


def _halves(left: str, right: str) -> tuple[Half, Half] | None:
    """Cut a record into given name and rest, in both scripts, when both cut alike."""
    a, b = ([part for part in word_parts(text) if part.kind not in ASIDE]
            for text in (left, right))  # fmt: skip
    if len(a) < 2 or len(a) != len(b) or {a[0].kind, b[0].kind} != {"given"}:
        return None
    rest, other = (" ".join(part.written for part in side[1:]) for side in (a, b))
    return (a[0].written, b[0].written), (rest, other)


def synthetic(count: int, chance: random.Random) -> list[Half]:
    """Draw names in both scripts: a given name and a family name of two real records."""
    records = [row for part in ("train", "dev", "test") for row in rows_of("victims", part)]
    halves = [cut for left, right, _ in records if (cut := _halves(left, right))]
    drawn = [(chance.choice(halves)[0], chance.choice(halves)[1]) for _ in range(count)]
    return [(f"{one[0]} {other[0]}", f"{one[1]} {other[1]}") for one, other in drawn]


def _candidates(label: str, sizes: list[int]) -> str:
    """Say how many candidates the names of one kind have."""
    return (
        f"candidates per name, {label}: mean {np.mean(sizes):.1f}, median {np.median(sizes):.0f}, "
        f"95% {np.quantile(sizes, 0.95):.0f}, most {max(sizes)}"
    )


def real_pairs(part: str) -> list[tuple[str, str, int]]:
    """Read the lines of one part whose two texts name somebody."""
    return [row for row in rows_of("victims", part)
            if all(names.fold(text) and word_parts(text) for text in row[:2])]  # fmt: skip


def missed(parts: Sequence[str], people: int = PEOPLE) -> tuple[int, list[int]]:
    """Give how many real pairs some parts hold, and the rows of those that are no candidates."""
    real = [row for part in parts for row in real_pairs(part)]
    drawn = synthetic(people, random.Random(RNG_SEED))
    hits, _, _ = _searched(drawn, [row[:2] for row in real], MOST)
    return len(real), [row[2] for row, hit in zip(real, hits, strict=True) if not hit]


def _searched(
    drawn: list[Half], asked: list[Half], most: int
) -> tuple[NDArray[np.bool_], list[int], float]:
    """Look Latin names up among the drawn and their own Persian ones.

    Returns: whether each finds its own, how many candidates each has, and keys per name.
    """
    among = names.key_table(left for left, _ in [*drawn, *asked])
    table = names.key_table(right for _, right in asked)
    rows, found = names.candidates(table, among, most)
    right_one = rows + len(drawn) == found
    hits = np.bincount(rows[right_one], minlength=table.names) > 0
    sizes = np.bincount(rows, minlength=table.names).tolist()
    return hits, sizes, len(among.key) / among.names


def run(part: str = "test", people: int = PEOPLE, most: int = MOST) -> str:
    """Look each real and each drawn Latin name up among the drawn and the real Persian ones."""
    chance = random.Random(RNG_SEED)
    drawn = synthetic(people, chance)
    real = [(left, right) for left, right, _ in real_pairs(part)]
    asked = [drawn[place] for place in sorted(chance.sample(range(people), QUERIES))]
    hits, sizes, keys = _searched(drawn, [*real, *asked], most)
    cut = len(real)
    return "\n".join(
        [
            figure(f"real pair found ({part})", int(hits[:cut].sum()), cut),
            _candidates("real", sizes[:cut]),
            figure(f"own person among {people + len(hits):,}", int(hits[cut:].sum()), QUERIES),
            _candidates("drawn", sizes[cut:]),
            f"keys per name: {keys:.2f}",
        ]
    )
