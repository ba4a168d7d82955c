"""Averaging over decomposable graphs of list dependence (Madigan and York 1997).

Each chordal graph says which lists are independent given others; with a hyper-Dirichlet prior its
marginal likelihood is a ratio of clique and separator terms, in closed form for every number of
unseen people. The grid of that number grows until the tail is negligible, so nothing is cut off.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import numpy as np
from scipy.special import gammaln

from dadkhah.estimate.hierarchy import full_table
from dadkhah.estimate.values import Finding, Floats, Overlaps

__all__ = ["decomposable", "graphs"]

_MOST_LISTS = 5
_GRID = 1200
_TAIL = 1e-5

Set = tuple[int, ...]
Graph = tuple[tuple[Set, ...], tuple[Set, ...]]


@cache
def graphs(lists: int) -> tuple[Graph, ...]:
    """Cliques and separators of every chordal graph but the complete one."""
    pairs = list(combinations(range(lists), 2))
    found = []
    for mask in range(2 ** len(pairs) - 1):
        edges = {p for b, p in enumerate(pairs) if mask >> b & 1}
        graph = _chordal(lists, edges)
        if graph is not None:
            found.append(graph)
    return tuple(found)


def _chordal(lists: int, edges: set[tuple[int, int]]) -> Graph | None:
    """Remove simplicial nodes one by one; None when a cycle without chord is left."""
    near = {v: {u for e in edges if v in e for u in e if u != v} for v in range(lists)}
    left, parts = set(range(lists)), []
    while left:
        for v in sorted(left):
            around = near[v] & left
            if all(u in near[w] for u, w in combinations(sorted(around), 2)):
                parts.append((tuple(sorted(around | {v})), tuple(sorted(around))))
                left.remove(v)
                break
        else:
            return None
    # Each removed node adds its family and takes away the family without it; what appears on
    # both sides cancels, which leaves cliques over separators.
    return tuple(c for c, _ in parts), tuple(s for _, s in parts)


def _component(subset: Set, counts: Floats, unseen: Floats, delta: float) -> Floats:
    """Log marginal likelihood of a subset's margin, for each number of unseen people."""
    lists = int(math.log2(counts.size + 1))
    margin = np.zeros(2 ** len(subset))
    for cell in range(1, counts.size + 1):
        margin[sum((cell >> j & 1) << i for i, j in enumerate(subset))] += counts[cell - 1]
    prior = delta * 2.0 ** (lists - len(subset))
    first = gammaln(prior + margin[0] + unseen) - gammaln(prior)
    rest = (gammaln(prior + margin[1:]) - gammaln(prior)).sum()
    total = prior * margin.size
    whole: Floats = first + rest + gammaln(total) - gammaln(total + counts.sum() + unseen)
    return whole


def _log_posterior(table: Overlaps, unseen: Floats, delta: float) -> Floats:
    """Log posterior per graph and number of unseen people, up to a constant."""
    _, counts = full_table(table)
    everybody = counts.sum() + unseen
    known: dict[Set, Floats] = {(): np.zeros_like(unseen)}
    shared = gammaln(everybody + 1) - gammaln(unseen + 1) - np.log(everybody)
    rows = []
    for cliques, separators in graphs(len(table.lists)):
        for subset in (*cliques, *separators):
            if subset not in known:
                known[subset] = _component(subset, counts, unseen, delta)
        row = shared.copy()
        for clique, separator in zip(cliques, separators, strict=True):
            row += known[clique] - known[separator]
        rows.append(row)
    return np.array(rows)


def decomposable(
    table: Overlaps, *, seed: int, level: float = 0.95, delta: float | None = None,
    draws: int = 4000
) -> Finding:  # fmt: skip
    """Average over decomposable graphs.

    Args:
        table: tidy overlaps of three to five lists.
        delta: prior count per cell; 1 / number of cells when not given.

    Returns:
        A finding; `high` is infinite when the posterior has no finite tail within a millionfold.

    Source: Madigan and York (1997), Biometrika 84.
    """
    delta = delta if delta is not None else 2.0 ** -len(table.lists)
    if not 3 <= len(table.lists) <= _MOST_LISTS:
        return Finding(family="graphs", low=table.documented, middle=math.inf, high=math.inf,
                       role="shown", detail={"why": "three to five lists"})  # fmt: skip
    top = 4.0 * table.documented + 100.0
    while True:
        unseen = np.unique(np.floor(np.expm1(np.linspace(0.0, math.log1p(top), _GRID))))
        width = np.gradient(unseen)
        logs = _log_posterior(table, unseen, delta)
        mass = np.exp(logs - logs.max()) * width
        tail = mass[:, unseen > top / 2].sum() / mass.sum()
        if tail < _TAIL or top > 1e6 * table.documented:
            break
        top *= 4.0
    share = mass.sum(axis=0) / mass.sum()
    weights = mass.sum(axis=1) / mass.sum()
    rng = np.random.default_rng(np.random.SeedSequence([seed, 11]))
    at = np.interp(rng.random(draws), share.cumsum(), unseen)
    people = table.documented + at
    half = (1.0 - level) / 2.0
    low, middle, high = np.quantile(people, [half, 0.5, 1.0 - half])
    return Finding(
        family="graphs",
        role="check",
        low=float(low),
        middle=float(middle),
        high=math.inf if tail >= _TAIL else float(high),
        detail={"delta": delta, "graphs": len(weights), "best_weight": float(weights.max())},
        draws=people,
    )
