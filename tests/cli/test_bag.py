"""A case into a bag and back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import PASSWORD, Run
from tests.cli.test_archive import bytes_of


def test_a_case_goes_into_a_bag_and_comes_back_the_same(tmp_path: Path, run: Run) -> None:
    case = tmp_path / "case"
    (tmp_path / "statement.txt").write_text("Navid Sahrai was executed in Evin prison in 1988.\n")
    assert run("init", case, "--password", PASSWORD).code == 0
    assert run("add", tmp_path / "statement.txt", case=case).code == 0
    done = run("bag", tmp_path / "bag", case=case)
    assert done.code == 0, done.err
    assert "ingestion" in (tmp_path / "bag" / "metadata" / "premis.xml").read_text()
    opened = run("bag", tmp_path / "bag", "--open", tmp_path / "archive")
    assert opened.code == 0, opened.err
    assert bytes_of(tmp_path / "archive") == bytes_of(tmp_path / "bag" / "data")
    (tmp_path / "bag" / "data" / "archive.json").write_text("{}")
    assert run("bag", tmp_path / "bag", "--open", tmp_path / "again").code == 1
    assert not (tmp_path / "again").exists()
