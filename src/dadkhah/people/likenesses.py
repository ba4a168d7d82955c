"""Likenesses of two people that training would take for one person: namesakes and relatives.

Where lists have hardly anybody in common, most pairs with like names are namesakes. Where families
were killed together, most pairs that are alike in all but the given name are relatives: brothers
and sisters share a father, a family name, a town and a day. If there are more of these than pairs
of one person, training takes them for its class of one person, and learns that one person's
accounts share nothing but names, or often differ in them. Then nothing is learned, and people have
to judge pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from dadkhah.people.fields import field_of

__all__ = ["are_namesakes", "are_relatives", "rarer"]

Floats = NDArray[np.float64]
Chances = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
Levels = Mapping[str, NDArray[np.int8]]
# Of one person's pairs a field tells 2 to 7 bits in the mean, of namesakes' a few hundredths.
LEAST_BITS: Final = 0.5
# Of the pairs that look like one person's, at least so many, and such a share, are relatives'.
FEWEST: Final = 30
LEAST_SHARE: Final = 0.4
_HALVINGS: Final = 60
_NAME_ALIKE: Final = 2


def are_namesakes(chances: Chances) -> bool:
    """Say whether the pairs that training takes for one person's agree in their names alone, and
    in the sex, which the name tells: lists with hardly anybody in common have namesakes most."""
    told = [
        float(np.dot(m, np.log2(np.array(m) / np.array(u))))
        for name, (m, u) in chances.items()
        if name != "sex" and not field_of(name).of_name
    ]
    return len(told) > 1 and float(np.mean(told)) < LEAST_BITS


def are_relatives(levels: Levels, chance: Floats, count: NDArray[np.integer] | Floats) -> bool:
    """Say whether most pairs that training takes for one person's look like relatives.

    Args:
        levels: of patterns of candidates. chance: of each, of being one person. count: its pairs.
    """
    one = count * chance
    looked = one @ look_like_relatives(levels)
    return bool(looked >= FEWEST and looked >= LEAST_SHARE * one.sum())


def look_like_relatives(levels: Levels) -> NDArray[np.bool_]:
    """Mark given names that differ, and unlike names whose bearers share more than a father."""
    unlike = (levels["name"] >= 0) & (levels["name"] < _NAME_ALIKE)
    others = [
        levels[name] >= field_of(name).agrees for name in ("father", "birth", "death", "place")
        if name in levels
    ]  # fmt: skip
    shared = np.sum(others, axis=0) >= 2
    return np.asarray((unlike & shared) | (levels["given"] == 0), dtype=np.bool_)


def rarer(odds: Floats, pairs: Floats, expected: float) -> float:
    """Give the chance of unlike names by which no more pairs than expected are one person's.

    Args:
        odds: of pairs with unlike names, that they are one person's, were such names certain.
        pairs: how many each stands for.
    """
    low, high = np.log(1e-12), 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = pairs @ expit(np.log(odds) + middle)
        low, high = (middle, high) if found < expected else (low, middle)
    return float(np.exp(low))
