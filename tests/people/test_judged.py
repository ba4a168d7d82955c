"""What people judged teaches; what they left unsure, and what machines said, does not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.people.comparison import encode_mentions
from dadkhah.people.judged import read_judged


def test_only_decisions_of_people_about_named_mentions_are_read(small: SmallWorld) -> None:
    named = small.table.filter(~pl.col("unidentified"))["id"].to_list()
    unknown = small.table.filter(pl.col("unidentified"))["id"].to_list()[0]
    made = [
        people.judge(named[3], named[0], "same", by="one", at="1"),
        people.judge(named[1], named[2], "different", by="one", at="2"),
        people.judge(named[1], named[3], "unsure", by="one", at="3"),
        people.judge(named[4], named[5], "same", by="machine:dadkhah.people", at="4", score="1"),
        people.judge(named[0], unknown, "different", by="one", at="5"),
        people.judge(named[0], "elsewhere", "same", by="one", at="6"),
    ]
    found = read_judged(small.table, encode_mentions(small.table), made)
    assert found is not None
    assert sorted(found.same.tolist()) == [False, True]
    assert {len(each) for each in found.levels.values()} == {2}


def test_without_decisions_nothing_is_read(small: SmallWorld) -> None:
    assert read_judged(small.table, encode_mentions(small.table), []) is None


def test_judgements_move_what_a_linkage_learns(small: SmallWorld, linkage: people.Linkage) -> None:
    """Twenty doubtful pairs, judged by the truth: the chances move, and nothing gets worse."""
    doubtful = linkage.pairs.filter(pl.col("probability").is_between(0.2, 0.9)).head(20)
    made = [
        people.judge(a, b, "same" if small.truth[a] == small.truth[b] else "different",
                     by="one", at=str(at))
        for at, (a, b) in enumerate(doubtful.select("left", "right").iter_rows())
    ]  # fmt: skip
    taught = people.link(small.table, settings=linkage.settings, judgements=made)
    moved = np.abs(taught.parameters["m"].to_numpy() - linkage.parameters["m"].to_numpy())
    assert moved.max() > 1e-3
    sure = pl.col("probability") >= 0.5
    before, after = (
        people.evaluate(each.pairs.filter(sure), small.truth).f1.middle
        for each in (linkage, taught)
    )
    assert after >= before - 0.002
    assert taught.prior == pytest.approx(linkage.prior, rel=0.2)
