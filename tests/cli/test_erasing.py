"""Erasing from the command line: the value is in no file of the case and no later backup."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl

from tests.cli.conftest import PASSWORD, Run

STATEMENT = (
    "Navid Sahrai was executed in Evin prison on 3 August 1988.\n\n"
    "Golnar Mahdavi was released from Evin prison in March 1989.\n"
)
DECISION = (
    "--by", "account:1", "--reviewed-by", "account:2",
    "--reason", "asked for by the family", "--authority", "rule 4", "--yes",
)  # fmt: skip


def everything(*folders: Path) -> bytes:
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return b"\n".join(unpacked(path) for path in files)


def unpacked(path: Path) -> bytes:
    """The bytes of a file, and of the files packed in it."""
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(parts)


def test_a_person_erased_is_in_no_byte_of_the_case_and_of_what_is_made_from_it(
    tmp_path: Path, run: Run
) -> None:
    case, statement = tmp_path / "case", tmp_path / "statement.txt"
    statement.write_text(STATEMENT)
    assert run("init", case, "--password", PASSWORD).code == 0
    assert run("add", statement, case=case).code == 0
    person = run("people", "Navid Sahrai", "--json", case=case).rows[0]["id"]
    shown = run("erase", "--person", person, "--dry-run", "--json", case=case)
    assert shown.code == 0, shown.err
    assert shown.rows[0]["records"]["mention"] >= 1
    assert b"Navid Sahrai" in everything(case)
    done = run("erase", "--person", person, *DECISION, case=case)
    assert done.code == 0, done.err
    assert run("export", tmp_path / "archive", case=case).code == 0
    whole = everything(case, tmp_path / "archive")
    assert b"Navid" not in whole
    assert b"Golnar Mahdavi" in whole
    for place in (case, tmp_path / "archive"):
        checked = run("verify", place)
        assert checked.code == 0, checked.out
        assert " 0 erased" not in checked.out
    restored = run("restore", tmp_path / "archive", tmp_path / "again", "--password", PASSWORD)
    assert restored.code == 0, restored.err
    assert run("verify", tmp_path / "again").code == 0
    assert b"Navid" not in everything(tmp_path / "again")


MAPPING = """\
collection: {title: A list, compiler: Nobody, scope: everyone, period: "1367"}
source: {title: A list, language: en}
key: id
kind: person
language: en
columns:
  name: {predicate: person.name, as: name}
  father: {predicate: person.father_name, as: name}
"""


def test_a_person_erased_is_in_no_cell_of_the_workbook_that_was_received(
    tmp_path: Path, run: Run
) -> None:
    case, table, mapping = tmp_path / "case", tmp_path / "list.xlsx", tmp_path / "list.yaml"
    book = openpyxl.Workbook()
    for row in (
        ("id", "name", "father"),
        (1, "Navid Sahrai", "Bahram"),
        (2, "Golnar Mahdavi", "Keyvan"),
    ):
        book.worksheets[0].append(row)
    book.save(table)
    mapping.write_text(MAPPING)
    assert run("init", case, "--password", PASSWORD).code == 0
    assert run("import", table, "--mapping", mapping, case=case).code == 0
    whole = everything(case)
    assert b"Navid Sahrai" in whole
    assert b"Bahram" in whole
    person = run("people", "Navid Sahrai", "--json", case=case).rows[0]["id"]
    done = run("erase", "--person", person, *DECISION, case=case)
    assert done.code == 0, done.err
    left = everything(case)
    assert b"Navid" not in left
    assert b"Bahram" not in left
    assert b"Golnar Mahdavi" in left
    checked = run("verify", case)
    assert checked.code == 0, checked.out


def test_one_account_alone_is_refused(tmp_path: Path, run: Run) -> None:
    case, statement = tmp_path / "case", tmp_path / "statement.txt"
    statement.write_text(STATEMENT)
    assert run("init", case, "--password", PASSWORD).code == 0
    assert run("add", statement, case=case).code == 0
    source = run("sources", "--json", case=case).rows[0]["id"]
    alone = ["account:1" if word == "account:2" else word for word in DECISION]
    done = run("erase", "--source", source, *alone, case=case)
    assert done.code == 4
    assert "erasure-alone" in done.err
    assert len(run("sources", "--json", case=case).rows) == 1
