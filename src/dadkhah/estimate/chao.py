"""A lower bound that holds when people differ in how easily they are listed (Chao 1987).

The argument, for two lists i and j, among people on no other list:

1. let w be the weight of a kind of person among those on no list, o_i its odds of being on i;
2. then the unseen are sum w, those only on i are sum w o_i, those on i and j sum w o_i o_j;
3. when easy-for-i people are not harder for j, (sum w)(sum w o_i o_j) >= (sum w o_i)(sum w o_j),
   so unseen >= only_i x only_j / both_ij;
4. adding numerators and denominators over pairs keeps the bound and steadies it.

Step 3 fails for two lists that avoid each other's people. So the bound is taken over all choices
of one list to leave out of step 4, and of one pair: it holds even when one list avoids all
others, or one pair each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

from scipy.stats import norm

from dadkhah.estimate.gates import tied_lists
from dadkhah.estimate.values import Finding, Overlaps

__all__ = ["lower_bound"]

_Pair = tuple[int, int]
_Bound = tuple[float, float]


def _cells(table: Overlaps) -> tuple[list[int], dict[_Pair, int]]:
    """People on exactly one list, and on exactly two."""
    single = [0] * len(table.lists)
    double = dict.fromkeys(combinations(range(len(table.lists)), 2), 0)
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        on = tuple(j for j, x in enumerate(pattern) if x)
        if len(on) == 1:
            single[on[0]] += count
        elif len(on) == 2:
            double[on[0], on[1]] += count
    return single, double


def _unseen(single: list[int], double: dict[_Pair, int], pairs: Iterable[_Pair]) -> _Bound:
    """The pooled bound over some pairs, with the variance of bound minus truth."""
    chosen = list(pairs)
    top = sum(float(single[i]) * single[j] for i, j in chosen)
    both = sum(double[p] for p in chosen)
    middle = top / (both + 1.0)
    slopes: dict[int, float] = {}
    for i, j in chosen:
        slopes[i] = slopes.get(i, 0.0) + single[j] / (both + 1.0)
        slopes[j] = slopes.get(j, 0.0) + single[i] / (both + 1.0)
    spread = sum(single[i] * s * s for i, s in slopes.items())
    spread += both * (middle / (both + 1.0)) ** 2
    return middle, spread + middle


def _low(bound: _Bound, z: float) -> float:
    """Lower end of a log-normal interval for the unseen (Chao 1987, section 3)."""
    middle, variance = bound
    if middle <= 0.0:
        return 0.0
    return middle / math.exp(z * math.sqrt(math.log1p(variance / middle**2)))


def _log_normal(bound: _Bound) -> dict[str, float]:
    """Centre and spread of the log of the unseen, for draws of the bound."""
    middle, variance = max(bound[0], 1e-9), bound[1]
    return {
        "log_unseen": math.log(middle),
        "log_spread": math.sqrt(math.log1p(variance / middle**2)),
    }


def _choices(tied: set[int], guarded: bool) -> dict[str, list[_Pair]]:
    """All pairs of tied lists; when guarded, also all but one, and all without one list."""
    pairs = list(combinations(sorted(tied), 2))
    chosen = {"all": pairs}
    if guarded:
        for pair in pairs:
            chosen[f"without pair {pair[0]}-{pair[1]}"] = [p for p in pairs if p != pair]
        for j in sorted(tied):
            chosen[f"without list {j}"] = [p for p in pairs if j not in p]
    return {name: kept for name, kept in chosen.items() if kept or name == "all"}


def lower_bound(table: Overlaps, *, level: float = 0.95, guarded: bool = True) -> Finding:
    """Bound the number of people from below, one-sided.

    Args:
        table: tidy overlaps of at least two lists; a list that shares nobody with the others adds
            its documented people and nothing else.
        level: one-sided confidence.
        guarded: also hold when one list or one pair of lists avoids the rest.

    Returns:
        A finding with role "bound"; `low` is the bound to quote, `middle` its centre.

    Source: Chao (1987), Biometrics 43; Chao, Tsay et al. (2001), section 4, for many lists.
    """
    single, double = _cells(table)
    z = float(norm.ppf(level))
    choices = _choices(tied_lists(table), guarded)
    bounds = {name: _unseen(single, double, pairs) for name, pairs in choices.items()}
    weakest = min(bounds, key=lambda name: _low(bounds[name], z))
    seen = table.documented
    return Finding(
        family="chao",
        low=seen + math.floor(_low(bounds[weakest], z)),
        middle=seen + bounds[weakest][0],
        high=math.inf,
        role="bound",
        detail={
            "plain": seen + bounds["all"][0],
            "plain_low": seen + math.floor(_low(bounds["all"], z)),
            "weakest": weakest,
            **_log_normal(bounds[weakest]),
            "level": level,
        },
    )
