"""From a plan to a measured register, by a table that people fill."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.web.people import measuring
from dadkhah.web.people.actions import link

pytestmark = pytest.mark.django_db


def fill(table: Path, truth: dict[str, str], *ends_of: str) -> None:
    rows = pl.read_csv(table, infer_schema_length=0)
    ends = rows.select(ends_of or ("left", "right")).iter_rows()
    same = ["yes" if truth.get(a) == truth.get(b) else "no" for a, b in ends]
    rows.with_columns(pl.Series("same", same)).write_csv(table)


def test_a_table_is_planned_filled_measured_and_published(
    simulated: Simulated, tmp_path: Path
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    table = tmp_path / "pairs.csv"
    assert measuring.write_sample(table, 0.1) > 50
    with pytest.raises(LinkageError) as error:
        measuring.measure([table])
    assert error.value.code == "evaluation-no-labels"
    fill(table, simulated.truth)
    beside = tmp_path / "mentions.csv"
    assert measuring.write_around(beside, 40) > 120
    assert "father_name" in beside.read_text() or "death_date" in beside.read_text()
    fill(beside, simulated.truth, "mention", "other")
    found = measuring.measure([table, beside])
    assert found.pairs is not None
    assert found.around is not None
    assert found.pairs.precision.middle > 0.9
    assert 0.2 < found.pairs.recall.low < found.pairs.recall.high <= 1
    assert found.around.mentions == 40
    assert found.around.cubed_precision.middle > 0.9
    assert found.around.compared.middle > 0.9
    measuring.write_pages(found, tmp_path / "out")
    pages = {p.name: p.read_text() for p in (tmp_path / "out").iterdir()}
    assert set(pages) == {"linkage.en.html", "linkage.fa.html"}
    for word in ("B-cubed", "recall of blocking", "Checks of the register", "<svg"):
        assert word in pages["linkage.en.html"]
    assert "بی‌کیوبد" in pages["linkage.fa.html"]


def test_another_table_and_another_word_are_refused(simulated: Simulated, tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    with pytest.raises(LinkageError) as error:
        measuring.write_sample(table, 0.1)
    assert error.value.code == "evaluation-no-linkage"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(LinkageError) as error:
        measuring.measure([table])
    assert error.value.code == "evaluation-table"
    table.write_text("left,right,probability,band,band_pairs,same\na,b,0.5,0.5,3,perhaps\n")
    with pytest.raises(LinkageError) as error:
        measuring.measure([table])
    assert "row 2" in error.value.where


def test_a_plan_is_not_written_over_labels(simulated: Simulated, tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text("what somebody filled for hours")
    for write in (
        lambda: measuring.write_sample(table, 0.1),
        lambda: measuring.write_around(table, 9),
    ):
        with pytest.raises(LinkageError) as error:
            write()
        assert error.value.code == "evaluation-exists"
    assert table.read_text() == "what somebody filled for hours"


@pytest.mark.parametrize("content", [None, b"", b"\xd3\xe1\xc7\xe3,1\n", b"a,b\n1,2,3,4\n"])
def test_a_table_that_cannot_be_read_is_refused(
    db: None, tmp_path: Path, content: bytes | None
) -> None:
    table = tmp_path / "pairs.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(LinkageError) as error:
        measuring.measure([table])
    assert error.value.code == "evaluation-table"


@pytest.mark.parametrize("parted_by", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_is_read(
    simulated: Simulated, tmp_path: Path, parted_by: str
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    table = tmp_path / "pairs.csv"
    measuring.write_sample(table, 0.3)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    fill(table, simulated.truth)
    expected = measuring.measure([table]).pairs
    pl.read_csv(table, infer_schema_length=0).write_csv(table, separator=parted_by)
    assert measuring.measure([table]).pairs == expected
