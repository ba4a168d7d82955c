"""Gates: named tests that overlaps must pass before anything is estimated (ST-01, 02, 08, 20)."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from itertools import combinations

from scipy.stats import poisson

from dadkhah.estimate.reasons import gate
from dadkhah.estimate.values import Gate, Overlaps
from dadkhah.records import Collection

__all__ = ["gates", "pair_counts", "tied_lists"]

LEAST_LISTS = 3
LEAST_LISTED = 10
LEAST_SHARED = 5
MOST_EVER_LIVED = 120_000_000_000
COPIED_SHARE = 0.9
AVOIDED_SHARE = 0.25
SURPRISE = 1e-4

_Pairs = dict[tuple[int, int], int]


def pair_counts(table: Overlaps) -> _Pairs:
    """People on both lists, for each pair of positions i < j."""
    shared = dict.fromkeys(combinations(range(len(table.lists)), 2), 0)
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        on = [j for j, x in enumerate(pattern) if x]
        for pair in combinations(on, 2):
            shared[pair] += count
    return shared


def gates(
    overlaps: Overlaps, collections: Iterable[Collection] | Mapping[str, Collection] = ()
) -> tuple[Gate, ...]:
    """Test whether these overlaps can carry an estimate.

    Args:
        overlaps: one stratum's overlaps, checked by `tidy`.
        collections: the lists' records, found by id or title; without any, the gate on their
            description is left out and the report says nothing of scope.

    Returns:
        Every gate, passed or not, in the order they should be read.
    """
    described = list(collections.values() if isinstance(collections, Mapping) else collections)
    first = [_described(overlaps, described)] if described else []
    if not overlaps.documented:
        return (*first, gate("nobody-listed", passed=False, documented=0))
    return (
        *first,
        _derived(overlaps),
        gate(
            "structural-zero-contradicted",
            passed=not overlaps.contradicted,
            lists=list(overlaps.contradicted),
        ),
        gate("nobody-listed", passed=True, documented=overlaps.documented),
        gate(
            "counts-too-large",
            passed=overlaps.documented <= MOST_EVER_LIVED,
            documented=overlaps.documented,
        ),
        *_sizes(overlaps),
        *_ties(overlaps),
        _copied(overlaps),
        _avoiding(overlaps),
    )


def _described(table: Overlaps, collections: list[Collection]) -> Gate:
    """ST-01: a collection without scope and period cannot enter."""
    known = {name: c for c in collections for name in (c.id, c.title)}
    bare = [
        name
        for name in table.lists
        if name not in known or not (known[name].scope and known[name].period)
    ]
    return gate("lists-undescribed", passed=not bare, lists=bare)


def _derived(table: Overlaps) -> Gate:
    """ST-02: say which lists were collapsed."""
    joined = [" + ".join(names) for names in table.merged.values()]
    return gate("lists-derived", passed=not joined, lists=joined)


def _sizes(table: Overlaps) -> list[Gate]:
    """Are there enough lists, and are they large enough, yet none complete?"""
    sizes = dict(zip(table.lists, table.sizes(), strict=True))
    empty = [name for name, size in sizes.items() if not size]
    small = [name for name, size in sizes.items() if 0 < size < LEAST_LISTED]
    usable = len(sizes) - len(empty)
    whole = [name for name, size in sizes.items() if size == table.documented]
    stops = "interval" if usable - len(small) < LEAST_LISTS else "nothing"
    return [
        gate("list-empty", passed=not empty, lists=empty),
        gate("lists-too-few", passed=usable >= LEAST_LISTS, usable=usable),
        gate("list-too-small", passed=not small, stops=stops, lists=small, least=LEAST_LISTED),
        gate("list-holds-everybody", passed=not whole, lists=whole),
    ]


def tied_lists(table: Overlaps) -> set[int]:
    """The positions of the largest set of lists tied to each other by shared people."""
    shared = pair_counts(table)
    left = {j for j, size in enumerate(table.sizes()) if size}
    best: set[int] = set()
    while left:
        group, frontier = set(), {min(left)}
        while frontier:
            group |= frontier
            frontier = {j for j in left - group for i in group if shared[min(i, j), max(i, j)]}
        left -= group
        best = max(best, group, key=len)
    return best


def _ties(table: Overlaps) -> list[Gate]:
    """Are the lists tied to each other, by enough people?"""
    shared = pair_counts(table)
    sizes = table.sizes()
    tied = tied_lists(table)
    apart = [name for j, name in enumerate(table.lists) if sizes[j] and j not in tied]
    twice = sum(n for p, n in zip(table.patterns, table.counts, strict=True) if sum(p) > 1)
    pairs = [n for (i, j), n in shared.items() if sizes[i] and sizes[j]]
    zero = sum(n == 0 for n in pairs)
    return [
        gate(
            "lists-not-connected",
            passed=not apart,
            stops="interval" if len(tied) >= LEAST_LISTS else "everything",
            lists=apart,
        ),
        gate("overlap-too-small", passed=twice >= LEAST_SHARED, shared=twice, least=LEAST_SHARED),
        gate(
            "overlaps-mostly-zero",
            passed=2 * zero <= len(pairs),
            zero=zero,
            tied=len(pairs) - zero,
            pairs=len(pairs),
        ),
    ]


def _copied(table: Overlaps) -> Gate:
    """Is most of one list inside another, far beyond how often the others are?"""
    shared, sizes = pair_counts(table), table.sizes()
    worst, found = 0.0, ("", "")
    for (i, j), both in shared.items():
        for inner, outer in ((i, j), (j, i)):
            if sizes[inner] < LEAST_LISTED or both / sizes[inner] < COPIED_SHARE:
                continue
            others = _on_other(table, inner, outer)
            listed, also = sum(n for n, _ in others), sum(n for n, on in others if on)
            if not listed:
                continue
            expected = sizes[inner] * (also + 1) / (listed + 1)
            if poisson.sf(both - 1, expected) < SURPRISE and both / sizes[inner] > worst:
                worst, found = both / sizes[inner], (table.lists[inner], table.lists[outer])
    return gate(
        "list-inside-another",
        passed=not worst,
        inner=found[0],
        outer=found[1],
        share=f"{worst:.0%}",
    )


def _on_other(table: Overlaps, inner: int, outer: int) -> list[tuple[int, int]]:
    """People on a third list but not on `inner`, and whether they are on `outer`."""
    return [
        (count, pattern[outer])
        for pattern, count in zip(table.patterns, table.counts, strict=True)
        if not pattern[inner] and sum(pattern) - pattern[outer] > 0
    ]


def _avoiding(table: Overlaps) -> Gate:
    """Do two lists share far fewer people than the other pairs would suggest?"""
    shared, sizes = pair_counts(table), table.sizes()
    implied = {p: sizes[p[0]] * sizes[p[1]] / n for p, n in shared.items() if n}
    worst, found, facts = 1.0, ("", ""), (0, 0.0)
    for pair, both in shared.items():
        rest = [value for other, value in implied.items() if other != pair]
        if len(rest) < 2:
            continue
        expected = sizes[pair[0]] * sizes[pair[1]] / statistics.median(rest)
        few = both < AVOIDED_SHARE * expected and poisson.cdf(both, expected) < SURPRISE
        if few and both / expected < worst:
            worst, found = both / expected, (table.lists[pair[0]], table.lists[pair[1]])
            facts = (both, round(expected))
    return gate(
        "lists-avoid-each-other",
        passed=worst == 1.0,
        first=found[0],
        second=found[1],
        shared=facts[0],
        expected=facts[1],
    )
