"""A maximum that runs away is noticed before it is quoted."""

from __future__ import annotations

import numpy as np

from dadkhah.estimate.existence import kept_cells

PATTERNS = [(c >> 2 & 1, c >> 1 & 1, c & 1) for c in range(1, 8)]


def design(*pairs: tuple[int, int]) -> np.ndarray:
    rows = [[1, *p, *(p[i] * p[j] for i, j in pairs)] for p in PATTERNS]
    return np.array(rows, dtype=float)


def test_a_full_table_keeps_every_cell_and_fixes_the_unseen() -> None:
    keep, fixed = kept_cells(design((0, 1)), np.ones(7))
    assert keep.all()
    assert fixed


def test_a_pair_that_shares_nobody_drops_its_cells() -> None:
    counts = np.array([0.0 if p[0] and p[1] else 5.0 for p in PATTERNS])
    keep, fixed = kept_cells(design((0, 1)), counts)
    assert [p for p, k in zip(PATTERNS, keep, strict=True) if not k] == [(1, 1, 0), (1, 1, 1)]
    assert fixed


def test_a_list_that_shares_nobody_leaves_the_unseen_free() -> None:
    counts = np.array([0.0 if p[2] and (p[0] or p[1]) else 5.0 for p in PATTERNS])
    assert kept_cells(design((0, 1)), counts)[1] is False
