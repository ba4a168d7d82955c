"""The weights and what they rest on."""

from __future__ import annotations

from importlib import resources

import numpy as np

from dadkhah.names import weights as model
from dadkhah.names.symbols import COUNT, GAP, SYMBOLS, WITHIN

CODE = {symbol: place for place, symbol in enumerate(SYMBOLS)}


def test_log_odds_are_finite_and_the_same_both_ways() -> None:
    odds = model.weights().log_odds
    assert odds.shape == (COUNT + 1, COUNT + 1)
    assert np.isfinite(odds).all()
    assert np.array_equal(odds, odds.T)


def test_the_model_works_without_its_data_file() -> None:
    odds = model.untrained_log_odds()
    for arabic, latin in (("ق", "q"), ("ق", "gh"), ("خ", "kh"), ("م", "m"), ("ژ", "zh")):
        assert odds[CODE[arabic], CODE[latin]] > 1.0
        assert odds[CODE[arabic], CODE[latin]] > odds[CODE[arabic], CODE["b"]]


def test_a_short_vowel_is_dropped_more_easily_than_a_consonant() -> None:
    odds = model.weights().log_odds
    assert odds[GAP, CODE["a"]] > odds[GAP, CODE["m"]] + 3
    assert odds[WITHIN, CODE["m"]] < 0


def test_the_schemes_are_a_distribution() -> None:
    joint = model.joint_from_schemes()
    assert abs(joint.sum() - 1) < 1e-9
    assert (joint >= 0).all()
    assert np.allclose(model.dot_confusion().sum(axis=1), 1)


def test_the_data_file_names_its_origin_and_licence() -> None:
    text = resources.files("dadkhah.names").joinpath("data/weights.tsv").read_text("utf-8")
    header = [line for line in text.splitlines() if line.startswith("#")]
    assert any("CC BY-SA 4.0" in line for line in header)
    assert all(len(line.split("\t")) == 4 for line in text.splitlines() if line[0] != "#")
