"""A report says the interval first, stands on its own, and gives the same draws again."""

from __future__ import annotations

import json

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah import canonical
from dadkhah.errors import EstimateError
from dadkhah.records import Collection

SETTINGS = {"chains": 2, "draws": 300, "models": ["chao", "degree", "wary"]}


@pytest.fixture
def page(alike: mse.Overlaps) -> dict[str, object]:
    answer = mse.estimate(alike, seed=3, assumption="Gathered apart.", **SETTINGS)  # type: ignore[arg-type]
    known = [Collection(id="L1", title="First", scope="all", period="1988")]
    return mse.report(answer, alike, scope="An invented town.", collections=known,
                      settings=SETTINGS)  # fmt: skip


def test_it_is_json_with_the_interval_first(page: dict[str, object]) -> None:
    again = json.loads(json.dumps(page, allow_nan=False))
    assert again == page
    assert list(page)[:3] == ["format", "kind", "answer"]
    assert list(page["answer"])[:3] == ["low", "high", "level"]  # type: ignore[call-overload]
    for part in ("assumption", "lists", "gates", "families", "versions", "seed", "scope"):
        assert page[part], part


def test_reported_documented_and_estimated_are_three_numbers(page: dict[str, object]) -> None:
    assert page["reported"] > page["documented"]  # type: ignore[operator]
    assert page["answer"]["high"] > page["documented"]  # type: ignore[index]


def test_it_gives_the_same_draws_again(alike: mse.Overlaps, page: dict[str, object]) -> None:
    first = mse.estimate(alike, seed=3, assumption="Gathered apart.", **SETTINGS)  # type: ignore[arg-type]
    again = mse.reproduce(canonical.without_floats(json.loads(json.dumps(page))))
    assert first.draws is not None
    assert again.draws is not None
    assert np.array_equal(first.draws.values, again.draws.values)


def test_a_changed_report_is_noticed(page: dict[str, object]) -> None:
    changed = json.loads(json.dumps(page))
    changed["overlaps"]["counts"][0] += 1
    with pytest.raises(EstimateError) as caught:
        mse.reproduce(changed)
    assert caught.value.code == "report-changed"
    with pytest.raises(EstimateError) as caught:
        mse.reproduce({"format": "other"})
    assert caught.value.code == "report-not-readable"
    other = json.loads(json.dumps(page))
    other["versions"]["numpy"] = "0.1"
    with pytest.raises(EstimateError) as caught:
        mse.reproduce(other)
    assert caught.value.code == "report-versions-differ"


def test_every_answer_has_a_headline_in_both_languages() -> None:
    bound = mse.AtLeast(low=1200, level=0.95, documented=800)
    refused = mse.Refusal(reasons=(), documented=800)
    assert mse.headline(bound)["en"].startswith("At least 1,200")
    assert "۱٬۲۰۰" in mse.headline(bound)["fa"]
    assert "No estimate" in mse.headline(refused)["en"]
    assert "۸۰۰" in mse.headline(refused)["fa"]
