"""Whole statements: what is read of each, and the words that must make no claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.claims.statements import KINDS, lines, read, score, statements, table

ROWS = [row for kind in KINDS for row in statements(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_statements_are_read_as_a_careful_reader_reads_them(kind: str) -> None:
    right, proposed, expected, wrong = score(statements(kind))
    assert right.total() / proposed.total() >= 0.98, "\n".join(wrong)
    assert right.total() / expected.total() >= 0.97, "\n".join(wrong)


@pytest.mark.parametrize("row", [row for row in ROWS if row.get("never")], ids=lambda r: r["name"])
def test_words_that_count_nothing_make_no_figure(row: dict[str, Any]) -> None:
    written = {c.written for c in read(row["text"]).claims if c.predicate == "figure.number"}
    assert not written & set(row["never"])


def test_a_statement_read_twice_gives_the_same() -> None:
    assert lines(read(ROWS[0]["text"])) == lines(read(ROWS[0]["text"]))


def test_the_page_shows_how_well_statements_are_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert table(kind).splitlines()[-1] in page, "write the last row of statements.py there"
