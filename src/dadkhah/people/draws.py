"""Draws from the posterior over who is who, and what they say of persons and overlaps.

Judgements of people are hard: what they hold to be one person is one mention here, and what they
hold apart is never joined. Mentions in no group of doubt are persons of their own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dadkhah.people.doubt import Doubt, connect
from dadkhah.people.faint import join_faint
from dadkhah.people.greedy import join_each
from dadkhah.people.judgements import effective
from dadkhah.people.partitions import draw
from dadkhah.people.trees import Laid
from dadkhah.records import Judgement

__all__ = ["Chance", "Interval", "OverlapDraws", "Partitions", "draw_partitions", "likeliest"]

Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How probable it is that a person's mentions are one person (`one`), and that no other
    mention is of that person too (`whole`)."""

    one: float
    whole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Low, middle and high of a count over the draws, at a level."""

    low: int
    middle: int
    high: int
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapDraws:
    """People per pattern of lists, one row of counts for each draw.

    `patterns[p, l]` says whether people of pattern p are on `lists[l]`; `counts[d, p]` how many
    there are in draw d.
    """

    lists: tuple[str, ...]
    patterns: NDArray[np.int8]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitions:
    """Draws of who is who. `labels[d, i]` is the person of `ids[i]` in draw d, by number.

    A mention that is not among `ids` is a person of its own in every draw.
    """

    ids: tuple[str, ...]
    labels: Labels

    def place(self) -> dict[str, int]:
        """Give the place of each mention in `ids`."""
        return {mention: at for at, mention in enumerate(self.ids)}

    def chances(self, persons: Iterable[Sequence[str]]) -> list[Chance]:
        """Give, for each person (its mentions), how often the draws hold it to be one, and whole.

        A person judged together by people alone, on mentions without doubt, is certain here.
        """
        place = self.place()
        sizes = [np.bincount(row, minlength=len(self.ids)) for row in self.labels]
        return [self._chance(place, mentions, sizes) for mentions in persons]

    def _chance(
        self, place: Mapping[str, int], mentions: Sequence[str], sizes: list[NDArray[np.int64]]
    ) -> Chance:
        known = [place[mention] for mention in mentions if mention in place]
        if not known:
            certain = float(len(mentions) == 1)
            return Chance(one=certain, whole=certain)
        own = self.labels[:, known]
        one = (own == own[:, :1]).all(axis=1) & (len(known) == len(mentions))
        held = np.array([size[label] for size, label in zip(sizes, own[:, 0], strict=True)])
        return Chance(one=float(one.mean()), whole=float((one & (held == len(known))).mean()))

    def documented(self, mentions: Iterable[str], level: float = 0.95) -> Interval:
        """Count the distinct persons behind these mentions in each draw, as an interval.

        Its ends are the shortest run of whole numbers that holds `level` of the draws; of runs of
        one length the one that holds most. The middle is the median.
        """
        place = self.place()
        wanted = list(dict.fromkeys(mentions))
        inside = np.array([place[m] for m in wanted if m in place], dtype=np.int64)
        alone = len(wanted) - len(inside)
        counts = np.array([alone + len(np.unique(row[inside])) for row in self.labels])
        low, high = _shortest_run(counts, level)
        middle = int(np.quantile(counts, 0.5, method="inverted_cdf"))
        return Interval(low=low, middle=middle, high=high, level=level)

    def overlaps(self, lists_of: Mapping[str, str], lists: Sequence[str]) -> OverlapDraws:
        """Count people per pattern of lists, draw by draw.

        Args:
            lists_of: the list of each mention that counts; identified mentions only. A list that
                was derived from another is given the other's name here, so that both count once.
            lists: the lists that may enter, at most 60; mentions of others are left out.
        """
        bit = {name: 1 << at for at, name in enumerate(lists)}
        place = self.place()
        listed = [(m, bit[name]) for m, name in lists_of.items() if name in bit]
        masks = np.zeros(len(self.ids), dtype=np.int64)
        for mention, mask in listed:
            if mention in place:
                masks[place[mention]] = mask
        alone = np.array([mask for m, mask in listed if m not in place], dtype=np.int64)
        seen = [np.unique(np.append(alone, own), return_counts=True) for own in self._masks(masks)]
        patterns = np.unique(np.concatenate([found for found, _ in seen]))
        patterns = patterns[patterns > 0][::-1]
        counts = np.zeros((len(seen), len(patterns)), dtype=np.int64)
        for row, (found, number) in enumerate(seen):
            kept = found > 0
            counts[row, np.searchsorted(-patterns, -found[kept])] = number[kept]
        cells = ((patterns[:, None] >> np.arange(len(lists))) & 1).astype(np.int8)
        return OverlapDraws(lists=tuple(lists), patterns=cells, counts=counts)

    def _masks(self, masks: NDArray[np.int64]) -> Iterable[NDArray[np.int64]]:
        """Give for each draw the lists of each person, as bits."""
        for row in self.labels:
            people = np.zeros(len(self.ids), dtype=np.int64)
            np.bitwise_or.at(people, row, masks)
            yield people


def _shortest_run(counts: NDArray[np.int64], level: float) -> tuple[int, int]:
    """Find the shortest run of whole numbers that holds a share of the counts."""
    values, sizes = np.unique(counts, return_counts=True)
    held = np.concatenate([[0], np.cumsum(sizes)])
    runs = [
        (int(values[end] - values[start]), -int(held[end + 1] - held[start]), start, end)
        for start in range(len(values))
        for end in range(start, len(values))
        if held[end + 1] - held[start] >= level * len(counts)
    ]
    _, _, start, end = min(runs)
    return int(values[start]), int(values[end])


def draw_partitions(
    doubt: Doubt, judgements: Iterable[Judgement] = (), *, draws: int = 200, seed: int = 1
) -> Partitions:
    """Draw who is who from the posterior, given the evidence and what people judged.

    Args:
        doubt: of a linkage. judgements: all of the case; machines' are left aside.

    Returns:
        As many partitions as asked; the same seed gives the same draws.
    """
    where, laid = _lay_out(doubt, judgements)
    tables = slice(min(1, len(doubt.priors) - 1), draws + 1)
    ratios, priors = doubt.ratios[tables], doubt.priors[tables]
    each = -(-draws // len(priors))
    labels = draw(laid, ratios, priors, each * len(priors), _seeds(where, laid, seed))
    labels = labels[np.arange(draws) * len(labels) // draws]
    labels += np.repeat(laid.starts[:-1], np.diff(laid.starts)).astype(np.int32)
    rows = np.ascontiguousarray(labels[:, where.at], dtype=np.int32)
    table = tables.start + np.arange(draws) * len(priors) // draws
    join_faint(doubt, rows, where.apart, table, seed)
    return Partitions(ids=where.ids, labels=rows)


def _seeds(where: _Where, laid: Laid, seed: int) -> NDArray[np.int64]:
    """Give each group a seed of its own, from its first mention's id: a group is drawn alike
    beside whatever other groups are asked for."""
    group = np.searchsorted(laid.starts, where.at, side="right") - 1
    first = np.full(len(laid.starts) - 1, len(where.ids))
    np.minimum.at(first, group, np.arange(len(where.ids)))
    keys = [zlib.crc32(where.ids[at].encode()) for at in first.tolist()]
    return (np.array(keys, dtype=np.int64) + seed * 1_000_003) % 2**31


def likeliest(doubt: Doubt, judgements: Iterable[Judgement] = ()) -> dict[str, int]:
    """Give a number for the person of each mention in doubt, joined while a join gains.

    Two mentions that each resemble a third are not joined through it when they speak against
    each other: this is where long chains and giant groups come apart.
    """
    where, laid = _lay_out(doubt, judgements)
    labels = join_each(laid, doubt.ratios[0], doubt.priors[0])[where.at]
    return dict(zip(where.ids, labels.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """Mentions, the place of each among the groups, and the pairs judged different.

    Those judged one share a place.
    """

    ids: tuple[str, ...]
    at: NDArray[np.int64]
    apart: Pairs


Pairs = list[tuple[int, int]]


def _lay_out(doubt: Doubt, judgements: Iterable[Judgement]) -> tuple[_Where, Laid]:
    ids, same, different = _judged(doubt, judgements)
    units, count = _units_in_order(connect(len(ids), *_ends(same)))
    a, b = _ends(different)
    left = units[np.concatenate([doubt.left, a])]
    right = units[np.concatenate([doubt.right, b])]
    starts, at = _groups(count, left, right)
    left, right = at[left], at[right]
    group = np.searchsorted(starts, left, side="right") - 1
    order = np.argsort(group, kind="stable")
    unsaid = np.full((len(a), doubt.levels.shape[1]), -1, dtype=np.int16)
    laid = Laid(
        starts=starts,
        pair_starts=np.searchsorted(group[order], np.arange(len(starts))).astype(np.int64),
        left=left[order],
        right=right[order],
        levels=np.concatenate([doubt.levels, unsaid])[order],
        barred=np.concatenate([np.isneginf(doubt.weight), np.ones(len(a), np.bool_)])[order],
    )
    return _Where(ids=ids, at=at[units], apart=different), laid


def _judged(doubt: Doubt, judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], Pairs, Pairs]:
    """Take up what people judged: all mentions concerned, the same, and the different."""
    decided = [e for e in effective(judgements) if not e.by_machine and e.decision != "unsure"]
    ids = dict.fromkeys(doubt.ids)
    for each in decided:
        if each.decision == "same":
            ids |= {each.left: None, each.right: None}
    place = {mention: at for at, mention in enumerate(ids)}
    known = [e for e in decided if e.left in place and e.right in place]
    apart = [(place[e.left], place[e.right]) for e in known if e.decision == "different"]
    same = [(place[e.left], place[e.right]) for e in known if e.decision == "same"]
    return tuple(ids), _without_clash(len(place), same, apart), apart


def _without_clash(count: int, same: Pairs, apart: Pairs) -> Pairs:
    """Leave out a "same" that would join what is judged different: "different" stands."""
    if not apart or not same:
        return same
    unit = connect(count, *_ends(same))
    clash = {unit[a] for a, b in apart if unit[a] == unit[b]}
    return [pair for pair in same if unit[pair[0]] not in clash]


def _ends(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _units_in_order(units: NDArray[np.int32]) -> tuple[NDArray[np.int64], int]:
    """Number the units by their first mention, so that the draws do not hang on a library."""
    _, first, inverse = np.unique(units, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return rank[inverse], len(first)


def _groups(
    count: int, left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Order units by group: where groups start, and the place of each unit."""
    group = connect(count, left, right)
    order = np.argsort(group, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(group))]).astype(np.int64)
    at = np.empty(count, dtype=np.int64)
    at[order] = np.arange(count)
    return starts, at
