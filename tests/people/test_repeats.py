"""How often a list names one person twice."""

from __future__ import annotations

import numpy as np
import polars as pl
from tests.people.conftest import SmallWorld

from dadkhah import people


def test_lists_that_seldom_repeat_people_speak_against_namesakes_within_one(
    linkage: people.Linkage,
) -> None:
    """The last field of a linkage's doubt says whether two mentions stand in one list."""
    assert linkage.doubt.ratios[0, -1, 0] < -1.0


def test_the_field_marks_the_pairs_of_one_list_and_says_nothing_of_two(
    small: SmallWorld, linkage: people.Linkage
) -> None:
    doubt = linkage.doubt
    listed = dict(small.table.select("id", "collection").iter_rows())
    lists = np.array([listed[mention] for mention in doubt.ids])
    same = lists[doubt.left] == lists[doubt.right]
    assert (doubt.levels[:, -1] == np.where(same, 0, -1)).all()


def test_one_list_alone_says_nothing_of_repeats(small: SmallWorld) -> None:
    alone = small.table.with_columns(collection=pl.lit("all"))
    doubt = people.link(alone).doubt
    assert (doubt.ratios[:, -1] == 0.0).all()


def test_mentions_of_no_list_are_not_taken_for_one_list(small: SmallWorld) -> None:
    loose = small.table.with_columns(
        collection=pl.when(pl.col("collection") == "copy").then(pl.lit("")).otherwise("collection")
    )
    doubt = people.link(loose).doubt
    told = dict(loose.select("id", "collection").iter_rows())
    within = [told[doubt.ids[a]] == "" == told[doubt.ids[b]]
              for a, b in zip(doubt.left.tolist(), doubt.right.tolist(), strict=True)]  # fmt: skip
    assert any(within)
    assert (doubt.levels[within, -1] == -1).all()
