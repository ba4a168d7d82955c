"""The algebra of judgements."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dadkhah.errors import RecordError
from dadkhah.people import (
    MACHINE,
    clusters,
    effective,
    explode,
    judge,
    register,
    standing,
    undo,
)
from dadkhah.records import Judgement, Mention

NAMES = "abcdef"


def mentions(names: str = NAMES, unidentified: str = "") -> list[Mention]:
    return [
        Mention(id=each, source="s", type="person", label=each, passage="p", collection=f"c{each}",
                unidentified=each in unidentified)
        for each in names
    ]  # fmt: skip


def judged(pair: str, decision: str = "same", by: str = "one", **more: str) -> Judgement:
    return judge(pair[0], pair[1], decision, by=by, at="2026-01-01T00:00:00Z", **more)


def groups(*judgements: Judgement, names: str = NAMES, unidentified: str = "") -> list[str]:
    found = clusters(mentions(names, unidentified), judgements)
    return ["".join(person.mentions) for person in found]


def test_without_judgements_everyone_is_alone() -> None:
    assert groups() == list(NAMES)


def test_same_joins_and_the_first_mention_names_the_person() -> None:
    people = clusters(mentions(), [judged("fb"), judged("bd")])
    assert [p.id for p in people] == ["a", "b", "c", "e"]
    assert people[1].mentions == ("b", "d", "f")
    assert people[1].collections == ("cb", "cd", "cf")


def test_different_is_never_overridden_and_the_contradiction_is_reported() -> None:
    found = register(mentions("abc"), [judged("ac", "different"), judged("ab"), judged("bc")])
    assert ["".join(p.mentions) for p in found.people] == ["ab", "c"]
    assert [(c.left, c.right, c.against) for c in found.contradictions] == [("b", "c", ("a", "c"))]


def test_people_are_heard_before_machines_and_the_likelier_machine_before_the_other() -> None:
    machines = [judged("ab", by=MACHINE, score="0.991"), judged("bc", by=MACHINE, score="0.999")]
    found = register(mentions("abc"), [*machines, judged("ac", "different")])
    assert ["".join(p.mentions) for p in found.people] == ["a", "bc"]
    assert found.contradictions[0].by_machine


def test_a_person_overrides_a_machine_either_way() -> None:
    assert groups(judged("ab", by=MACHINE), judged("ab", "different"), names="ab") == ["a", "b"]
    assert groups(judged("ab", "unsure"), judged("ba", by="machine:x"), names="ab") == ["a", "b"]


def test_two_people_who_disagree_make_the_pair_unsure_and_disputed() -> None:
    both = [judged("ab", "same", "one"), judged("ba", "different", "two")]
    found = register(mentions("ab"), both)
    assert len(found.people) == 2
    assert found.disputed[0].judgements == tuple(each.id for each in both)


def test_the_last_judgement_of_one_person_counts() -> None:
    assert groups(judged("ab", "different"), judged("ab", "same"), names="ab") == ["ab"]


def test_a_superseded_judgement_does_not_count_and_undo_works_at_any_depth() -> None:
    first = judged("ab")
    second = judged("ab", "different", supersedes=first.id)
    third = judged("ab", "same", by="two", supersedes=second.id)
    assert groups(first, second, names="ab") == ["a", "b"]
    assert groups(first, second, third, names="ab") == ["ab"]


def test_undo_brings_back_what_stood_before_and_can_be_undone_in_turn() -> None:
    machine = judged("ab", by=MACHINE, score="0.999")
    first = judged("ab", "different")
    second = judged("ab", "same", supersedes=first.id)
    log = [machine, first, second]
    steps = []
    for _ in range(4):
        log.append(undo(log[-1], by="one", at="t"))
        steps.append([each.decision for each in standing(log) if each is not machine])
    assert steps == [["different"], ["same"], ["different"], ["same"]]
    both = [machine, first, second, undo(second, by="one", at="t"), undo(first, by="one", at="t")]
    assert standing(both) == [machine]
    assert groups(*both, names="ab") == ["ab"]


def test_explode_takes_a_person_apart_and_leaves_others_alone() -> None:
    before = [judged("ab"), judged("bc"), judged("de")]
    person = clusters(mentions(), before)[0]
    apart = explode(person, before, by="two", at="2026-01-02T00:00:00Z", why="two brothers")
    assert [each.decision for each in apart] == ["unsure", "unsure"]
    assert groups(*before, *apart) == ["a", "b", "c", "de", "f"]


def test_a_machine_never_joins_the_unidentified_but_a_person_may() -> None:
    assert groups(judged("ab", by=MACHINE), names="ab", unidentified="a") == ["a", "b"]
    assert groups(judged("ab"), names="ab", unidentified="a") == ["ab"]


def test_a_judgement_on_an_unknown_mention_changes_nothing() -> None:
    assert groups(judged("xz"), names="ab") == ["a", "b"]


def test_a_mention_is_not_judged_against_itself_and_only_in_three_words() -> None:
    with pytest.raises(RecordError) as error:
        judged("aa")
    assert error.value.code == "judgement-itself"
    with pytest.raises(RecordError) as error:
        judged("ab", "maybe")
    assert error.value.code == "judgement-decision"


def listed(*lists: str) -> list[Mention]:
    return [
        Mention(id=each, source="s", type="person", label=each, passage="p", collection=name)
        for each, name in zip("abcdef", lists, strict=False)
    ]


def test_a_machine_names_nobody_twice_on_a_list_that_says_so() -> None:
    machines = [judged("ab", by=MACHINE, score="0.999"), judged("bc", by=MACHINE, score="0.99")]
    found = register(listed("book", "page", "book"), machines, {"book"})
    assert ["".join(p.mentions) for p in found.people] == ["ab", "c"]
    assert [(c.against, c.reason) for c in found.contradictions] == [(("a", "c"), "no-duplicates")]
    assert len(register(listed("book", "page", "book"), machines).people) == 1


def test_a_person_may_find_somebody_twice_on_such_a_list_and_it_is_reported() -> None:
    found = register(listed("book", "page", "book"), [judged("ac")], {"book"})
    assert ["".join(p.mentions) for p in found.people] == ["ac", "b"]
    assert found.contradictions[0].reason == "no-duplicates"


def test_a_list_is_still_known_after_its_group_was_joined_to_a_larger_one() -> None:
    lists = listed("book", "one", "two", "book")
    machines = [
        judged("bc", by=MACHINE, score="0.9999"),
        judged("ab", by=MACHINE, score="0.999"),
        judged("cd", by=MACHINE, score="0.99"),
    ]
    found = register(lists, machines, {"book"})
    assert ["".join(p.mentions) for p in found.people] == ["abc", "d"]


pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
decisions = st.sampled_from(["same", "same", "different", "unsure"])
judges = st.sampled_from([MACHINE, "one", "two"])
logs = st.lists(
    st.builds(lambda p, d, b: judged(p[0] + p[1], d, b), pairs, decisions, judges), max_size=25
)


@settings(max_examples=60, deadline=None)
@given(logs)
def test_every_mention_is_in_one_person_and_no_forbidden_pair_meets(log: list[Judgement]) -> None:
    found = register(mentions(), log)
    everyone = sorted(m for person in found.people for m in person.mentions)
    assert everyone == sorted(NAMES)
    home = {m: person.id for person in found.people for m in person.mentions}
    for each in effective(log):
        if each.decision == "different":
            assert home[each.left] != home[each.right]


@settings(max_examples=60, deadline=None)
@given(logs)
def test_a_same_that_is_not_followed_is_reported(log: list[Judgement]) -> None:
    found = register(mentions(), log)
    home = {m: person.id for person in found.people for m in person.mentions}
    reported = {frozenset((c.left, c.right)) for c in found.contradictions}
    for each in effective(log):
        if each.decision == "same" and home[each.left] != home[each.right]:
            assert frozenset((each.left, each.right)) in reported


@settings(max_examples=60, deadline=None)
@given(logs)
def test_the_register_is_a_pure_function(log: list[Judgement]) -> None:
    again = [dataclasses.replace(each) for each in log]
    assert register(mentions(), log) == register(mentions(), again)


def test_ten_thousand_judgements_give_the_chain_they_make() -> None:
    count = 10_000
    many = [
        Mention(id=f"m{n}", source="s", type="person", label="x", passage="p") for n in range(count)
    ]
    chain = [judge(f"m{n}", f"m{n + 1}", "same", by="one", at="t") for n in range(count - 1)]
    assert len(clusters(many, chain)) == 1
