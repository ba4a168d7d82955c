"""Copied lists are reported, with evidence."""

from __future__ import annotations

import polars as pl
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.text import to_persian_digits


def test_only_the_copied_list_is_suspected(small: SmallWorld, linkage: people.Linkage) -> None:
    found = people.derivation(small.table, linkage)
    assert [(each.child, each.parent) for each in found if each.suspected] == [("copy", "families")]
    assert len(found) > 3
    assert found[0].misspelt > 4 * max(each.misspelt for each in found[1:])
    assert not any(each.told for each in found[1:])


def test_the_evidence_is_said_in_two_languages(small: SmallWorld, linkage: people.Linkage) -> None:
    first = people.derivation(small.table, linkage)[0]
    assert first.contained > 0.9
    assert first.copied_order > 0.95
    assert f"{first.matched} of {first.of}" in first.sentences[0]
    assert to_persian_digits(f"{first.matched} از {first.of}") in first.sentences[1]
    assert all(said.endswith(".") for said in first.sentences)
    assert f"misspell a word alike, as no other list does: {first.misspelt}." in first.sentences[0]
    assert to_persian_digits(f"نیست: {first.misspelt}.") in first.sentences[1]


def test_a_row_that_stands_often_is_not_copied_often(
    small: SmallWorld, linkage: people.Linkage
) -> None:
    row = small.table.filter(~pl.col("unidentified") & pl.col("father").is_not_null())[:1]
    copies = [row.with_columns(id=pl.lit(f"x{n}"), collection=pl.lit("page")) for n in range(30)]
    table = pl.concat([small.table, *copies])
    found = people.derivation(table, people.link(table, settings=linkage.settings))
    assert [each.child for each in found if each.suspected] == ["copy"]
