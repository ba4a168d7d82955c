"""A mistake that two lists share of one person is told, and a rare right name is not."""

from __future__ import annotations

import polars as pl

from dadkhah.people.misspelt import misspelt_alike

LISTS = {"a": "page", "b": "book", "c": "copy"}


def rows(**names: str) -> pl.DataFrame:
    """Give mentions of a name each, by id; three others of the page bear the usual name."""
    usual = {f"u{n}": "Reza Shirdoust" for n in range(3)}
    ids = {**names, **usual}
    lists = [LISTS.get(each, "page") for each in ids]
    blank = pl.Series([None] * len(ids), dtype=pl.String)
    return pl.DataFrame(
        {"id": list(ids), "collection": lists, "name": list(ids.values()),
         "father": blank, "place": blank}
    )  # fmt: skip


def best(*pairs: tuple[str, str]) -> pl.DataFrame:
    both = [*pairs, *((right, left) for left, right in pairs)]
    return pl.DataFrame(both, schema=["left", "right"], orient="row")


def found(table: pl.DataFrame, *pairs: tuple[str, str]) -> dict[tuple[str, str], bool]:
    return {
        (left, right): told for left, right, told in misspelt_alike(best(*pairs), table).iter_rows()
    }


def test_a_slip_that_two_lists_share_is_told_where_a_third_has_the_usual_word() -> None:
    table = rows(a="Ali Shirdoust", b="Ali Shirdosut", c="Ali Shirdosut")
    assert found(table, ("b", "c"), ("a", "b"), ("a", "c")) == {("b", "c"): True, ("c", "b"): True}


def test_without_a_third_account_it_is_a_rare_word_that_may_be_right() -> None:
    table = rows(b="Ali Shirdosut", c="Ali Shirdosut")
    assert found(table, ("b", "c")) == {("b", "c"): False, ("c", "b"): False}


def test_a_word_that_a_third_list_has_too_is_no_mistake_of_two() -> None:
    table = rows(a="Ali Shirdosut", b="Ali Shirdosut", c="Ali Shirdosut")
    assert found(table, ("b", "c"), ("a", "b"), ("a", "c")) == {}


def test_a_rare_word_that_is_near_no_usual_one_is_no_mistake() -> None:
    table = rows(a="Ali Shirdoust", b="Ali Zarrinkoub", c="Ali Zarrinkoub")
    assert found(table, ("b", "c"), ("a", "b")) == {}


def test_each_list_s_own_slip_is_not_shared() -> None:
    table = rows(a="Ali Shirdoust", b="Ali Shirdosut", c="Ali Shirdoutt")
    assert found(table, ("b", "c"), ("a", "b")) == {}
