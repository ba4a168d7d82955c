"""Pairs at random."""

from __future__ import annotations

import math

from tests.people.conftest import SmallWorld

from dadkhah.people.blocking import block
from dadkhah.people.sampling import sample_others
from dadkhah.people.settings import LinkageSettings


def test_a_sample_holds_no_candidate_and_nobody_unidentified(small: SmallWorld) -> None:
    settings = LinkageSettings(no_duplicates=frozenset({"book"}))
    candidates = block(small.table, settings)
    left, right = sample_others(small.table, candidates, settings).pairs
    drawn = set(zip(left.tolist(), right.tolist(), strict=True))
    assert not drawn & set(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))
    unknown = small.table["unidentified"].to_numpy()
    assert not unknown[left].any()
    assert not unknown[right].any()


def test_all_pairs_are_counted_but_those_within_a_list_without_duplicates(
    small: SmallWorld,
) -> None:
    settings = LinkageSettings(no_duplicates=frozenset({"book"}))
    named = small.table.filter(~small.table["unidentified"])
    book = named.filter(named["collection"] == "book").height
    found = sample_others(small.table, block(small.table, settings), settings).total
    assert found == math.comb(named.height, 2) - math.comb(book, 2)
