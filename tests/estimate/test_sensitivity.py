"""The panel shows what the answer rests on."""

from __future__ import annotations

import dadkhah.estimate as mse
from dadkhah.estimate.kinds import prior_overlap
from dadkhah.estimate.latent import LatentPrior, sample
from dadkhah.estimate.predictive import predictive_checks


def test_every_list_and_prior_has_its_row(alike: mse.Overlaps) -> None:
    panel = mse.sensitivity(alike, seed=1, draws=100)
    assert set(panel["without_list"]) == set(alike.lists)
    for row in panel["without_list"].values():
        assert row["documented"] + row["only_here"] == alike.documented
    for row in panel["priors"].values():
        assert row["low"] < row["middle"] < row["high"]
        assert row["prior_overlap"] < 0.5


def test_an_answer_drawn_from_the_prior_is_the_prior() -> None:
    kinds = (mse.Kind(share=1, least=0.2, most=0.4),)
    table = mse.world(mse.Design(people=500, lists=3, kinds=kinds), seed=1)
    prior = sample(table, seed=2, chains=2, draws=1500, power=0.0)
    people = table.documented / prior.seen
    assert prior_overlap(people, table.documented, LatentPrior(), 3, seed=1) > 0.75


def test_a_model_that_fits_repeats_the_table_and_one_that_does_not_fails(
    alike: mse.Overlaps,
) -> None:
    posterior = sample(alike, seed=1, chains=2, draws=400)
    checks = predictive_checks(posterior, alike, classes=10, seed=1)
    assert 0.01 < checks["cells"] < 0.99
    assert set(checks) == {
        "cells",
        "L1 & L2",
        "L1 & L3",
        "L1 & L4",
        "L2 & L3",
        "L2 & L4",
        "L3 & L4",
    }
    counts = list(alike.counts)
    counts[0] *= 6
    broken = mse.Overlaps(lists=alike.lists, patterns=alike.patterns, counts=tuple(counts))
    assert predictive_checks(posterior, broken, classes=10, seed=1)["cells"] < 0.05
