"""Whatever a notebook holds becomes overlaps, or a refusal that names the column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import dadkhah.estimate as mse
from dadkhah.errors import EstimateError

COUNTS = {"001": 63, "010": 55, "011": 18, "100": 69, "101": 17, "110": 21, "111": 28}
FRAME = pd.DataFrame(
    [{"A": int(k[0]), "B": int(k[1]), "C": int(k[2]), "count": n} for k, n in COUNTS.items()]
)
CASES = FRAME.loc[FRAME.index.repeat(FRAME["count"])].drop(columns="count").reset_index(drop=True)
CUBE = np.array([[[0, 63], [55, 18]], [[69, 17], [21, 28]]])

SHAPES: dict[str, Any] = {
    "counts by text": COUNTS,
    "counts by tuple": {tuple(map(int, k)): n for k, n in COUNTS.items()},
    "counts by names": {
        tuple(x for x, on in zip("ABC", k, strict=True) if on == "1"): n for k, n in COUNTS.items()
    },
    "pandas": FRAME,
    "pandas, another name": FRAME.rename(columns={"count": "Freq"}),
    "pandas, no name": FRAME.rename(columns={"count": "X"}),
    "pandas, one row per person": CASES,
    "booleans": CASES.astype(bool),
    "a series by pattern": CASES.groupby(["A", "B", "C"]).size(),
    "polars": pl.from_pandas(FRAME),
    "polars, lazy": pl.from_pandas(FRAME).lazy(),
    "arrow": pl.from_pandas(FRAME).to_arrow(),
    "an array of two levels": CUBE,
    "a matrix": CASES.to_numpy(),
    "columns": {name: list(FRAME[name]) for name in FRAME},
    "sets of people": {name: set(CASES.index[CASES[name] == 1]) for name in "ABC"},
    "each person's lists": [
        frozenset(n for n in "ABC" if row[n]) for row in CASES.to_dict("records")
    ],
    "yes and no": FRAME.replace({"A": {1: "Yes", 0: "no"}}),
    "crosses and blanks": [
        {**{n: "x" if row[n] else "" for n in "ABC"}, "n": row["count"]}
        for row in FRAME.to_dict("records")
    ],
    "Persian": [
        {**{n: "بله" if row[n] else "خیر" for n in "ABC"}, "تعداد": str(row["count"])}
        for row in FRAME.to_dict("records")
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_overlaps(shape: str) -> None:
    (table,) = mse.read(SHAPES[shape])
    assert len(table.lists) == 3
    assert table.documented == 271
    order = [table.lists.index(n) for n in sorted(table.lists)]
    found = {
        "".join(str(pattern[j]) for j in order): n
        for pattern, n in zip(table.patterns, table.counts, strict=True)
    }
    assert found == COUNTS


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_file_is_read_whatever_parts_its_columns(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(FRAME.to_csv(sep=mark), encoding="utf-8")
    (table,) = mse.read(path)
    assert table.documented == 271
    assert table.lists == ("A", "B", "C")


def test_words_cut_the_people_into_strata_unless_told_to_add_them_up() -> None:
    rows = [{**row, "sex": sex} for row in FRAME.to_dict("records") for sex in ("f", "m")]
    parts = mse.read(rows)
    assert [part.stratum for part in parts] == ["f", "m"]
    assert [part.documented for part in parts] == [271, 271]
    assert mse.read(rows, strata=[])[0].documented == 542


def test_a_number_can_cut_strata_when_it_is_said() -> None:
    rows = [{**row, "year": year} for row in FRAME.to_dict("records") for year in (1987, 1988)]
    with pytest.raises(EstimateError) as caught:
        mse.read(rows)
    assert caught.value.code == "overlaps-column-unclear"
    assert caught.value.where == "year"
    assert [p.stratum for p in mse.read(rows, strata=["year"])] == ["1987", "1988"]


def test_ages_of_people_are_never_taken_for_counts() -> None:
    with pytest.raises(EstimateError) as caught:
        mse.read(CASES.assign(age=[20 + i % 40 for i in range(len(CASES))]))
    assert caught.value.code == "overlaps-column-unclear"


def test_chosen_lists_leave_out_whoever_is_on_none_of_them() -> None:
    (table,) = mse.read(FRAME, lists=["A", "B"])
    assert table.lists == ("A", "B")
    assert table.documented == 271 - 63


def test_the_number_on_no_list_may_stay_open() -> None:
    rows = [*FRAME.to_dict("records"), {"A": 0, "B": 0, "C": 0, "count": None}]
    assert mse.read(rows)[0].documented == 271


@pytest.mark.parametrize(
    ("cell", "code"),
    [("NA", "overlaps-cell-missing"), ("maybe", "overlaps-column-unclear")],
)
def test_a_cell_that_does_not_say_is_not_guessed(cell: str, code: str) -> None:
    rows = FRAME.astype(object).to_dict("records")
    rows[2]["A"] = cell
    rows[3] = {**rows[3], "A": 7} if cell == "maybe" else rows[3]
    with pytest.raises(EstimateError) as caught:
        mse.read(rows)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [5, None, "nowhere.csv", [], {}, [1, 2], np.zeros(4), {"a": 1}])
def test_what_is_no_table_is_refused(data: Any) -> None:
    with pytest.raises(EstimateError):
        mse.read(data)


def test_an_answer_tells_itself() -> None:
    answer = mse.estimate(
        FRAME, assumption="Gathered <apart>.", models=["chao", "log-linear", "degree"]
    )
    assert repr(answer).startswith("AtLeast: At least")
    assert "no-finite-estimate" in repr(answer)
    assert "Gathered &lt;apart&gt;." in answer._repr_html_()
    assert repr(mse.read(FRAME)[0]) == "Overlaps(A, B, C: 271 people in 7 patterns)"


def test_strata_are_estimated_apart_and_added_up() -> None:
    rows = [{**row, "sex": sex} for row in FRAME.to_dict("records") for sex in ("f", "m")]
    answer = mse.estimate(rows, assumption="Apart.", models=["chao"])
    assert [part.stratum for part in answer.strata] == ["f", "m"]
    assert answer.documented == 542
