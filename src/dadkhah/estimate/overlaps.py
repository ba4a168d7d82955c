"""Overlaps of lists: counted from people, checked, and with a list left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Real
from typing import Any

from dadkhah.errors import EstimateError
from dadkhah.estimate.values import Overlaps

__all__ = [
    "MOST_LISTS",
    "MOST_MODELLED",
    "MOST_PEOPLE",
    "drop_list",
    "join_smallest",
    "overlaps",
    "tidy",
]

MOST_LISTS = 60
MOST_PEOPLE = 10**15
MOST_MODELLED = 10
"""Lists that the models take; of more, the smallest are taken together."""


def _roots(name: str, parents: Mapping[str, Collection[str]], seen: tuple[str, ...]) -> set[str]:
    """The origins of a list: itself when it has no parent, else its parents' origins."""
    if name in seen:
        raise EstimateError(
            "overlaps-origin-circle",
            "A list is derived from itself.",
            where=" -> ".join((*seen, name)),
            todo="Correct derived_from.",
        )
    above = parents.get(name, ())
    if not above:
        return {name}
    return set().union(*(_roots(parent, parents, (*seen, name)) for parent in above))


def _families(
    lists: Sequence[str], parents: Mapping[str, Collection[str]]
) -> list[tuple[str, ...]]:
    """Groups of lists that share an origin, in the order of their first member."""
    groups: list[tuple[set[str], list[str]]] = []
    for name in lists:
        origins, members = _roots(name, parents, ()), [name]
        apart = []
        for group in groups:
            if group[0] & origins:
                origins |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (origins, members)]
    position = {name: i for i, name in enumerate(lists)}
    families = [tuple(sorted(members, key=position.__getitem__)) for _, members in groups]
    return sorted(families, key=lambda members: position[members[0]])


def overlaps(
    memberships: Iterable[Collection[str]],
    lists: Sequence[str],
    roots: Mapping[str, Collection[str]] | None = None,
    *,
    derived_from: Mapping[str, Collection[str]] | None = None,
    stratum: str = "",
    structural_zeros: Collection[str] = (),
) -> Overlaps:
    """Count people per pattern of independent lists.

    Lists with a common origin are collapsed into one (ST-02, CR-12): a person on any of them is
    on it. The one list is named after the first of them.

    Args:
        memberships: for each person, the names of the lists the person is on; a person on none
            of `lists` is not counted.
        lists: the lists that may enter, in order.
        roots: list -> lists it is derived from (also as `derived_from`); chains are followed.
        structural_zeros: lists that could not list anybody in this stratum; left out (ST-09).
            One that lists somebody here after all stays in, and a gate says so.

    Raises:
        EstimateError: overlaps-list-twice, overlaps-lists-too-many, overlaps-origin-circle.
    """
    _check_names(lists)
    people = [frozenset(person) for person in memberships]
    named = frozenset().union(*people)
    impossible = frozenset(structural_zeros) - named
    families = _families(lists, derived_from if derived_from is not None else roots or {})
    kept = [f for f in families if not set(f) <= impossible]
    place = {name: i for i, family in enumerate(kept) for name in family}
    counted: Counter[tuple[int, ...]] = Counter()
    for person in people:
        on = {place[name] for name in person if name in place}
        if on:
            counted[tuple(int(i in on) for i in range(len(kept)))] += 1
    patterns = sorted(counted, reverse=True)
    return Overlaps(
        lists=tuple(family[0] for family in kept),
        patterns=tuple(patterns),
        counts=tuple(counted[p] for p in patterns),
        stratum=stratum,
        structural_zeros=tuple(sorted(impossible)),
        contradicted=tuple(sorted(set(structural_zeros) & named)),
        merged={f[0]: f for f in kept if len(f) > 1},
    )


def _check_names(lists: Sequence[str]) -> None:
    if len(set(lists)) != len(lists):
        raise EstimateError(
            "overlaps-list-twice",
            "Two lists have the same name.",
            where=", ".join(sorted({x for x in lists if list(lists).count(x) > 1})),
            todo="Give each list its own name.",
        )
    if len(lists) > MOST_LISTS:
        raise EstimateError(
            "overlaps-lists-too-many",
            f"{len(lists)} lists were given; {MOST_LISTS} is the most.",
            todo="Join lists that were gathered in the same way.",
        )


def tidy(table: Overlaps) -> Overlaps:
    """Check a table and write each pattern once, without empty rows.

    Raises:
        EstimateError: overlaps-count-bad, overlaps-pattern-bad, overlaps-list-twice,
            overlaps-lists-too-many, overlaps-row-lengths.
    """
    _check_names(table.lists)
    if len(table.patterns) != len(table.counts):
        raise EstimateError("overlaps-row-lengths", "Patterns and counts differ in number.")
    counted: Counter[tuple[int, ...]] = Counter()
    for row, (pattern, count) in enumerate(zip(table.patterns, table.counts, strict=True), 1):
        _check_row(pattern, count, len(table.lists), row)
        counted[tuple(int(x) for x in pattern)] += int(count)
    rows = sorted(((p, n) for p, n in counted.items() if n), reverse=True)
    return Overlaps(
        lists=table.lists,
        patterns=tuple(p for p, _ in rows),
        counts=tuple(n for _, n in rows),
        stratum=table.stratum,
        structural_zeros=table.structural_zeros,
        contradicted=table.contradicted,
        merged=table.merged,
    )


def _check_row(pattern: Sequence[int], count: Any, lists: int, row: int) -> None:
    if len(pattern) != lists or any(x not in (0, 1) for x in pattern):
        raise EstimateError(
            "overlaps-pattern-bad",
            f"A pattern must be {lists} values of 0 or 1.",
            where=f"row {row}",
            todo="Write 1 where the list names the people of this row, else 0.",
        )
    number = float(count) if isinstance(count, Real) else math.nan
    if not (0 <= number <= MOST_PEOPLE and number.is_integer()):
        raise EstimateError(
            "overlaps-count-bad",
            f"{count!r} is not a number of people.",
            where=f"row {row}",
            todo="Counts are whole numbers from 0 up; people are not split or negative.",
        )
    if count and not any(pattern):
        raise EstimateError(
            "overlaps-pattern-bad",
            "A row counts people who are on no list; that number is what is asked for.",
            where=f"row {row}",
            todo="Remove the row.",
        )


def join_smallest(table: Overlaps, most: int) -> Overlaps:
    """The same people on fewer lists: the two smallest are taken as one until `most` are left.

    Whoever is on either is on the list they make, so it is a list like any other; the number of
    patterns, and with it the work of every model, is then bounded whatever the number of people.
    """
    names, merged = list(table.lists), dict(table.merged)
    rows = dict(zip(table.patterns, table.counts, strict=True))
    while len(names) > most:
        sizes = [sum(n for p, n in rows.items() if p[j]) for j in range(len(names))]
        first, second = sorted(sorted(range(len(names)), key=lambda j: (sizes[j], j))[:2])
        counted: Counter[tuple[int, ...]] = Counter()
        for p, n in rows.items():
            on = (*p[:first], p[first] | p[second], *p[first + 1 : second], *p[second + 1 :])
            counted[on] += n
        rows = dict(counted)
        other = names.pop(second)
        own = merged.pop(names[first], (names[first],)) + merged.pop(other, (other,))
        merged[names[first]] = own
    patterns = sorted(rows, reverse=True)
    return replace(table, lists=tuple(names), patterns=tuple(patterns), merged=merged,
                   counts=tuple(rows[p] for p in patterns))  # fmt: skip


def drop_list(table: Overlaps, name: str) -> Overlaps:
    """The same people without one list; those only on it are gone."""
    at = table.lists.index(name)
    counted: Counter[tuple[int, ...]] = Counter()
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        rest = pattern[:at] + pattern[at + 1 :]
        if any(rest):
            counted[rest] += count
    rows = sorted(counted.items(), reverse=True)
    return Overlaps(
        lists=table.lists[:at] + table.lists[at + 1 :],
        patterns=tuple(p for p, _ in rows),
        counts=tuple(n for _, n in rows),
        stratum=table.stratum,
        structural_zeros=table.structural_zeros,
        contradicted=table.contradicted,
        merged={k: v for k, v in table.merged.items() if k != name},
    )
