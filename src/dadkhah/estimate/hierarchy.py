"""Hierarchical log-linear models laid out as rows over terms, and tested before use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from dadkhah.estimate.existence import kept_cells
from dadkhah.estimate.fitting import fit_many
from dadkhah.estimate.values import Floats, Overlaps

__all__ = [
    "Frame",
    "Model",
    "Term",
    "closed",
    "fit_frame",
    "full_table",
    "hierarchical_models",
    "lay_out",
    "verified",
]

Term = tuple[int, ...]
Model = frozenset[Term]


def full_table(table: Overlaps) -> tuple[npt.NDArray[np.int64], Floats]:
    """Every pattern but "no list", and the people in each."""
    lists = len(table.lists)
    patterns = np.array(
        [[(c >> j) & 1 for j in range(lists)] for c in range(1, 2**lists)], dtype=np.int64
    )
    counts = np.zeros(2**lists - 1)
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        counts[sum(x << j for j, x in enumerate(pattern)) - 1] += count
    return patterns, counts


def _design(patterns: npt.NDArray[np.int64], terms: Sequence[Term]) -> Floats:
    """Cells x terms; the empty term is the intercept, log of the people on no list."""
    columns = [patterns[:, list(term)].all(axis=1) for term in terms]
    return np.array(columns, dtype=float).T.copy()


def closed(model: Iterable[Term]) -> Model:
    """Add every lower-order interaction that a hierarchical model must have."""
    return frozenset(
        part for term in model for size in range(2, len(term) + 1)
        for part in combinations(term, size)
    )  # fmt: skip


@cache
def hierarchical_models(lists: int, order: int) -> tuple[Model, ...]:
    """All hierarchical models with interactions of at most `order` lists, never the full one."""
    found: set[Model] = {frozenset()}
    for size in range(2, min(order, lists - 1) + 1):
        grown = set(found)
        for model in found:
            open_terms = [
                term for term in combinations(range(lists), size)
                if size == 2 or all(p in model for p in combinations(term, size - 1))
            ]  # fmt: skip
            for mask in range(1, 2 ** len(open_terms)):
                grown.add(model | {t for b, t in enumerate(open_terms) if mask >> b & 1})
        found = grown
    return tuple(sorted(found, key=lambda m: (len(m), sorted(m))))


def _terms(lists: int, models: Iterable[Model]) -> list[Term]:
    interactions = sorted({t for m in models for t in m}, key=lambda t: (len(t), t))
    return [(), *((j,) for j in range(lists)), *interactions]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Models as 0/1 rows over terms, with the cells each keeps."""

    design: Floats
    models: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    identified: npt.NDArray[np.bool_]
    names: tuple[Model, ...]
    counts: Floats

    def only(self, chosen: npt.NDArray[np.int64]) -> Frame:
        """The frame of some of the models."""
        return Frame(
            design=self.design,
            models=self.models[chosen],
            rows=self.rows[chosen],
            identified=self.identified[chosen],
            names=tuple(self.names[i] for i in chosen),
            counts=self.counts,
        )


def lay_out(table: Overlaps, models: Sequence[Model]) -> Frame:
    """Lay models out; an interaction that nobody shows is at minus infinity: its cells leave."""
    lists = len(table.lists)
    patterns, counts = full_table(table)
    terms = _terms(lists, models)
    design = _design(patterns, terms)
    place = {term: i for i, term in enumerate(terms)}
    chosen = np.zeros((len(models), len(terms)), dtype=np.int64)
    chosen[:, : lists + 1] = 1
    for row, model in enumerate(models):
        chosen[row, [place[t] for t in model]] = 1
    nobody = (counts @ design) == 0
    rows = ((chosen[:, nobody] @ design[:, nobody].T) == 0).astype(np.int64)
    chosen[:, nobody] = 0
    return Frame(design=design, models=chosen, rows=rows, names=tuple(models), counts=counts,
                  identified=np.ones(len(models), dtype=bool))  # fmt: skip


def verified(frame: Frame) -> Frame:
    """Test every model of a frame for existence and for a fixed number of unseen people."""
    if (frame.counts > 0).all():
        return frame
    rows, identified = frame.rows.copy(), frame.identified.copy()
    for m in range(len(frame.names)):
        kept = frame.rows[m] == 1
        inner, fixed = kept_cells(frame.design[kept][:, frame.models[m] == 1], frame.counts[kept])
        rows[m, np.flatnonzero(kept)[~inner]] = 0
        identified[m] = fixed
    return Frame(design=frame.design, models=frame.models, rows=rows, identified=identified,
                  names=frame.names, counts=frame.counts)  # fmt: skip


def fit_frame(frame: Frame, tables: Floats) -> tuple[Floats, Floats]:
    """Intercepts and deviances; models whose unseen number is free count as failed."""
    intercepts, deviances = fit_many(frame.design, frame.models, frame.rows, tables)
    deviances[:, ~frame.identified] = np.nan
    return intercepts, deviances
