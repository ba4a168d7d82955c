"""Partitions: all of them, the likeliest, and draws held against exact shares."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from dadkhah.people.greedy import join_each
from dadkhah.people.partitions import EXACT, draw, every_partition
from dadkhah.people.trees import Laid, weigh_person

Floats = NDArray[np.float64]
BELL = (1, 2, 5, 15, 52, 203, 877, 4140, 21147)


@pytest.mark.parametrize("count", range(1, 8))
def test_partitions_are_as_many_as_bell_says(count: int) -> None:
    rows = every_partition(count)
    assert len(rows) == BELL[count - 1]
    assert len(np.unique(rows, axis=0)) == len(rows)


def evidence(count: int, seed: int) -> Floats:
    """Two people of about equal size, told apart badly, and one pair that may never meet."""
    rng = np.random.default_rng(seed)
    person = np.arange(count) % 2
    w = np.where(person[:, None] == person, 1.5, -1.0) + rng.normal(0, 1.0, (count, count))
    w = np.triu(w, 1)
    w[0, 1] = -np.inf
    return np.asarray(w + w.T, dtype=np.float64)


def exact_shares(w: Floats, prior: float) -> dict[tuple[int, ...], float]:
    """Weigh every partition by the definition: the trees of each person."""
    log = []
    rows = every_partition(len(w))
    for row in rows:
        persons = [np.flatnonzero(row == label) for label in range(row.max() + 1)]
        log.append(sum(log_person(w, person, prior) for person in persons))
    share = np.exp(np.array(log) - max(log))
    return dict(zip(map(tuple, rows.tolist()), share / share.sum(), strict=True))


def log_person(w: Floats, person: NDArray[np.int64], prior: float) -> float:
    """The mean over all trees, by Kirchhoff's determinant and Cayley's count."""
    own = w[np.ix_(person, person)]
    if np.isneginf(own).any():
        return -np.inf
    joins = len(own) - 1
    edges = np.exp(own) * (1 - np.eye(len(own)))
    laplacian = np.diag(edges.sum(axis=0)) - edges
    trees = float(len(own)) ** (joins - 1)
    mean = np.log(np.linalg.det(laplacian[1:, 1:]) / trees) if joins else 0.0
    return float(mean + prior * joins)


def laid(w: Floats) -> tuple[Laid, Floats]:
    """One group whose every pair has a level of its own."""
    left, right = np.triu_indices(len(w), 1)
    barred = np.isneginf(w[left, right])
    ratios = np.where(barred, 0.0, w[left, right]).reshape(1, 1, -1)
    found = Laid(
        starts=np.array([0, len(w)], dtype=np.int64),
        pair_starts=np.array([0, len(left)], dtype=np.int64),
        left=left.astype(np.int64),
        right=right.astype(np.int64),
        levels=np.arange(len(left), dtype=np.int16)[:, None],
        barred=barred,
    )
    return found, ratios


def canonical(row: NDArray[np.int32]) -> tuple[int, ...]:
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(int(label), len(seen)) for label in row)


def drawn(w: Floats, prior: float, draws: int, seed: int = 5) -> NDArray[np.int32]:
    group, ratios = laid(w)
    return draw(group, ratios, np.array([prior]), draws, np.array([seed]))


def together(shares: dict[tuple[int, ...], float], i: int, j: int) -> float:
    return sum(share for row, share in shares.items() if row[i] == row[j])


def test_small_groups_are_drawn_from_the_exact_posterior() -> None:
    w = evidence(5, 1)
    expected = exact_shares(w, -0.5)
    found = Counter(canonical(row) for row in drawn(w, -0.5, 20_000))
    for partition, share in expected.items():
        error = 4 * np.sqrt(share * (1 - share) / 20_000) + 1e-9
        assert abs(found[partition] / 20_000 - share) <= error


@pytest.mark.parametrize("seed", [2, 3])
def test_the_chain_agrees_with_enumeration_on_groups_it_need_not_walk(seed: int) -> None:
    count = EXACT + 1
    w = evidence(count, seed)
    expected = exact_shares(w, -0.5)
    rows = drawn(w, -0.5, 12_000)
    sizes = np.array([len(set(row)) for row in rows.tolist()])
    mean = sum(share * (max(row) + 1) for row, share in expected.items())
    assert sizes.mean() == pytest.approx(mean, abs=0.08)
    for i in range(count):
        for j in range(i):
            found = float((rows[:, i] == rows[:, j]).mean())
            assert found == pytest.approx(together(expected, i, j), abs=0.05)


def test_a_forbidden_pair_meets_in_no_draw() -> None:
    for count in (4, EXACT + 3):
        rows = drawn(evidence(count, 4), 0.5, 500)
        assert (rows[:, 0] != rows[:, 1]).all()


def test_a_seed_gives_the_same_draws() -> None:
    w = evidence(10, 6)
    assert (drawn(w, -1.0, 50) == drawn(w, -1.0, 50)).all()
    assert (drawn(w, -1.0, 50) != drawn(w, -1.0, 50, seed=6)).any()


def test_joining_greedily_finds_two_clear_people() -> None:
    person = np.array([0, 0, 0, 1, 1, 1])
    w = np.where(person[:, None] == person, 9.0, -9.0)
    group, ratios = laid(w)
    assert canonical(join_each(group, ratios[0], -4.0)) == (0, 0, 0, 1, 1, 1)


def test_a_field_that_differs_keeps_a_bridge_apart() -> None:
    """Two fields: all agree in the first; in the second two differ, and the third says nothing."""
    levels = np.array([[1, 0], [1, -1], [1, -1]], dtype=np.int16)  # ab, ac, bc
    group = Laid(
        starts=np.array([0, 3], dtype=np.int64),
        pair_starts=np.array([0, 3], dtype=np.int64),
        left=np.array([0, 0, 1], dtype=np.int64),
        right=np.array([1, 2, 2], dtype=np.int64),
        levels=levels,
        barred=np.zeros(3, dtype=np.bool_),
    )
    ratios = np.array([[-5.0, 6.0], [-8.0, 3.0]])
    labels = join_each(group, ratios, -4.0)
    assert labels[2] in (labels[0], labels[1])
    assert labels[0] != labels[1]


def test_many_accounts_of_two_brothers_count_their_likeness_once() -> None:
    """Four accounts and three: each pair across speaks for one person, but less than the prior."""
    person = np.array([0, 0, 0, 0, 1, 1, 1])
    w = np.where(person[:, None] == person, 15.0, 5.0)
    rows = drawn(w, -9.0, 400)
    assert (rows[:, 0] != rows[:, 6]).mean() > 0.9
    assert (rows[:, 0] == rows[:, 3]).mean() > 0.9


@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_person_is_weighed_by_the_mean_over_all_trees(count: int) -> None:
    rng = np.random.default_rng(count)
    edges = np.exp(rng.normal(0, 8, (count, count)))
    edges = np.triu(edges, 1) + np.triu(edges, 1).T
    trees = [
        np.prod([edges[pair] for pair in chosen])
        for chosen in combinations(combinations(range(count), 2), count - 1)
        if _ties_all(chosen, count)
    ]
    assert len(trees) == count ** (count - 2)
    bars = np.zeros((count, count), dtype=np.bool_)
    found = weigh_person(np.arange(count), edges[:, :, None], bars, -3.0)
    assert found == pytest.approx(np.log(np.mean(trees)) - 3.0 * (count - 1))


def _ties_all(pairs: tuple[tuple[int, int], ...], count: int) -> bool:
    reached = {0}
    for _, (a, b) in product(range(count), pairs):
        reached |= {a, b} if reached & {a, b} else set()
    return len(reached) == count


def test_a_mention_that_is_like_each_account_in_another_field_is_not_drawn_in() -> None:
    clear, other = 12.0, -9.0
    left, right = (side.astype(np.int64) for side in np.triu_indices(5, 1))
    inside = right < 4
    levels = np.where(inside[:, None], 1, 0) * np.ones((len(left), 4), dtype=np.int64)
    levels[~inside, left[~inside]] = 1
    laid = Laid(
        starts=np.array([0, 5]),
        pair_starts=np.array([0, len(left)]),
        left=left,
        right=right,
        levels=levels.astype(np.int16),
        barred=np.zeros(len(left), dtype=np.bool_),
    )
    ratios = np.tile([other, clear], (4, 1))
    assert len(set(join_each(laid, ratios, -44.0))) == 2
