"""Linking, from a table to pairs; and what is refused or flagged."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people.slips import SAYS_MORE

Make = Callable[..., pl.DataFrame]


def test_linkage_finds_most_true_pairs_and_few_others(
    small: SmallWorld, linkage: people.Linkage
) -> None:
    likely = linkage.pairs.filter(pl.col("probability") >= 0.5)
    found = people.evaluate(likely, small.truth)
    assert found.precision.middle > 0.9
    assert found.recall.middle > 0.85


def test_what_the_machine_decides_is_nearly_always_right(
    small: SmallWorld, linkage: people.Linkage
) -> None:
    decided = linkage.pairs.filter(pl.col("decision") == "same")
    assert decided.height > 100
    assert people.evaluate(decided, small.truth).precision.middle > 0.98


def test_blocking_keeps_nearly_every_true_pair(small: SmallWorld, linkage: people.Linkage) -> None:
    ids = small.table["id"].to_list()
    assert people.evaluate_blocking(linkage.candidates, ids, small.truth).middle > 0.96


def test_the_unidentified_are_in_no_pair(small: SmallWorld, linkage: people.Linkage) -> None:
    unknown = set(small.table.filter("unidentified")["id"])
    assert unknown
    assert not unknown & {*linkage.pairs["left"], *linkage.pairs["right"]}
    assert f"unidentified:{len(unknown)}" in linkage.flags


def test_every_decision_rests_on_fields_other_than_the_name(linkage: people.Linkage) -> None:
    decided = linkage.pairs.filter(pl.col("decision") == "same")
    assert decided["agree"].min() >= linkage.settings.fields
    assert decided["conflict"].max() == 0


def test_every_pair_says_why(linkage: people.Linkage) -> None:
    assert linkage.pairs["why"].str.contains("name: ").all()


def test_probabilities_are_probabilities_and_parameters_sum_to_one(linkage: people.Linkage) -> None:
    assert linkage.pairs["probability"].is_between(0, 1).all()
    sums = linkage.parameters.group_by("field").agg(pl.col("m", "u").sum())
    assert sums["m"].to_list() == pytest.approx([1.0] * sums.height)
    assert sums["u"].to_list() == pytest.approx([1.0] * sums.height)


def test_a_second_run_gives_the_same_pairs(small: SmallWorld, linkage: people.Linkage) -> None:
    again = people.link(small.table, settings=linkage.settings)
    assert again.pairs.drop("probability").equals(linkage.pairs.drop("probability"))


def test_a_judgement_by_a_person_stands(small: SmallWorld, linkage: people.Linkage) -> None:
    first = linkage.pairs.row(0, named=True)
    apart = people.judge(first["right"], first["left"], "different", by="one", at="t")
    again = people.link(small.table, settings=linkage.settings, judgements=[apart])
    row = again.pairs.filter(
        (pl.col("left") == first["left"]) & (pl.col("right") == first["right"])
    ).row(0, named=True)
    assert (row["decision"], row["by"]) == ("different", "person")
    assert "judged-against-the-model:1" in again.flags


def test_machine_judgements_are_signed_by_the_machine_and_its_run(linkage: people.Linkage) -> None:
    made = people.machine_judgements(linkage, run="run-1", at="2026-01-01T00:00:00Z")
    assert len(made) == linkage.pairs.filter(pl.col("decision") == "same").height
    assert all(people.is_machine(each) and each.run == "run-1" and each.why for each in made)
    assert all(0.99 <= float(each.score) <= 1 for each in made)


def code(table: pl.DataFrame) -> str:
    with pytest.raises(LinkageError) as error:
        people.link(table)
    return error.value.code


def test_a_list_of_unknown_people_is_refused(make_table: Make) -> None:
    assert code(make_table(*[{"name": "unknown", "age": "30"}] * 40)) == "linkage-no-names"


def test_one_row_is_refused(make_table: Make) -> None:
    assert code(make_table({"name": "Ali Karimi", "age": "30"})) == "linkage-too-few"


def test_an_empty_table_is_refused(make_table: Make) -> None:
    assert code(make_table()) == "linkage-no-names"


def test_names_without_another_field_are_left_to_a_person(make_table: Make) -> None:
    names = ("Ali Karimi", "علی کریمی", "Behrouz Shirdoust", "Khatmai", "Khatami")
    found = people.link(make_table(*[{"name": name} for name in names]))
    assert "names-alone" in found.flags
    assert found.pairs.select("left", "right", "decision").rows() == [
        ("m0", "m1", "review"),
        ("m3", "m4", "review"),
    ]


def test_a_flood_of_pairs_with_names_alone_is_refused(make_table: Make) -> None:
    letters = "bdfgklmnprstvz"
    rows = [{"name": f"Ali {a}a{b}imi{c}"} for a in letters for b in letters for c in "bdkmnrst"]
    assert code(make_table(*rows)) == "linkage-no-field"


def test_a_bare_name_one_slip_away_reaches_a_person_among_full_entries(small: SmallWorld) -> None:
    bare = (
        small.table[:2]
        .with_columns(
            pl.Series("id", ["x", "y"]),
            pl.Series("name", ["Rafsajnani", "Rafsanjani"]),
            unidentified=pl.lit(value=False),
            collection=pl.lit("page"),
            **{field: pl.lit(None, small.table.schema[field]) for field in SAYS_MORE},
        )
        .with_columns(sex=pl.lit(None, pl.String))
    )
    found = people.link(pl.concat([small.table, bare.select(small.table.columns)]))
    pair = found.pairs.filter((pl.col("left") == "x") & (pl.col("right") == "y"))
    assert pair["decision"].to_list() == ["review"]


def test_identical_rows_are_refused(make_table: Make) -> None:
    row = {"name": "Ali Karimi", "father_name": "Hassan", "death_date": "1995-08-01"}
    assert code(make_table(*[row] * 40)) == "linkage-one-name"


def test_names_in_the_wrong_column_merge_nobody_silently(small: SmallWorld) -> None:
    """In one row of a hundred the father's name stands where the name should, and the reverse."""
    wrong = (pl.int_range(pl.len()) % 100 == 7) & pl.col("father").is_not_null()
    turned = small.table.with_columns(
        name=pl.when(wrong).then("father").otherwise("name"),
        father=pl.when(wrong).then("name").otherwise("father"),
    )
    found = people.link(turned, settings=people.LinkageSettings(no_duplicates=frozenset({"book"})))
    moved = set(turned.filter(wrong)["id"].to_list())
    decided = found.pairs.filter(pl.col("decision") == "same")
    assert people.evaluate(decided, small.truth).precision.middle > 0.98
    said = [(a, b) for a, b in decided.select("left", "right").iter_rows() if {a, b} & moved]
    assert all(small.truth.get(a) == small.truth.get(b) for a, b in said)


def test_a_few_identical_rows_are_left_to_a_person(make_table: Make) -> None:
    row = {"name": "Ali Karimi", "father_name": "Hassan", "death_date": "1995-08-01"}
    found = people.link(make_table(*[row] * 10))
    assert found.pairs["decision"].unique().to_list() == ["review"]
    assert {"identical-rows:9", "pairs-all-alike:45"} <= set(found.flags)


def test_rows_copied_down_among_others_are_flagged(small: SmallWorld) -> None:
    row = small.table.filter(~pl.col("unidentified") & pl.col("father").is_not_null())[:1]
    copies = [row.with_columns(id=pl.lit(f"x{n}"), collection=pl.lit("page")) for n in range(6)]
    found = people.link(pl.concat([small.table, *copies]))
    assert "one-list-repeats:6" in found.flags


def test_lists_that_share_only_names_are_flagged_and_nobody_is_joined(make_table: Make) -> None:
    said = [("Ali Karimi", "Hassan"), ("Behrouz Shirdoust", "Naser"), ("Jaleh Nouri", "Said")]
    one = [{"name": name, "father_name": father, "collection": "a"} for name, father in said]
    two = [{"name": name, "death_place": "Sangab", "collection": "b"} for name, _ in said]
    found = people.link(make_table(*one, *two))
    assert "lists-share-only-names:1" in found.flags
    assert "same" not in found.pairs["decision"].to_list()


def test_too_few_pairs_to_learn_from_are_left_to_a_person(make_table: Make) -> None:
    said = {"father_name": "Hassan", "death_date": "1995-08-01", "death_place": "Sangab"}
    found = people.link(make_table({"name": "Ali Karimi", **said}, {"name": "علی کریمی", **said}))
    assert found.pairs["decision"].to_list() == ["review"]
    assert "too-few-pairs-to-learn:1" in found.flags


def test_nothing_to_pair_gives_no_pairs(make_table: Make) -> None:
    rows = ({"name": "Ali Karimi", "age": "30"}, {"name": "Behrouz Shirdoust", "age": "40"})
    assert people.link(make_table(*rows)).pairs.height == 0


def test_a_review_level_above_the_threshold_is_refused() -> None:
    with pytest.raises(LinkageError) as error:
        people.LinkageSettings(review=0.995)
    assert error.value.code == "linkage-settings"


def test_two_lists_without_a_common_person_link_to_nothing_and_are_flagged(
    make_table: Callable[..., pl.DataFrame],
) -> None:
    rng = np.random.default_rng(4)
    given = ("Ali", "Reza", "Hassan", "Mehdi", "Javad", "Naser", "Saeed", "Majid", "Bahram")
    stems, ends = (
        ("Kari", "Saba", "Nader", "Rosta", "Jala", "Behza"),
        ("mi", "zadeh", "vand", "far"),
    )
    people_apart = [
        {
            "name": f"{rng.choice(given)} {rng.choice(stems)}{rng.choice(ends)}",
            "father_name": str(rng.choice(given)),
            "age": str(rng.integers(18, 60)),
            "death_date": f"1988-{rng.integers(7, 11):02}-{rng.integers(1, 29):02}",
            "collection": "book" if at % 2 else "page",
        }
        for at in range(500)
    ]
    found = people.link(make_table(*people_apart))
    assert "training-one-class" in found.flags
    assert found.pairs.filter(pl.col("probability") > 0.5).height <= 5
