"""Nobody is lost when strata are missing, and what is known is never drawn otherwise."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import dadkhah.estimate as mse

LISTS = ["A", "B", "C"]


def person(lists: str, *told: str) -> mse.Listed:
    """One person: lists by letter, told values by cut ("" unknown, "x|y" two ways)."""
    return mse.Listed(
        lists=frozenset(lists),
        told=tuple(frozenset(t.split("|")) if t else frozenset() for t in told),
    )


def test_known_strata_are_counted_as_told() -> None:
    people = [person("A", "f"), person("AB", "f"), person("B", "m")]
    tables = mse.stratify(people, LISTS, seed=1)
    assert [(t.stratum, t.documented) for t in tables] == [("f", 2), ("m", 1)]
    assert tables[0].lists == ("A", "B", "C")


def test_without_cuts_there_is_one_stratum() -> None:
    (table,) = mse.stratify([mse.Listed(lists=frozenset("AB"))] * 3, LISTS, seed=1)
    assert (table.stratum, table.documented) == ("", 3)


def test_the_missing_are_placed_like_those_on_the_same_lists() -> None:
    people = [person("A", "f")] * 90 + [person("A", "m")] * 10 + [person("B", "m")] * 100
    people += [person("A", "")] * 200
    found = [
        {t.stratum: t.documented for t in mse.stratify(people, LISTS, seed=seed)}["f"] - 90
        for seed in range(30)
    ]
    assert 160 < np.mean(found) < 195
    assert np.std(found) > np.sqrt(200 * 0.9 * 0.1)


def test_two_values_told_are_drawn_between_and_no_other_is() -> None:
    people = [person("A", s, p) for s in "fm" for p in ("north", "south", "east")] * 20
    people += [person("A", "f", "north|south")] * 60
    tables = {t.stratum: t.documented for t in mse.stratify(people, LISTS, seed=3)}
    assert tables["f / north"] + tables["f / south"] == 40 + 60
    assert tables["f / east"] == 20
    assert min(tables["f / north"], tables["f / south"]) > 25


@given(
    st.lists(
        st.builds(
            person,
            st.sampled_from(["A", "B", "AB", "ABC"]),
            st.sampled_from(["", "f", "m", "f|m"]),
            st.sampled_from(["", "north", "south"]),
        ),
        max_size=40,
    )
)
def test_nobody_is_lost_or_added(people: list[mse.Listed]) -> None:
    tables = mse.stratify(people, LISTS, seed=1)
    counted: Counter[tuple[int, ...]] = Counter()
    for table in tables:
        for pattern, n in zip(table.patterns, table.counts, strict=True):
            counted[pattern] += n
    wanted = Counter(tuple(int(name in p.lists) for name in LISTS) for p in people)
    assert counted == wanted
    assert mse.stratify(people, LISTS, seed=1) == tables


def test_a_list_that_could_not_list_a_stratum_leaves_it() -> None:
    people = [person("AB", "left")] * 5 + [person("BC", "right")] * 4
    left, right = mse.stratify(people, LISTS, seed=1, structural_zeros={"C": ["Left"]})
    assert left.lists == ("A", "B")
    assert left.structural_zeros == ("C",)
    assert right.lists == ("A", "B", "C")


def test_the_share_that_is_missing_is_told() -> None:
    assert mse.missing_share([person("A", "f"), person("A", ""), person("A", "f|m")]) == 2 / 3
    assert mse.missing_share([]) == 0.0


def test_one_value_in_two_scripts_is_one_where_people_bear_it_out() -> None:
    people = [person("AB", "Cedar|سرو")] * 8 + [person("A", "Cedar")] * 3
    people += [person("B", "سرو")] * 2 + [person("AB", "Dawn|سرو")] + [person("B", "فانوس")]
    told, joined = mse.join_scripts(people)
    assert joined == {"سرو": "Cedar"}
    assert [t.documented for t in mse.stratify(told[:13], LISTS, seed=1)] == [13]
    assert told[-1].told == (frozenset({"فانوس"}),)


def test_nobody_is_placed_where_their_list_could_not_list_them() -> None:
    people = [person("AB", "left")] * 50 + [person("A", "right")] * 50 + [person("BC", "")] * 30
    for seed in range(5):
        tables = {
            t.stratum: t
            for t in mse.stratify(people, LISTS, seed=seed, structural_zeros={"C": ["right"]})
        }
        assert tables["left"].documented == 80
        assert tables["right"].lists == ("A", "B")
