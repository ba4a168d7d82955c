"""The invented country: the partisan and the copied list declared, and left undeclared."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import dadkhah.estimate as mse
from dadkhah import simulate

PEOPLE = 1500
COPY = {"copy": ["families"]}


@cache
def listed() -> tuple[tuple[mse.Listed, ...], tuple[str, ...], frozenset[str]]:
    """Everybody on a list of the invented country with their group, the lists, the groups."""
    world = simulate.world(7, people=PEOPLE)
    on: dict[str, set[str]] = defaultdict(set)
    for each in world.lists:
        for row in each.rows:
            if row.person:
                on[row.person].add(each.name)
    group = {person.id: person.affiliation for person in world.people}
    people = tuple(
        mse.Listed(lists=frozenset(names), told=(frozenset({group[person]}),))
        for person, names in on.items()
    )
    return people, tuple(each.name for each in world.lists), frozenset(group.values())


def failed(answer: mse.Answer) -> set[str]:
    return {gate.code for gate in answer.gates if not gate.passed}


def ask(table: mse.Overlaps) -> mse.Answer:
    return mse.estimate(table, assumption="x", models=("chao", "degree", "wary"), draws=200)


def test_declared_the_truth_is_inside_the_interval() -> None:
    people, lists, groups = listed()
    tables = mse.stratify(
        people, lists, seed=1, derived_from=COPY, structural_zeros={"party": groups - {"cedar"}}
    )
    for table in tables:
        assert "copy" not in table.lists
        assert ("party" in table.lists) == (table.stratum == "cedar")
    whole = mse.total([ask(table) for table in tables])
    assert isinstance(whole, mse.Estimate)
    assert whole.low <= PEOPLE <= whole.high


def test_a_copy_that_was_not_declared_forbids_an_interval() -> None:
    people, lists, _ = listed()
    answer = ask(mse.overlaps((person.lists for person in people), lists))
    assert isinstance(answer, mse.AtLeast)
    assert "list-inside-another" in failed(answer)
    evidence = next(g.evidence for g in answer.gates if g.code == "list-inside-another")
    assert {evidence["inner"], evidence["outer"]} == {"copy", "families"}
    assert answer.low <= PEOPLE


def test_a_partisan_list_that_was_not_declared_shows_where_people_are_cut_by_group() -> None:
    people, lists, _ = listed()
    tables = mse.stratify(people, lists, seed=1, derived_from=COPY)
    for table in tables:
        empty = next(gate for gate in mse.gates(table) if gate.code == "list-empty")
        assert empty.passed == (table.stratum == "cedar")
        assert empty.passed or empty.evidence["lists"] == ["party"]
