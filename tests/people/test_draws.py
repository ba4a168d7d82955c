"""Draws of who is who: judgements hard, chances, counts and overlaps from them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.people.doubt import NEVER, find_doubt
from dadkhah.records import Judgement


def doubt(ids: str, pairs: dict[str, float], prior: float = 0.0) -> people.Doubt:
    """Groups of one-letter mentions; a pair that is not named weighs -9."""
    place = {mention: at for at, mention in enumerate(ids)}
    ends = np.array([[place[a], place[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    weights = np.array(list(pairs.values()), dtype=np.float64)
    return find_doubt(
        list(ids), ends[:, 0], ends[:, 1], weights, prior, lambda left, _: np.full(len(left), -9.0)
    )


def judged(pair: str, decision: str) -> Judgement:
    return people.judge(pair[0], pair[1], decision, by="one", at="2026-01-01T00:00:00Z")


def test_a_pair_meets_as_often_as_its_probability_says() -> None:
    drawn = people.draw_partitions(doubt("abz", {"ab": 1.0}), draws=4000)
    (chance, alone) = drawn.chances([("a", "b"), ("z",)])
    assert chance.one == pytest.approx(1 / (1 + np.exp(-1)), abs=0.03)
    assert (alone.one, alone.whole) == (1.0, 1.0)


def test_a_person_may_be_one_and_yet_not_whole() -> None:
    drawn = people.draw_partitions(doubt("abc", {"ab": 20.0, "bc": 0.0, "ac": 0.0}), draws=2000)
    chance = drawn.chances([("a", "b")])[0]
    assert chance.one == 1.0
    # Of three trees two tie a and b, so that the third's joining them weighs two thirds
    assert chance.whole == pytest.approx(1 / (1 + 2 / 3), abs=0.05)


def test_judgements_of_people_are_hard_and_machines_are_left_aside() -> None:
    given = doubt("abcd", {"ab": 9.0, "cd": -1.0})
    said = [judged("ab", "different"), judged("cd", "same")]
    machine = people.judge("a", "b", "same", by=people.MACHINE, at="t")
    drawn = people.draw_partitions(given, [*said, machine], draws=200)
    assert [c.one for c in drawn.chances([("a", "b"), ("c", "d")])] == [0.0, 1.0]


def test_a_judgement_joins_mentions_that_linkage_never_brought_together() -> None:
    drawn = people.draw_partitions(doubt("ab", {"ab": 0.0}), [judged("yz", "same")], draws=50)
    assert drawn.chances([("y", "z")])[0].one == 1.0


def test_a_barred_pair_never_meets_and_its_chain_is_cut() -> None:
    drawn = people.draw_partitions(doubt("abc", {"ab": 9.0, "bc": 9.0, "ac": NEVER}), draws=300)
    assert drawn.chances([("a", "c")])[0].one == 0.0


def test_documented_counts_those_without_doubt_too() -> None:
    drawn = people.draw_partitions(doubt("abcd", {"ab": 30.0, "cd": 0.0}), draws=400)
    count = drawn.documented("abcdxyz")
    assert (count.low, count.high) == (5, 6)
    assert drawn.documented("ab").middle == 1


def test_the_interval_is_the_shortest_that_holds_enough_of_the_draws() -> None:
    drawn = people.draw_partitions(doubt("ab", {"ab": -3.3}), draws=1000)
    assert 0.025 < drawn.chances([("a", "b")])[0].one < 0.05
    count = drawn.documented("ab")
    assert (count.low, count.middle, count.high) == (2, 2, 2)
    assert drawn.documented("ab", 0.99).low == 1


def test_overlaps_sum_to_the_documented_people_in_every_draw() -> None:
    drawn = people.draw_partitions(doubt("abcd", {"ab": 30.0, "cd": 0.0}), draws=100)
    lists = {"a": "one", "b": "two", "c": "one", "d": "three", "z": "two", "q": "other"}
    found = drawn.overlaps(lists, ["one", "two", "three"])
    assert found.patterns.shape[1] == 3
    rows = {tuple(row): found.counts[:, at] for at, row in enumerate(found.patterns.tolist())}
    assert (rows[1, 1, 0] == 1).all()
    assert (rows[0, 1, 0] == 1).all()
    assert (rows[1, 0, 1] + rows[0, 0, 1] == 1).all()
    assert (found.counts.sum(axis=1) == drawn.documented("abcdz").low + (rows[0, 0, 1] == 1)).any()


def test_doubt_survives_its_bytes_and_a_part_of_it_is_the_same_evidence() -> None:
    given = doubt("abcd", {"ab": 1.0, "cd": NEVER, "ac": -50.0, "bd": 2.0})
    again = people.read_doubt(given.to_bytes())
    assert again.ids == given.ids
    assert (again.weight == given.weight).all()
    part = doubt("abcd", {"ab": 1.0, "cd": 2.0}).part(["d"])
    assert set(part.ids) == {"c", "d"}
    assert part.weight.tolist() == [2.0]
    assert part.ratios[0, 0, part.levels[0, 0]] == 2.0


def test_a_group_too_large_to_weigh_is_cut_at_its_weakest_ties() -> None:
    count = 600
    left, right = np.arange(count - 1), np.arange(1, count)
    weight = np.where(left == 299, -1.0, 8.0)
    given = find_doubt(
        [str(n) for n in range(count)], left, right, weight, 0.0, lambda a, _: np.zeros(len(a))
    )
    assert given.cut == 1
    assert np.bincount(given.group).tolist() == [300, 300]


def test_a_linkage_leaves_draws_near_the_truth(small: SmallWorld, linkage: people.Linkage) -> None:
    drawn = people.draw_partitions(linkage.doubt, draws=100)
    found = drawn.documented(small.truth)
    true = len(set(small.truth.values()))
    assert found.low <= found.middle <= found.high < len(small.truth)
    assert abs(found.middle - true) < 0.1 * true
    best = people.likeliest(linkage.doubt)
    groups: dict[object, list[str]] = {}
    for mention in small.truth:
        groups.setdefault(best.get(mention, mention), []).append(mention)
    pairwise, _ = people.evaluate_clusters(groups.values(), small.truth)
    assert pairwise.f1.middle > 0.9


def test_a_seed_gives_the_same_draws(linkage: people.Linkage) -> None:
    one, two = (people.draw_partitions(linkage.doubt, draws=20, seed=4) for _ in range(2))
    assert (one.labels == two.labels).all()
