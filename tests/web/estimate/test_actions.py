"""A plan comes first, every run is kept, and what departs from the plan is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError
from dadkhah.estimate import document
from dadkhah.records import (
    Anchor,
    Capture,
    Case,
    Claim,
    Collection,
    Judgement,
    Mention,
    Passage,
    Source,
)
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.estimate import actions, plans, queries, register
from dadkhah.web.people.actions import rebuild_index
from dadkhah.web.people.models import Run

LISTS = ("North Circle", "Harbour Book", "Survivors' List")
WHY = "The three lists were gathered in three towns by people who did not meet."
PEOPLE = 300


@pytest.fixture
def register_of_three(db: None, tmp_path: Path, settings: Any) -> None:
    """Three lists of 300 invented people, judged together by a person; sex told of most."""
    settings.CASE = tmp_path
    rng = np.random.default_rng(3)
    on = rng.random((PEOPLE, 3)) < 0.5
    records: list[Any] = [Case(id="case", title={"en": "Test"}, simulated=True)]
    digest = "0" * 64
    for j, title in enumerate(LISTS):
        records += [
            Collection(id=f"list{j}", title=title, scope="Killed in Vardeh", period="2031"),
            Source(id=f"source{j}", title=title, collection=f"list{j}"),
        ]
    records.append(Capture(id=digest, source="source0", size_bytes=1, media_type="text/plain"))
    records += [
        Passage(id=f"p{j}", source=f"source{j}", anchor=Anchor(capture=digest, quote="x"))
        for j in range(3)
    ]
    for i in range(PEOPLE):
        own = [j for j in range(3) if on[i, j]]
        records += [_mention(i, j) for j in own]
        if own and i % 10:
            records.append(_sex(i, own[0], "sex:f" if i % 3 else "sex:m"))
        records += [
            Judgement(
                id=f"j{i}x{j}", left=f"m{i}x{own[0]}", right=f"m{i}x{j}", decision="same",
                by="account:1", at="2041-02-02T10:00:00Z", why="test",
            )
            for j in own[1:]
        ]  # fmt: skip
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    rebuild_index()


def _mention(i: int, j: int) -> Mention:
    return Mention(
        id=f"m{i}x{j}", source=f"source{j}", type="person", label=f"Person {i}", passage=f"p{j}",
        collection=f"list{j}", key=str(i),
    )  # fmt: skip


def _sex(i: int, j: int, value: str) -> Claim:
    return Claim(
        id=f"c{i}", mention=f"m{i}x{j}", predicate="person.sex", written=value, passage=f"p{j}",
        value=value, author="tests",
    )  # fmt: skip


@pytest.mark.usefixtures("register_of_three")
def test_a_plan_enters_the_log_before_the_run_and_deviations_are_told(tmp_path: Path) -> None:
    plan = actions.plan(by="account:1", settings=plans.Plan(assumption=WHY, seed=2))
    assert plan.type == "estimate-plan"
    assert plan.settings["lists"] == ["list0", "list1", "list2"]
    first = actions.run(by="account:1")
    assert first.log_size > plan.log_size
    assert first.seed == 2
    assert first.result["plan"]["deviations"] == []
    assert first.result["kind"] == "estimate"
    assert float(first.result["answer"]["low"]) <= PEOPLE <= float(first.result["answer"]["high"])
    second = actions.run(by="account:2", seed=5, panel=True)
    assert set(second.result["sensitivity"]["without_list"]) == set(LISTS)
    said = " ".join(block.text for block in document.blocks(second.result, "en"))
    assert "What the answer rests on" in said
    assert second.result["plan"]["run_number"] == 2
    assert second.result["plan"]["deviations"] == [{"what": "seed", "planned": "2", "done": "5"}]
    assert Run.objects.filter(type="estimate").count() == 2
    assert any(line.startswith("Not as planned: seed") for line in actions.sentences(second.result))
    again = mse.reproduce(json.loads(json.dumps(first.result)))
    assert mse.draws_digest(again) == first.result["draws_digest"]
    names = [path.name for path in document.write(first.result, tmp_path / "report")]
    assert "report.fa.pdf" in names


@pytest.mark.usefixtures("register_of_three")
def test_without_a_plan_the_first_run_lays_one_down() -> None:
    run = actions.run(by="account:1", assumption=WHY)
    assert Run.objects.filter(type="estimate-plan").count() == 1
    assert run.result["plan"]["deviations"] == []


@pytest.mark.usefixtures("register_of_three")
def test_people_are_cut_by_what_is_told_and_the_missing_imputed() -> None:
    lists = register.lists_of_case()
    drawn = register.draws_of_register(lists, ["sex"], partitions=1, seed=1)
    assert len(drawn.draws) == register.IMPUTATIONS
    assert 0.05 < drawn.missing < 0.15
    for draw in drawn.draws:
        assert {t.stratum for t in draw.tables} == {"female", "male"}
    whole = {sum(t.documented for t in draw.tables) for draw in drawn.draws}
    assert len(whole) == 1
    assert len({draw.tables[0].documented for draw in drawn.draws}) > 1


@pytest.mark.usefixtures("register_of_three")
def test_a_run_without_an_assumption_is_refused() -> None:
    with pytest.raises(EstimateError) as caught:
        actions.run(by="account:1")
    assert caught.value.code == "estimate-assumption-missing"


@pytest.mark.usefixtures("db")
def test_an_unknown_cut_is_refused() -> None:
    with pytest.raises(EstimateError) as caught:
        plans.lay_down(by="account:1", plan=plans.Plan(assumption=WHY, cuts=("height",)))
    assert caught.value.code == "estimate-cut-unknown"


def test_bands_of_age_and_days_that_could_be_two_are_not_guessed() -> None:
    row = {"age_low": 17, "age_high": 17, "death_earliest": None, "death_latest": None}
    assert register._value(row, "age") == "0-17"
    assert register._value({**row, "age_high": 19}, "age") is None
    assert register._value({**row, "age_low": 61, "age_high": 70}, "age") == "60+"
    assert register._value(row, "year") is None


@pytest.mark.usefixtures("register_of_three")
def test_the_page_reads_the_run() -> None:
    from dadkhah.web.custody.access import Reader

    actions.run(by="account:1", assumption=WHY)
    found = queries.how_many(Reader(author="account:1", role="keeper"))
    assert found.answer is not None
    assert found.answer.kind == "estimate"
    assert found.answer_bar is not None
