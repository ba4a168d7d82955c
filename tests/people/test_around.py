"""Labels around drawn mentions, against what the truth of everybody says."""

from __future__ import annotations

import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people.evaluation_page import evaluation_page


@pytest.fixture(scope="module")
def held(small: SmallWorld, linkage: people.Linkage) -> people.Register:
    made = people.machine_judgements(linkage, run="r", at="t")
    return people.register(small.mentions, made, {"book"})


@pytest.fixture(scope="module")
def home(held: people.Register) -> dict[str, str]:
    return {mention: person.id for person in held.people for mention in person.mentions}


@pytest.fixture(scope="module")
def drawn(small: SmallWorld, linkage: people.Linkage, home: dict[str, str]) -> pl.DataFrame:
    sample = people.sample_around(
        small.table, linkage.doubt, home, 80, settings=linkage.settings, seed=4
    )
    ends = sample.select("mention", "other").iter_rows()
    same = [small.truth.get(a, a) == small.truth.get(b, b) for a, b in ends]
    return sample.with_columns(pl.Series("same", same))


def test_half_of_the_drawn_stand_for_persons_of_several_mentions(
    small: SmallWorld, drawn: pl.DataFrame
) -> None:
    each = drawn.unique(["mention", "several", "stands_for"])
    assert each.height == each["mention"].n_unique() == 80
    assert each["several"].sum() == 40
    assert each["stands_for"].sum() == pytest.approx((~small.table["unidentified"]).sum())


def test_beside_each_stand_its_person_s_others_and_three_more(
    drawn: pl.DataFrame, home: dict[str, str]
) -> None:
    shown = {m: set(own["other"]) for (m,), own in drawn.group_by("mention")}
    for mention, others in shown.items():
        mates = {each for each in home if home[each] == home[mention]} - {mention}
        assert mates <= others
        assert len(others - mates) >= 3
        assert mention not in others


def test_labels_around_eighty_mentions_say_what_all_labels_say(
    small: SmallWorld,
    linkage: people.Linkage,
    held: people.Register,
    home: dict[str, str],
    drawn: pl.DataFrame,
) -> None:
    pairs, cubed = people.evaluate_clusters([p.mentions for p in held.people], small.truth)
    ids = small.table["id"].to_list()
    blocking = people.evaluate_blocking(linkage.candidates, ids, small.truth)
    found = people.measure_around(drawn, home)
    for truth, rate in (
        (pairs.precision, found.precision),
        (pairs.recall, found.recall),
        (pairs.f1, found.f1),
        (cubed.precision, found.cubed_precision),
        (cubed.recall, found.cubed_recall),
        (cubed.f1, found.cubed_f1),
        (blocking, found.compared),
    ):
        assert rate.low - 0.02 <= truth.middle <= rate.high + 0.02
        assert 0 < rate.high - rate.low < 0.25
    assert found.mentions == 80


def test_a_mention_that_is_labelled_in_part_does_not_count(
    drawn: pl.DataFrame, home: dict[str, str]
) -> None:
    first = drawn["mention"][0]
    open_row = pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("same")
    found = people.measure_around(drawn.with_columns(open_row.alias("same")), home)
    assert found.mentions == 79
    nothing = drawn.filter(pl.col("mention") == first).with_columns(
        same=pl.lit(None, dtype=pl.Boolean)
    )
    with pytest.raises(LinkageError) as error:
        people.measure_around(nothing, home)
    assert error.value.code == "evaluation-no-labels"


def test_where_every_answer_agrees_the_interval_is_wilson_s(
    drawn: pl.DataFrame, home: dict[str, str]
) -> None:
    as_held = [home.get(a, a) == home.get(b, b) for a, b in drawn.select("mention", "other").rows()]
    found = people.measure_around(drawn.with_columns(pl.Series("same", as_held)), home)
    assert found.precision.middle == found.recall.middle == 1
    assert found.precision.low == people.wilson(80, 80).low


@pytest.mark.parametrize(("language", "word"), [("en", "B-cubed recall"), ("fa", "پوشش بی‌کیوبد")])
def test_the_page_tells_of_whole_persons(
    drawn: pl.DataFrame, home: dict[str, str], language: str, word: str
) -> None:
    found = people.measure_around(drawn, home)
    page = evaluation_page(
        around=found, checks={"persons": 12}, made_on="2026-01-01", run="r1", language=language
    )
    assert word in page
    assert page.count("<circle") == 7
    assert ("<td>12</td>" in page) == (language == "en")
    assert ("<td>۱۲</td>" in page) == (language == "fa")
