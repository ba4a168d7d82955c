"""Labelling: how many, which, and what the labels say."""

from __future__ import annotations

import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people.evaluation import wilson
from dadkhah.people.evaluation_page import evaluation_page


def test_the_labels_needed_give_the_width_that_was_wanted() -> None:
    for width, share in ((0.1, 0.9), (0.05, 0.97), (0.2, 0.5)):
        count = people.labels_needed(width, share)
        rate = wilson(share * count, count)
        assert rate.high - rate.low <= width
    assert people.labels_needed(0.05) > 3 * people.labels_needed(0.1)


def test_a_width_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(LinkageError) as error:
        people.labels_needed(0)
    assert error.value.code == "evaluation-width"


@pytest.fixture(scope="module")
def home(small: SmallWorld, linkage: people.Linkage) -> dict[str, str]:
    made = people.machine_judgements(linkage, run="r", at="t")
    register = people.register(small.mentions, made)
    return {mention: p.id for p in register.people for mention in p.mentions}


def labelled(small: SmallWorld, linkage: people.Linkage, count: int) -> pl.DataFrame:
    sample = people.sample_pairs(linkage.doubt, count)
    ends = sample.select("left", "right").iter_rows()
    same = [small.truth.get(a) == small.truth.get(b) for a, b in ends]
    return sample.with_columns(pl.Series("same", same))


def test_a_sample_covers_every_band_and_no_pair_twice(linkage: people.Linkage) -> None:
    sample = people.sample_pairs(linkage.doubt, 150)
    assert sample.select("left", "right").n_unique() == sample.height
    assert sample["band"].n_unique() >= 4
    assert sample["probability"].to_list() != sorted(sample["probability"].to_list())


def test_a_sample_estimates_what_all_labels_say(
    small: SmallWorld, linkage: people.Linkage, home: dict[str, str]
) -> None:
    everything = labelled(small, linkage, 10**6)
    assert everything.height == len(linkage.doubt.left)
    truth = people.measure_labels(everything, home)
    found = people.measure_labels(labelled(small, linkage, 200), home)
    assert found.recall.low - 0.02 <= truth.recall.middle <= found.recall.high + 0.02
    assert found.precision.middle == pytest.approx(truth.precision.middle, abs=0.1)
    assert found.recall.low < found.recall.middle < found.recall.high


def test_where_every_label_is_right_the_interval_is_wilson_s(
    small: SmallWorld, linkage: people.Linkage, home: dict[str, str]
) -> None:
    sample = labelled(small, linkage, 150).filter(pl.col("same"))
    truth = {mention: small.truth[mention] for mention in {*sample["left"], *sample["right"]}}
    found = people.measure_labels(sample, truth)
    assert found.precision.middle == found.recall.middle == 1
    assert found.precision.low == pytest.approx(wilson(sample.height, sample.height).low)
    assert found.precision.low < 1


def test_nothing_labelled_is_refused(linkage: people.Linkage, home: dict[str, str]) -> None:
    empty = people.sample_pairs(linkage.doubt, 20).with_columns(same=pl.lit(None, pl.Boolean))
    with pytest.raises(LinkageError) as error:
        people.measure_labels(empty, home)
    assert error.value.code == "evaluation-no-labels"


@pytest.mark.parametrize(("language", "word"), [("en", "precision"), ("fa", "دقت")])
def test_the_page_stands_alone_in_both_languages(
    small: SmallWorld, linkage: people.Linkage, home: dict[str, str], language: str, word: str
) -> None:
    found = people.measure_labels(labelled(small, linkage, 100), home)
    page = evaluation_page(pairs=found, made_on="2026-01-01", run="r1", language=language)
    assert word in page
    assert "<svg" in page
    assert "http" not in page
    assert not any(name in page for name in small.table["name"].to_list()[:50])
