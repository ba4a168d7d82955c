"""Two laptops from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import PASSWORD, Run


def test_two_cases_that_began_apart_become_one(tmp_path: Path, run: Run) -> None:
    for name, person in (("one", "Navid Sahrai"), ("two", "Golnar Mahdavi")):
        text = tmp_path / f"{name}.txt"
        text.write_text(f"{person} was executed in Evin prison in 1988.\n")
        assert run("init", tmp_path / name, "--password", PASSWORD).code == 0
        assert run("add", text, case=tmp_path / name).code == 0
    assert run("export", tmp_path / "archive", case=tmp_path / "two").code == 0
    done = run("merge", tmp_path / "archive", case=tmp_path / "one")
    assert done.code == 0, done.err
    again = run("merge", tmp_path / "archive", case=tmp_path / "one")
    assert "here already" in again.out
    people = {row["label"] for row in run("people", "--json", case=tmp_path / "one").rows}
    assert {"Navid Sahrai", "Golnar Mahdavi"} <= people
    assert run("verify", tmp_path / "one").code == 0
