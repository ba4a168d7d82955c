"""One interface, three honest answers, and a clear sentence for what cannot be used."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError

Published = Callable[[str], mse.Overlaps]
WHY = "The lists were gathered apart by people who did not know of each other."


def table(rows: dict[str, int], lists: str = "ABC") -> mse.Overlaps:
    """Overlaps from {"AB": 5}."""
    return mse.Overlaps(
        lists=tuple(lists),
        patterns=tuple(tuple(int(name in on) for name in lists) for on in rows),
        counts=tuple(rows.values()),
    )


def ask(overlaps: mse.Overlaps, **settings: object) -> mse.Answer:
    """Estimate with few draws."""
    return mse.estimate(
        overlaps,
        seed=1,
        assumption=WHY,
        chains=2,
        draws=400,
        **settings,  # type: ignore[arg-type]
    )


def test_people_who_are_alike_get_an_interval_that_holds_the_truth(alike: mse.Overlaps) -> None:
    answer = ask(alike)
    assert isinstance(answer, mse.Estimate)
    assert answer.low < 2000 < answer.high
    assert answer.high / answer.low < 1.5
    assert {f.family for f in answer.findings} >= {"chao", "graphs", "latent classes"}
    assert answer.assumption == WHY
    assert answer.diagnostics is not None
    assert answer.diagnostics.split_rhat < 1.01


def test_the_same_seed_gives_the_same_answer(alike: mse.Overlaps) -> None:
    first, second = ask(alike), ask(alike)
    assert first.draws is not None
    assert second.draws is not None
    assert np.array_equal(first.draws.values, second.draws.values)


def test_unlike_people_widen_the_interval_and_are_told() -> None:
    kinds = (mse.Kind(share=0.3, least=0.3, most=0.6), mse.Kind(share=0.7, least=0.03, most=0.1))
    answer = ask(mse.world(mse.Design(people=5000, lists=4, kinds=kinds), seed=1))
    assert isinstance(answer, mse.Estimate)
    assert answer.low <= 5000 <= answer.high
    assert answer.high / answer.low > 1.4
    spoken = [f for f in answer.findings if f.role == "interval"]
    checks = [f for f in answer.findings if f.role == "check"]
    assert len(spoken) == 2
    assert max(f.middle for f in checks) < 5000


def test_lists_that_share_nobody_are_refused() -> None:
    answer = ask(table({"A": 100, "B": 80, "C": 60}))
    assert isinstance(answer, mse.Refusal)
    assert "lists-not-connected" in {r.code for r in answer.reasons}
    assert answer.documented == 240


def test_the_table_without_a_finite_answer_is_refused_for_that_reason(
    published: Published,
) -> None:
    answer = ask(published("artificial_3"))
    assert isinstance(answer, mse.Refusal)
    assert answer.reasons[0].code == "lists-not-connected"
    assert answer.reasons[0].evidence["lists"] == ["C"]


@pytest.mark.parametrize(
    ("rows", "lists", "code"),
    [
        ({"A": 10}, "A", "lists-too-few"),
        ({"A": 50, "B": 50, "AB": 20}, "AB", "lists-too-few"),
        ({"A": 50, "B": 50, "AB": 20}, "ABC", "lists-too-few"),
        ({"A": 0, "B": 0}, "ABC", "nobody-listed"),
        ({"ABC": 50}, "ABC", "list-holds-everybody"),
        ({"AB": 30, "AC": 30, "A": 30, "ABC": 10}, "ABC", "list-holds-everybody"),
        ({"A": 10**12, "B": 10**12, "C": 10**12, "AB": 10**11, "BC": 10**11}, "ABC",
         "counts-too-large"),
    ],
)  # fmt: skip
def test_what_cannot_carry_an_estimate_is_refused(
    rows: dict[str, int], lists: str, code: str
) -> None:
    answer = ask(table(rows, lists))
    assert isinstance(answer, mse.Refusal)
    assert code in {r.code for r in answer.reasons}
    assert all(r.remedy for r in answer.reasons)


def test_counts_in_the_thousands_of_millions_are_computed_without_a_warning() -> None:
    part = 10**9
    rows = {"A": 20 * part, "B": 20 * part, "C": 20 * part, "AB": 5 * part, "AC": 5 * part}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = ask(table(rows | {"BC": 5 * part, "ABC": part}), models=("chao", "latent"))
    assert answer.documented == 76 * part


def test_thirty_lists_do_not_hang() -> None:
    rng = np.random.default_rng(2)
    lists = tuple(f"L{j}" for j in range(30))
    on = rng.random((400, 30)) < 0.08
    people = [{lists[j] for j in np.flatnonzero(row)} for row in on]
    answer = ask(mse.overlaps(people, lists, {}))
    assert answer.documented == int(on.any(axis=1).sum())
    if isinstance(answer, mse.Estimate):
        assert answer.low <= 400 <= answer.high


def test_an_empty_list_is_left_out_and_told(alike: mse.Overlaps) -> None:
    wider = mse.Overlaps(
        lists=(*alike.lists, "E"),
        patterns=tuple((*p, 0) for p in alike.patterns),
        counts=alike.counts,
    )
    answer = ask(wider)
    assert isinstance(answer, mse.Estimate)
    assert "list-empty" in {g.code for g in answer.gates if not g.passed}


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"assumption": "  "}, "estimate-assumption-missing"),
        ({"models": ("oracle",)}, "estimate-setting-bad"),
        ({"models": ()}, "estimate-setting-bad"),
        ({"level": 1.0}, "estimate-setting-bad"),
        ({"chains": 1}, "estimate-setting-bad"),
        ({"seed": -1}, "estimate-setting-bad"),
    ],
)
def test_bad_settings_are_refused(
    alike: mse.Overlaps, settings: dict[str, object], code: str
) -> None:
    with pytest.raises(EstimateError) as caught:
        mse.estimate(alike, **({"seed": 1, "assumption": WHY} | settings))  # type: ignore[arg-type]
    assert caught.value.code == code


def test_one_family_alone_gives_no_interval(alike: mse.Overlaps) -> None:
    answer = ask(alike, models=("chao",))
    assert isinstance(answer, mse.AtLeast)
    assert answer.low <= 2000


def test_progress_is_told(alike: mse.Overlaps) -> None:
    told: list[str] = []
    ask(alike, progress=lambda what, _: told.append(what))
    assert {"lower bound", "log-linear", "graphs", "latent classes"} <= set(told)
