"""How far two reviewers agree beyond chance."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dadkhah.people.judgements import is_machine, standing
from dadkhah.records import Judgement

__all__ = ["Agreement", "agreement"]

_Z: Final = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Cohen's kappa over the pairs that two people judged, each for themselves.

    Args:
        pairs: judged by two people or more; of each pair the first two reviewers count.
        agreed: share of them with one answer.
        kappa: agreement beyond chance, 1 for full, 0 for chance; nothing where it is not defined
            (no pair, or everybody always gave one and the same answer).
        low, high: its 95% interval, by the large-sample standard error.
    """

    pairs: int
    agreed: float
    kappa: float | None = None
    low: float | None = None
    high: float | None = None


def agreement(judgements: Iterable[Judgement]) -> Agreement:
    """Compare the answers of the first two reviewers of every pair.

    Source: Cohen 1960; Fleiss, Cohen and Everitt 1969.
    """
    answers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for each in standing(judgements):
        if not is_machine(each):
            pair = (min(each.left, each.right), max(each.left, each.right))
            answers[pair][each.by] = each.decision
    both = [tuple(said[by] for by in sorted([*said][:2])) for said in answers.values()]
    twice = Counter((pair[0], pair[1]) for pair in both if len(pair) == 2)
    return _kappa(twice)


def _kappa(twice: Counter[tuple[str, str]]) -> Agreement:
    total = twice.total()
    if not total:
        return Agreement(pairs=0, agreed=0.0)
    words = {word for pair in twice for word in pair}
    first = {w: sum(n for (a, _), n in twice.items() if a == w) / total for w in words}
    second = {w: sum(n for (_, b), n in twice.items() if b == w) / total for w in words}
    agreed = sum(n for (a, b), n in twice.items() if a == b) / total
    chance = sum(first[w] * second[w] for w in words)
    if chance >= 1:
        return Agreement(pairs=total, agreed=agreed)
    kappa = (agreed - chance) / (1 - chance)
    spread = math.sqrt(max(_variance(twice, first, second, agreed, chance), 0.0))
    low, high = max(-1.0, kappa - _Z * spread), min(1.0, kappa + _Z * spread)
    return Agreement(pairs=total, agreed=agreed, kappa=kappa, low=low, high=high)


def _variance(
    twice: Counter[tuple[str, str]],
    first: dict[str, float],
    second: dict[str, float],
    agreed: float,
    chance: float,
) -> float:
    """Fleiss, Cohen and Everitt 1969, equation 13."""
    total, left = twice.total(), 1 - chance
    value = -((agreed * chance - 2 * chance + agreed) ** 2)
    for (a, b), n in twice.items():
        share = n / total
        if a == b:
            value += share * (left - (first[a] + second[a]) * (1 - agreed)) ** 2
        else:
            value += (1 - agreed) ** 2 * share * (first[b] + second[a]) ** 2
    return value / (total * left**4)
