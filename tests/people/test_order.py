"""The order of review."""

from __future__ import annotations

import numpy as np
import polars as pl

from dadkhah.people import Partitions, importance, pair_chances


def test_doubt_between_lists_that_share_few_comes_first_and_no_list_last() -> None:
    lists = {"a": "one", "b": "two", "c": "one", "d": "three", "e": "one", "f": "one", "x": None}
    table = pl.DataFrame(
        {"id": list(lists), "collection": list(lists.values()), "unidentified": [False] * 7}
    )
    pairs = pl.DataFrame(
        {
            "left": ["a", "c", "e", "a"],
            "right": ["b", "d", "f", "x"],
            "probability": [0.5, 0.999, 0.5, 0.5],
        }
    )
    nobody = Partitions(ids=(), labels=np.zeros((1, 0), dtype=np.int32))
    found = importance(pairs, table, nobody)
    assert np.argsort(-found).tolist() == [0, 2, 1, 3]


def test_the_draws_speak_before_the_pair_alone() -> None:
    table = pl.DataFrame(
        {"id": ["a", "b"], "collection": ["one", "two"], "unidentified": [False, False]}
    )
    pairs = pl.DataFrame({"left": ["a"], "right": ["b"], "probability": [0.999]})
    labels = np.array([[0, 0], [0, 1]], dtype=np.int32)
    half = importance(pairs, table, Partitions(ids=("a", "b"), labels=labels))
    sure = importance(pairs, table, Partitions(ids=("a", "b"), labels=labels[:1]))
    assert half[0] > 100 * sure[0]


def test_a_pair_is_stated_by_its_share_of_the_draws_and_alone_where_none_was_drawn() -> None:
    pairs = pl.DataFrame(
        {"left": ["a", "a"], "right": ["b", "x"], "probability": [0.999, 0.3]},
    )
    labels = np.array([[0, 0], [0, 1], [0, 1], [0, 1]], dtype=np.int32)
    drawn = Partitions(ids=("a", "b"), labels=labels)
    assert pair_chances(pairs, drawn).tolist() == [0.25, 0.3]
    assert pairs["probability"].to_list() == [0.999, 0.3]
