"""Mirrors, backups and shares from the command line, on a case that is then lost."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Run
from tests.cli.test_archive import bytes_of


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "statement.txt").write_text("Navid Sahrai was executed in Evin prison in 1988.\n")
    assert run("init", tmp_path / "case", "--password", PASSWORD).code == 0
    assert run("add", tmp_path / "statement.txt", case=tmp_path / "case").code == 0
    return tmp_path / "case"


def test_a_mirror_is_the_same_as_an_export_and_grows_with_the_case(
    case: Path, tmp_path: Path, run: Run
) -> None:
    first = run("mirror", tmp_path / "m1", tmp_path / "m2", case=case)
    assert first.code == 0, first.err
    (tmp_path / "later.txt").write_text("Golnar Mahdavi was released in March 1989.\n")
    assert run("add", tmp_path / "later.txt", case=case).code == 0
    again = run("mirror", tmp_path / "m1", case=case)
    assert again.code == 0, again.err
    assert int(re.search(r"(\d+) were there already", again.out)[1]) > 0  # type: ignore[index]
    assert run("export", tmp_path / "export", case=case).code == 0
    assert bytes_of(tmp_path / "m1") == bytes_of(tmp_path / "export")
    assert run("verify", tmp_path / "m1").code == 0
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_a_stolen_laptop_loses_nothing(case: Path, tmp_path: Path, run: Run) -> None:
    made = run("keys", "backup", tmp_path / "far" / "backup.key")
    recipient = re.search(r"age1[a-z0-9]+", made.out)[0]  # type: ignore[index]
    done = run("backup", tmp_path / "b.age", "--to", recipient, case=case)
    assert done.code == 0, done.err
    split = ("keys", "split", tmp_path / "far" / "backup.key", "--shares", 3, "--needed", 2)
    assert run(*split, "--into", tmp_path / "shares").code == 0
    assert b"Navid" not in (tmp_path / "b.age").read_bytes()
    shutil.rmtree(case)
    (tmp_path / "far" / "backup.key").unlink()
    held = sorted((tmp_path / "shares").iterdir())
    assert run("keys", "join", held[0], "--into", tmp_path / "k").code == 1
    assert run("keys", "join", held[2], held[0], "--into", tmp_path / "k").code == 0
    drill = run("backup", tmp_path / "b.age", "--drill", "--identity", tmp_path / "k")
    assert drill.code == 0, drill.err
    assert "The drill passed" in drill.out
    opened = run("backup", tmp_path / "b.age", "--open", tmp_path / "a", "--identity",
                 tmp_path / "k")  # fmt: skip
    assert opened.code == 0, opened.err
    back = run("restore", tmp_path / "a", tmp_path / "again", "--password", PASSWORD)
    assert back.code == 0, back.err
    assert run("people", "Navid", "--json", case=tmp_path / "again").rows


def test_the_backup_opens_with_the_age_program(case: Path, tmp_path: Path, run: Run) -> None:
    if not shutil.which("age"):
        pytest.skip("needs the age program (apt-get install age)")
    made = run("keys", "backup", tmp_path / "k")
    recipient = re.search(r"age1[a-z0-9]+", made.out)[0]  # type: ignore[index]
    assert run("backup", tmp_path / "b.age", "--to", recipient, case=case).code == 0
    opening = ["age", "-d", "-i", str(tmp_path / "k"), str(tmp_path / "b.age")]
    packed = subprocess.run(opening, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(tmp_path)], input=packed, check=True)
    assert run("verify", tmp_path / "archive").code == 0
