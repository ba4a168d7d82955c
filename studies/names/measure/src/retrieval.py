"""Step: find each held-out name among all names of the other script."""

from __future__ import annotations

import math
import time

import numpy as np
from pools import Pool, Side, load, totals

from dadkhah.names.table import word_parts


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Give the 95% interval of a share. Source: Wilson (1927)."""
    z, share = 1.959964, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = (
        z
        / (1 + z * z / count)
        * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    )
    return middle - half, middle + half


def figure(label: str, hits: int, count: int) -> str:
    """Write a share with its interval."""
    low, high = wilson(hits, count)
    return f"{label}: {hits}/{count} = {hits / count:.2%} ({low:.2%}-{high:.2%})"


def ranks_of(pool: Pool, queries: list[str], own: Side, among: Side) -> list[int]:
    """Give for each query the place of the first right name, 0 being first."""
    found = []
    for fold in queries:
        order = np.argsort(-totals(own, fold, among), kind="stable")[:50]
        true = pool.true[fold]
        hits = [place for place, row in enumerate(order) if among.folds[row] in true]
        found.append(hits[0] if hits else 50)
    return found


def nobody(pool: Pool) -> set[str]:
    """Give the folds that name nobody (N. N.)."""
    return {fold for side in (pool.persian, pool.latin)
            for fold in side.place if not word_parts(side.texts[side.place[fold]])}  # fmt: skip


def run(part: str = "test") -> str:
    """Measure both directions, every name of the part; missed lines are given by number.

    Texts that name nobody (N. N.) are not asked for.
    """
    pool = load()
    lines = []
    skipped = nobody(pool)
    for label, own, among, way in (
        ("Latin to Persian", pool.latin, pool.persian, 1),
        ("Persian to Latin", pool.persian, pool.latin, 0),
    ):
        queries = sorted({pair[way] for pair in pool.part[part]} - skipped)
        begun = time.process_time()
        ranks = ranks_of(pool, queries, own, among)
        rate = len(queries) * len(among.folds) / (time.process_time() - begun)
        missed = [pool.line[fold] for fold, rank in zip(queries, ranks, strict=True) if rank]
        far = [pool.line[fold] for fold, rank in zip(queries, ranks, strict=True) if rank > 4]
        lines += [
            f"{label}, among {len(among.folds)} names",
            figure("  first", sum(rank == 0 for rank in ranks), len(ranks)),
            figure("  in the first five", sum(rank < 5 for rank in ranks), len(ranks)),
            f"  lines not first: {missed}; not in the first five: {far}",
            f"  pairs a second, one name against all, sorting too: {rate:,.0f}",
        ]
    return "\n".join(lines)
