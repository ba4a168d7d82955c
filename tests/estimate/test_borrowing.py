"""A thin part leans on the others only where that was assumed, and never when it is faulty."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import dadkhah.estimate as mse
from dadkhah.estimate import document
from dadkhah.estimate.borrowing import joined, lend
from dadkhah.estimate.document import blocks

WHY = "The same parties kept the lists in every town."
MODELS = ("chao", "degree", "wary")
ALIKE = (mse.Kind(share=1.0, least=0.1, most=0.3),)
RATES = ((0.25,), (0.2,), (0.3,), (0.15,))
TRUTH = (500, 600, 700, 28)


def town(people: int, seed: int, **more: object) -> mse.Overlaps:
    design = mse.Design(people=people, lists=4, kinds=ALIKE, rates=RATES)
    table = mse.world(replace(design, **more), seed=seed)  # type: ignore[arg-type]
    return mse.Overlaps(lists=table.lists, patterns=table.patterns, counts=table.counts,
                        stratum=f"town of {people}")  # fmt: skip


@cache
def towns() -> tuple[tuple[mse.Overlaps, ...], tuple[mse.Answer, ...]]:
    """Three large towns, and one of fifty people; each with its own answer."""
    tables = tuple(town(people, seed) for seed, people in enumerate(TRUTH))
    answers = tuple(
        mse.estimate(t, assumption="x", models=MODELS, draws=150, chains=2) for t in tables
    )
    return tables, answers


def lent(tables: tuple[mse.Overlaps, ...], answers: tuple[mse.Answer, ...], why: str = WHY):  # type: ignore[no-untyped-def]
    return lend(tables, answers, why=why, level=0.95, seed=1)


def test_a_thin_town_gets_an_interval_that_says_whence_it_comes() -> None:
    tables, answers = towns()
    assert [a.kind for a in answers[:3]] == ["estimate"] * 3
    assert answers[3].kind != "estimate"
    given = lent(tables, answers)
    assert given[:3] == answers[:3]
    thin = given[3]
    assert isinstance(thin, mse.Estimate)
    assert thin.low <= TRUTH[3] <= thin.high
    note = next(n for n in thin.notes if n.code == "strength-borrowed")
    assert WHY in note.english
    assert WHY in note.persian
    whole = mse.total(given)
    assert isinstance(whole, mse.Estimate)
    assert whole.low <= sum(TRUTH) <= whole.high


def test_without_words_nothing_is_lent() -> None:
    tables, answers = towns()
    assert lent(tables, answers, why=" ") == answers


def test_too_few_standing_towns_lend_nothing() -> None:
    tables, answers = towns()
    assert lent(tables[1:], answers[1:]) == answers[1:]


def test_a_faulty_town_is_not_lent_to() -> None:
    tables, answers = towns()
    copied = mse.estimate(
        town(120, 9, copied=((0, 1, 0.99),)), assumption="x", models=MODELS, draws=150, chains=2
    )
    assert "list-inside-another" in {w.code for w in getattr(copied, "reasons", ())}
    given = lent((*tables[:3], town(120, 9, copied=((0, 1, 0.99),))), (*answers[:3], copied))
    assert given[3] == copied


def test_a_town_whose_overlaps_the_others_would_not_make_is_told_so() -> None:
    tables, answers = towns()
    patterns = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 1, 0, 0))
    strange = mse.Overlaps(lists=tables[0].lists, patterns=patterns, counts=(40, 40, 40, 40, 1))
    own = mse.estimate(strange, assumption="x", models=MODELS)
    given = lent((*tables[:3], strange), (*answers[:3], own))
    assert given[3].kind == own.kind == "refusal"
    assert "part-unlike-others" in {n.code for n in given[3].notes}


def test_draws_made_together_stay_paired_in_a_sum() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(0.0, 100.0, 4000)
    one, other = (
        mse.Estimate(low=0, middle=1000, high=2000, level=0.95, documented=10,
                     draws=mse.Draws(values=(1000 + sign * noise)[None, :], seed=1, joint=joint))
        for sign, joint in ((1.0, True), (-1.0, True))
    )  # fmt: skip
    whole = mse.total([one, other])
    assert isinstance(whole, mse.Estimate)
    assert whole.high - whole.low == pytest.approx(0.0, abs=1e-6)


def test_the_report_names_the_parts_that_lean_on_others_and_is_computed_again() -> None:
    """Slow (two full answers), because a report that leans on others must be reproducible too."""
    tables, _ = towns()
    draws = [mse.Draw(tables=tables)]
    averaged = mse.estimate_draws(draws, assumption="x", models=MODELS, borrow=WHY)
    page = mse.report(averaged.answer, joined(tables), averaged=averaged, draws=draws,
                      settings={"models": list(MODELS), "borrow": WHY})  # fmt: skip
    assert [part["borrowed"] for part in page["strata"]] == [False, False, False, True]
    said = " ".join(block.text for block in blocks(page, "en"))
    assert f"too thin to be estimated alone: {tables[3].stratum}" in said
    assert WHY in " ".join(block.text for block in document.blocks(page, "fa"))
    assert mse.draws_digest(mse.reproduce(page)) == page["draws_digest"]
