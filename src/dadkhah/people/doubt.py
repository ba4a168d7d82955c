"""What linkage leaves open: groups of mentions that may be one person, and how each pair weighs.

Every pair within a group is weighed, also those that no key brought together, since two mentions
that each resemble a third must still bear comparison with each other.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

__all__ = [
    "FLOOR",
    "FLOORS",
    "LARGEST",
    "NEVER",
    "Doubt",
    "Weigh",
    "connect",
    "find_doubt",
    "read_doubt",
]

NEVER: Final = -np.inf
LARGEST: Final = 400
# Probabilities from which a pair ties two mentions into one group; raised where a group grows
# too large to be weighed whole.
FLOORS: Final = (0.02, 0.05, 0.1, 0.3, 0.6, 0.9, 0.99, 0.999, 0.9999, 0.99999)
FLOOR: Final = float(np.log(FLOORS[0] / (1 - FLOORS[0])))

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.int16]
Weigh = Callable[[Rows, Rows], Floats]
_FAINT: Final = ("faint_left", "faint_right", "faint", "scale", "sole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What lies behind the weights of pairs, field by field.

    Args:
        levels: gives the levels of pairs of rows, a row per pair and a column per field; -1 where
            the pair does not compare the field.
        ratios: log (nats) of how much likelier each level of each field is of one person than of
            two (tables x fields x levels). The first table is as trained, the others are draws
            of what the training leaves open.
        priors: log of the prior odds that two named mentions are one person, of each table.
    """

    levels: Callable[[Rows, Rows], NDArray[np.integer]]
    ratios: Floats
    priors: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Groups of mentions that may be one person, and the evidence of every pair within them.

    Args:
        ids: mentions, those of one group beside each other.
        left, right: places in `ids`, left before right.
        weight: log (nats) of how much likelier the pair is as one person than as two; minus
            infinity where no machine may join them.
        prior: log of the prior odds that two named mentions are one person.
        levels, ratios, priors: what lies behind the weights; see Detail.
        cut: groups that were too large to weigh whole and were cut at their weakest ties.
        faint_left, faint_right, faint: places and chances of pairs too faint to tie a group.
        scale: by how much each table of parameters makes them likelier; the mean is one.
        sole: of each mention the collection that names nobody twice, by number, or one of its own.
    """

    ids: tuple[str, ...]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    weight: NDArray[np.float32]
    prior: float
    levels: Levels
    ratios: Floats
    priors: Floats
    cut: int = 0
    faint_left: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    faint_right: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    faint: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    scale: Floats = field(default_factory=lambda: np.zeros(0))
    sole: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))

    def part(self, mentions: Iterable[str]) -> Doubt:
        """Give the doubt about these mentions and all that stand in their groups.

        The other end of a faint pair that reaches out of them comes too, without its group, so
        that a chance is the same whatever else is asked for.
        """
        wanted = set(mentions)
        touched = np.array([mention in wanted for mention in self.ids], dtype=np.bool_)
        group = self.group
        own = np.isin(group, group[touched])
        pairs = own[self.left]
        faint = own[self.faint_left] | own[self.faint_right]
        kept = own.copy()
        kept[self.faint_left[faint]], kept[self.faint_right[faint]] = True, True
        place = np.cumsum(kept) - 1
        return dataclasses.replace(
            self,
            ids=tuple(compress(self.ids, kept)),
            left=place[self.left[pairs]].astype(np.int32),
            right=place[self.right[pairs]].astype(np.int32),
            weight=self.weight[pairs],
            levels=self.levels[pairs],
            faint_left=place[self.faint_left[faint]].astype(np.int32),
            faint_right=place[self.faint_right[faint]].astype(np.int32),
            faint=self.faint[faint],
            sole=self.sole[kept] if len(self.sole) else self.sole,
        )

    def to_bytes(self) -> bytes:
        """Give the doubt as bytes (NumPy's compressed format), for `read_doubt`."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            ids=np.array(self.ids, dtype=np.str_),
            left=self.left,
            right=self.right,
            weight=self.weight,
            prior=np.float64(self.prior),
            levels=self.levels,
            ratios=self.ratios,
            priors=self.priors,
            cut=np.int64(self.cut),
            **{name: getattr(self, name) for name in _FAINT},
        )
        return file.getvalue()

    @property
    def group(self) -> NDArray[np.int32]:
        """The group of each mention, by number."""
        return connect(len(self.ids), self.left, self.right)


def read_doubt(data: bytes) -> Doubt:
    """Read what `Doubt.to_bytes` wrote; before faint pairs were kept, it wrote none."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return Doubt(
            ids=tuple(file["ids"].tolist()),
            left=file["left"],
            right=file["right"],
            weight=file["weight"],
            prior=float(file["prior"]),
            levels=file["levels"],
            ratios=file["ratios"],
            priors=file["priors"],
            cut=int(file["cut"]),
            **{name: file[name] for name in _FAINT if name in file.files},
        )


def connect(count: int, left: NDArray[np.integer], right: NDArray[np.integer]) -> NDArray[np.int32]:
    """Number the groups that pairs tie together."""
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels, dtype=np.int32)


def find_doubt(
    ids: Sequence[str] | pl.Series,
    left: Rows,
    right: Rows,
    weight: Floats,
    prior: float,
    weigh: Weigh,
    detail: Detail | None = None,
    ties: Floats | None = None,
) -> Doubt:
    """Group the mentions that may be one person, and weigh the pairs not yet weighed.

    Args:
        ids: of the rows of the table.
        left, right, weight: of the candidate pairs, as rows of the table.
        weigh: gives the weights of further pairs of rows.
        detail: what lies behind the weights; without it each weight is one field.
        ties: log odds by which pairs tie mentions, by default those of their weights.
    """
    ties = np.where(np.isneginf(weight), NEVER, weight + prior if ties is None else ties)
    order, sizes, cut = _in_groups(len(ids), left, right, ties)
    a, b = _pairs_within(sizes)
    one, two = np.minimum(order[a], order[b]), np.maximum(order[a], order[b])
    weights = _known(one, two, left, right, weight, len(ids))
    missing = np.flatnonzero(np.isnan(weights))
    weights[missing] = weigh(one[missing], two[missing])
    if detail is None:
        levels, ratios, priors = _one_field(weights, prior)
    else:
        levels, ratios, priors = detail.levels(one, two), detail.ratios, detail.priors
    return Doubt(
        ids=tuple(pl.Series(ids, dtype=pl.String).gather(order).to_list()),
        left=a.astype(np.int32),
        right=b.astype(np.int32),
        weight=weights.astype(np.float32),
        prior=prior,
        levels=levels.astype(np.int16),
        ratios=ratios,
        priors=priors,
        cut=cut,
    )


def _in_groups(count: int, left: Rows, right: Rows, ties: Floats) -> tuple[Rows, Rows, int]:
    """Give the rows that are tied to others, those of one group beside each other, the sizes of
    the groups, and how many were cut."""
    floors = np.log(np.array(FLOORS) / (1 - np.array(FLOORS)))
    tied = np.flatnonzero(ties >= floors[0])
    kept, cut = _cut_large(count, left, right, ties, tied, floors)
    group = connect(count, left[kept], right[kept])
    sizes = np.bincount(group)
    inside = np.flatnonzero(sizes[group] > 1)
    order = inside[np.argsort(group[inside], kind="stable")]
    return order, sizes[sizes > 1], cut


def _one_field(weights: Floats, prior: float) -> tuple[NDArray[np.integer], Floats, Floats]:
    """Take each weight for a level of one field."""
    said = np.isfinite(weights)
    values, level = np.unique(weights[said], return_inverse=True)
    levels = np.full((len(weights), 1), -1)
    levels[said, 0] = level
    return levels, np.append(values, 0.0).reshape(1, 1, -1), np.array([prior])


def _cut_large(
    count: int, left: Rows, right: Rows, odds: Floats, tied: Rows, floors: Floats
) -> tuple[Rows, int]:
    """Leave out the weakest ties of groups that are too large, and say how many were cut."""
    kept, cut = tied, 0
    for step, floor in enumerate(floors[1:]):
        group = connect(count, left[kept], right[kept])
        large = np.bincount(group) > LARGEST
        if not large.any():
            return kept, cut
        cut = max(cut, int(large.sum())) if step else int(large.sum())
        kept = kept[~large[group[left[kept]]] | (odds[kept] >= floor)]
    group = connect(count, left[kept], right[kept])
    return kept[(np.bincount(group) <= LARGEST)[group[left[kept]]]], cut


def _pairs_within(sizes: NDArray[np.integer]) -> tuple[Rows, Rows]:
    """List every pair of places within groups of these sizes that lie one after the other."""
    starts = np.concatenate([[0], np.cumsum(sizes)])
    parts = []
    for size in np.unique(sizes):
        i, j = np.triu_indices(int(size), 1)
        first = starts[:-1][sizes == size]
        parts.append(((first[:, None] + i).ravel(), (first[:, None] + j).ravel()))
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    a = np.concatenate([part[0] for part in parts])
    b = np.concatenate([part[1] for part in parts])
    order = np.lexsort((b, a))
    return a[order], b[order]


def _known(a: Rows, b: Rows, left: Rows, right: Rows, weight: Floats, count: int) -> Floats:
    """Look up the weights of pairs of rows among the candidates; NaN where there is none."""
    wanted = np.minimum(a, b) * count + np.maximum(a, b)
    codes = np.minimum(left, right) * count + np.maximum(left, right)
    order = np.argsort(codes, kind="stable")
    at = np.minimum(np.searchsorted(codes[order], wanted), max(len(codes) - 1, 0))
    found = np.full(len(wanted), np.nan)
    if len(codes):
        hit = codes[order][at] == wanted
        found[hit] = weight[order][at][hit]
    return found
