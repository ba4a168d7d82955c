"""Giving the register, and taking decisions back into another register of the same mentions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.people import exchanging
from dadkhah.web.people.actions import judge, link
from dadkhah.web.people.models import IndexedPerson, Judgement, Membership, PairToReview

pytestmark = pytest.mark.django_db


def test_the_register_goes_out_in_three_forms_and_the_log_knows(
    simulated: Simulated, tmp_path: Path
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    entities, edges, clusters = (tmp_path / form for form in exchanging.FORMS)
    assert exchanging.give(by="a", form="entities", path=entities) == IndexedPerson.objects.count()
    assert exchanging.give(by="a", form="edges", path=edges) == Judgement.objects.count()
    assert exchanging.give(by="a", form="clusters", path=clusters) == Membership.objects.count() + 1
    assert LogEntry.objects.filter(action="people.give").count() == 3
    first = json.loads(entities.read_text().splitlines()[0])
    assert first["schema"] == "Person"


def test_decisions_of_another_tool_become_judgements_once(
    simulated: Simulated, tmp_path: Path
) -> None:
    one, two, three = list(simulated.truth)[:3]
    edges = tmp_path / "edges.jsonl"
    rows = [["NK-1", one, "positive", None, "somebody", None],
            ["NK-1", two, "positive", None, "somebody", None],
            [three, one, "negative", None, "somebody", None]]  # fmt: skip
    edges.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert exchanging.take_edges(by="account:1", path=edges) == 2
    assert exchanging.take_edges(by="account:1", path=edges) == 0
    homes = dict(Membership.objects.values_list("mention_id", "person_id"))
    assert homes[one] == homes[two] != homes[three]
    assert "somebody" in Judgement.objects.first().why


def test_what_was_given_and_is_taken_again_changes_nothing(
    simulated: Simulated, tmp_path: Path
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    left, right = IndexedPerson.objects.filter(mentions=1, unidentified=False)[:2]
    judge(by="account:2", left=left.pk, right=right.pk, decision="same")
    edges = tmp_path / "edges.jsonl"
    exchanging.give(by="a", form="edges", path=edges)
    before = Judgement.objects.count()
    assert exchanging.take_edges(by="account:1", path=edges) == 0
    assert Judgement.objects.count() == before


def test_a_pair_that_another_tool_decided_leaves_the_queue(
    simulated: Simulated, tmp_path: Path
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    row = PairToReview.objects.first()
    edges = tmp_path / "edges.jsonl"
    edges.write_text(json.dumps([row.left_id, row.right_id, "negative", None, "somebody", None]))
    assert exchanging.take_edges(by="account:1", path=edges) == 1
    assert not PairToReview.objects.filter(pk=row.pk).exists()


def test_entities_become_a_table_with_a_mapping(simulated: Simulated, tmp_path: Path) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    exchanging.give(by="a", form="entities", path=tmp_path / "e.jsonl")
    table = tmp_path / "table.csv"
    assert exchanging.write_table(tmp_path / "e.jsonl", table) == IndexedPerson.objects.count()
    mapping = (tmp_path / "table.yaml").read_text()
    assert "name: {predicate: person.name, as: name}" in mapping
    assert 'alias: {predicate: person.other_name, as: name, split: ";"}' in mapping
