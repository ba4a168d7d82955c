"""Training finds the two classes when they are there, and says so when they are not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from dadkhah.people.classification import _patterns, _settle, classify
from dadkhah.people.fields import FIELDS
from dadkhah.people.judged import Judged
from dadkhah.people.likenesses import are_namesakes
from dadkhah.people.settings import LinkageSettings
from dadkhah.people.training import train


def spread(*chances: float) -> list[float]:
    """Put six chances on six of the levels of rarity, from different names to rare ones."""
    levels = [0.0] * len(FIELDS["rarity"].levels)
    for place, chance in zip((0, 1, 2, 5, 8, 13), chances, strict=True):
        levels[place] = chance
    return levels


M = {
    "rarity": spread(0.0, 0.02, 0.05, 0.13, 0.3, 0.5),
    "father": [0.05, 0.05, 0.2, 0.7],
    "place": [0.05, 0.15, 0.8],
}
U = {
    "rarity": spread(0.9, 0.05, 0.03, 0.01, 0.006, 0.004),
    "father": [0.9, 0.06, 0.02, 0.02],
    "place": [0.7, 0.05, 0.25],
}


def draw(rng: np.random.Generator, matches: int, others: int) -> dict[str, np.ndarray]:
    levels = {name: np.full(matches + others, -1, dtype=np.int8) for name in FIELDS}
    for name, chances in M.items():
        same = rng.choice(len(chances), matches, p=chances)
        apart = rng.choice(len(U[name]), others, p=U[name])
        levels[name] = np.concatenate([same, apart]).astype(np.int8)
    return levels


def split(
    levels: dict[str, np.ndarray],
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], np.ndarray]:
    """Block on the name, as real keys do: the rest of all pairs are the background."""
    kept = levels["rarity"] >= 1
    return (
        {name: each[kept] for name, each in levels.items()},
        {name: each[~kept] for name, each in levels.items()},
        kept,
    )


def test_parameters_that_made_the_pairs_are_found_again() -> None:
    levels, background, kept = split(draw(np.random.default_rng(5), 1500, 100_000))
    found = classify(levels, background, 101_500, LinkageSettings())
    father = found.parameters.filter(found.parameters["field"] == "father")
    assert father["m"].to_list() == pytest.approx(M["father"], abs=0.04)
    assert father["u"].to_list() == pytest.approx(U["father"], abs=0.01)
    assert found.prior == pytest.approx(1500 / 101_500, rel=0.1)
    same = np.arange(len(kept))[kept] < 1500
    sure = found.probability >= 0.95
    assert same[sure].mean() > 0.95
    assert found.flags == ()


def test_pairs_of_nobody_make_no_match() -> None:
    levels, background, _ = split(draw(np.random.default_rng(6), 0, 30_000))
    found = classify(levels, background, 30_000, LinkageSettings())
    assert found.flags or found.probability.mean() < 0.05


def test_a_word_that_unlike_names_share_is_no_evidence_though_relatives_share_more() -> None:
    rng = np.random.default_rng(7)
    levels = draw(rng, 1500, 100_000)
    relatives = {name: rng.choice(len(chances), 900, p=chances) for name, chances in M.items()}
    relatives["rarity"] = np.full(900, 1)
    for name, each in levels.items():
        levels[name] = np.append(each, relatives.get(name, np.full(900, -1))).astype(np.int8)
    kept, background, _ = split(levels)
    found = classify(kept, background, 102_400, LinkageSettings())
    m, u = found.chances["rarity"]
    together = sum(m[:3]) / sum(u[:3])
    assert max(m[at] / u[at] for at in range(3)) <= together * 1.0001
    assert m[1] / u[1] < 1


def test_judged_pairs_move_the_parameters_toward_what_people_said() -> None:
    """People find that pairs whose fathers differ are one person; trained alone, it said not."""
    levels, background, _ = split(draw(np.random.default_rng(8), 1500, 100_000))
    plain = classify(levels, background, 101_500, LinkageSettings())
    unlike = np.flatnonzero((levels["father"] == 0) & (levels["rarity"] >= 2))[:300]
    seen = {name: each[unlike] for name, each in levels.items()}
    father = {}
    for decision in (True, False):
        judged = Judged(levels=seen, same=np.full(len(unlike), decision))
        taught = classify(levels, background, 101_500, LinkageSettings(), judged=judged)
        father[decision] = taught.chances["father"][0][0]
        assert sum(taught.chances["father"][0]) == pytest.approx(1)
        assert (taught.prior > plain.prior) == decision
    assert father[True] > plain.chances["father"][0][0] + 0.1
    assert father[False] < plain.chances["father"][0][0] - 0.01


def test_a_judged_pair_counts_once_though_it_is_a_candidate_too() -> None:
    levels, background, _ = split(draw(np.random.default_rng(9), 1500, 100_000))
    plain = classify(levels, background, 101_500, LinkageSettings())
    sure = np.flatnonzero(plain.probability > 0.999)
    judged = Judged(
        levels={name: each[sure] for name, each in levels.items()}, same=np.full(len(sure), True)
    )
    taught = classify(levels, background, 101_500, LinkageSettings(), judged=judged)
    assert taught.prior == pytest.approx(plain.prior, rel=0.02)


def test_pairs_that_agree_in_the_name_alone_are_known_as_namesakes() -> None:
    rarity = (tuple(M["rarity"]), tuple(U["rarity"]))
    true = {name: (tuple(M[name]), tuple(U[name])) for name in ("father", "place")}
    alike = {name: (tuple(U[name]), tuple(U[name])) for name in ("father", "place")}
    sex = {"sex": ((0.001, 0.999), (0.4, 0.6))}
    assert are_namesakes({**alike, **sex, "rarity": rarity})
    assert not are_namesakes({**true, **sex, "rarity": rarity})


def test_what_is_not_taught_keeps_the_shares_that_fields_guess() -> None:
    levels, background, _ = split(draw(np.random.default_rng(5), 300, 30_000))
    patterns = _patterns(levels, background, ["rarity", "father"], 30_300, None, None)
    _, chances = _settle(patterns, taught=False)
    assert chances["father"][0] == pytest.approx(FIELDS["father"].m)
    assert chances["father"][1] == pytest.approx(U["father"], abs=0.02)


def test_training_that_falls_below_what_splink_holds_keeps_what_was_settled() -> None:
    m, u = (1e-299, 0.1, 0.4, 0.2, 0.2, 0.1), (0.9, 0.02, 0.02, 0.02, 0.02, 0.02)
    pairs = pl.DataFrame({"place": np.repeat([0, 2], 60).astype(np.int8)})
    chances = {"place": (m, u)}
    assert train(pairs, chances, 0.1, LinkageSettings()) == chances
