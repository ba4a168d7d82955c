"""Overlaps count people, not names, and lists with one origin once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError

PEOPLE = [{"A"}, {"A", "B"}, {"A", "B"}, {"B", "C"}, {"C"}, set()]


def test_people_are_counted_per_pattern() -> None:
    table = mse.overlaps(PEOPLE, ["A", "B", "C"], {})
    found = dict(zip(table.patterns, table.counts, strict=True))
    assert found == {(1, 0, 0): 1, (1, 1, 0): 2, (0, 1, 1): 1, (0, 0, 1): 1}
    assert table.documented == 5
    assert table.reported == 8
    assert table.sizes() == (3, 3, 2)


def test_a_derived_list_counts_with_its_parent() -> None:
    table = mse.overlaps(PEOPLE, ["A", "B", "C"], {"B": ["A"]})
    assert table.lists == ("A", "C")
    assert table.merged == {"A": ("A", "B")}
    assert dict(zip(table.patterns, table.counts, strict=True)) == {
        (1, 0): 3,
        (1, 1): 1,
        (0, 1): 1,
    }


def test_two_copies_of_a_list_that_was_not_given_count_once() -> None:
    table = mse.overlaps(PEOPLE, ["A", "B", "C"], derived_from={"A": ["X"], "C": ["X"]})
    assert table.lists == ("A", "B")
    assert table.merged == {"A": ("A", "C")}


def test_origins_are_followed_through_generations() -> None:
    table = mse.overlaps(PEOPLE, ["A", "B", "C"], {"C": ["B"], "B": ["A"]})
    assert table.lists == ("A",)


def test_a_list_derived_from_itself_is_refused() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.overlaps(PEOPLE, ["A", "B"], {"A": ["B"], "B": ["A"]})
    assert caught.value.code == "overlaps-origin-circle"


def test_a_structural_zero_leaves_the_stratum() -> None:
    table = mse.overlaps([{"A"}, {"B"}], ["A", "B", "C"], {}, structural_zeros=["C"])
    assert table.lists == ("A", "B")
    assert table.structural_zeros == ("C",)


def test_a_structural_zero_that_lists_somebody_stays_and_is_told() -> None:
    table = mse.overlaps(PEOPLE, ["A", "B", "C"], {}, structural_zeros=["C"])
    assert table.lists == ("A", "B", "C")
    assert table.contradicted == ("C",)
    told = {g.code: g.passed for g in mse.gates(table)}
    assert told["structural-zero-contradicted"] is False


def test_a_table_is_read_with_its_columns_as_lists(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A,B,count\n1,0,5\n0,1,3\n1,1,2\n1,0,1\n", encoding="utf-8-sig")
    table = mse.overlaps_from_table(path)
    assert table.lists == ("A", "B")
    assert dict(zip(table.patterns, table.counts, strict=True)) == {
        (1, 0): 6,
        (1, 1): 2,
        (0, 1): 3,
    }


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"A": 1, "count": -3}], "overlaps-count-bad"),
        ([{"A": 1, "count": "2.5"}], "overlaps-count-bad"),
        ([{"A": 1, "count": "many"}], "overlaps-count-bad"),
        ([{"A": 1, "count": "inf"}], "overlaps-count-bad"),
        ([{"A": 1, "count": 1e18}], "overlaps-count-bad"),
        ([{"A": 2, "count": 3}], "overlaps-column-unclear"),
        ([{"A": 0, "count": 3}], "overlaps-pattern-bad"),
        ([{"count": 4}], "overlaps-column-unclear"),
        ([], "overlaps-table-bad"),
    ],
)
def test_a_bad_table_is_refused_with_its_row(rows: list[dict[str, object]], code: str) -> None:
    with pytest.raises(EstimateError) as caught:
        mse.overlaps_from_table(rows)
    assert caught.value.code == code


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"A,B,count\n1,0,3,4\n", None])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "t.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EstimateError) as caught:
        mse.overlaps_from_table(path)
    assert caught.value.code == "overlaps-table-bad"


def test_lists_must_differ_and_be_few() -> None:
    with pytest.raises(EstimateError, match="same name"):
        mse.overlaps([], ["A", "A"], {})
    with pytest.raises(EstimateError, match="the most"):
        mse.overlaps([], [f"L{j}" for j in range(61)], {})


def test_rows_and_counts_must_match() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.tidy(mse.Overlaps(lists=("A",), patterns=((1,),), counts=(1, 2)))
    assert caught.value.code == "overlaps-row-lengths"


@given(st.lists(st.sets(st.sampled_from("ABCD")), max_size=60))
def test_sizes_and_documented_agree_with_the_people(people: list[set[str]]) -> None:
    table = mse.overlaps(people, list("ABCD"), {})
    assert table.documented == sum(bool(p) for p in people)
    assert table.sizes() == tuple(sum(name in p for p in people) for name in "ABCD")
    assert mse.tidy(table) == table


def test_dropping_a_list_keeps_those_on_others() -> None:
    table = mse.drop_list(mse.overlaps(PEOPLE, ["A", "B", "C"], {}), "A")
    assert table.lists == ("B", "C")
    assert table.documented == 4
