"""How often a list names one person twice, found from the case's pairs.

Two lists share many people, while few lists name somebody twice: a namesake in the same list is
rarely the same person, and what is alike in two lists is the likelier one. Of each list a person's
accounts beyond the first count once each, and pairs of two lists are what the prior speaks of.

Source: Sadinle 2014 (prior knowledge of which files hold duplicates); Steorts 2015.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from dadkhah.people.classification import Classified
from dadkhah.people.compared import Compared, lists_of
from dadkhah.people.doubt import Detail

__all__ = ["Repeats", "find_repeats", "with_lists"]

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
# Pairs that the guess is worth that one list repeats people as readily as two lists share them.
_GUESS_WORTH: Final = 20.0
_ROUNDS: Final = 30
_PART: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How much (nats) it speaks for one person to stand in one list, and in two.

    `lists` numbers the list of each mention; -1 where none is said, or nobody is named.
    """

    lists: NDArray[np.int32]
    one: float
    two: float


def find_repeats(compared: Compared, classified: Classified, total: float) -> Repeats:
    """Find how readily one list names a person twice.

    Args:
        total: pairs in all, without those of a list that names nobody twice.
    """
    unsaid = compared.table["collection"].fill_null("").eq("").to_numpy()
    lists = np.where(unsaid, -1, lists_of(compared.table)).astype(np.int32)
    one, two = _ratios(lists, compared, classified, total)
    return Repeats(lists=lists, one=one, two=two)


def with_lists(detail: Detail, repeats: Repeats) -> Detail:
    """Weigh whether two mentions stand in one list, beside the other fields."""
    lists = repeats.lists
    tables, _, width = detail.ratios.shape
    row = np.zeros((tables, 1, width))
    row[:, :, 0] = repeats.one - repeats.two

    def levels(left: Rows, right: Rows) -> NDArray[np.integer]:
        same = np.where(_together(lists, left, right), 0, -1).astype(np.int8)
        return np.concatenate([detail.levels(left, right), same[:, None]], axis=1)

    ratios = np.concatenate([detail.ratios, row], axis=1)
    return dataclasses.replace(detail, levels=levels, ratios=ratios)


def _ratios(
    lists: NDArray[np.int32], compared: Compared, classified: Classified, total: float
) -> tuple[float, float]:
    """Say how much (nats) it speaks for one person to stand in one list, and in two."""
    sizes = np.bincount(lists[(lists >= 0) & (compared.sole < 0)]).astype(np.float64)
    u = float((sizes * (sizes - 1)).sum()) / 2 / max(total, 1.0)
    if not 0.0 < u < 0.999:
        return 0.0, 0.0
    within = _within(lists, compared)
    across = compared.patterns.count - within
    base = logit(np.clip(classified.probability, 1e-12, 1 - 1e-12))
    m = u
    for _ in range(_ROUNDS):
        one, two = float(np.log(m / u)), float(np.log((1 - m) / (1 - u)))
        same, other = within @ expit(base + one), across @ expit(base + two)
        m = float((same + _GUESS_WORTH * u) / (same + other + _GUESS_WORTH))
    return one, two


def _within(lists: NDArray[np.int32], compared: Compared) -> Floats:
    """Count the candidates of each pattern that stand in one list."""
    ends, of = compared.candidates, compared.patterns.of
    count = np.zeros(len(compared.patterns.count))
    for start in range(0, len(of), _PART):
        part = slice(start, start + _PART)
        same = _together(lists, ends.left[part], ends.right[part])
        count += np.bincount(of[part][same], minlength=len(count))
    return count


def _together(
    lists: NDArray[np.int32], left: NDArray[np.integer], right: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Mark the pairs of one list; a mention of no list stands beside nobody."""
    return np.asarray((lists[left] == lists[right]) & (lists[left] >= 0))
