"""A case on its way: imported, imported again, killed, altered."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Journey, Run, lists, mapping_of


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    done = run("init", tmp_path / "case", "--password", PASSWORD)
    assert done.code == 0, done.err
    return tmp_path / "case"


def test_a_case_checks_out_from_page_to_bytes(journey: Journey, run: Run) -> None:
    done = run("verify", journey.case, "--json")
    assert done.code == 0, done.out + done.err
    assert all(row["passed"] for row in done.rows)


def test_the_same_table_again_changes_nothing(journey: Journey, run: Run) -> None:
    before = run("log", "--limit", 1, "--json", case=journey.case).rows[0]["index"]
    table = lists(journey.world)[0]
    done = run(
        "import",
        table,
        "--mapping",
        mapping_of(table),
        "--skip-refused",
        "--json",
        case=journey.case,
    )
    assert done.code == 0, done.err
    assert (done.rows[0]["new"], done.rows[0]["updated"]) == (0, 0)
    assert done.rows[0]["unchanged"] > 0
    assert run("log", "--limit", 1, "--json", case=journey.case).rows[0]["index"] == before


def test_a_table_keeps_ids_whole_and_lists_readable(journey: Journey, run: Run) -> None:
    rows = run("people", "--limit", 5, "--json", case=journey.case).rows
    shown = run("people", "--limit", 5, case=journey.case).out
    assert len(rows) == 5
    assert all(f"{row['id']} " in shown for row in rows)
    assert any(row["other_names"] for row in rows)
    assert '["' not in shown


TABLE = "id,name,age,city\n1,Navid Sahrai,30,Mahanabad\n2,Golnar Sahrai,,Mahanabad\n"
MAPPING = """\
collection: {title: A small list, compiler: Nobody, scope: everyone, period: "1995"}
source: {title: A small list, language: en}
key: id
kind: person
language: en
columns:
  name: {predicate: person.name, as: name}
  age: {predicate: person.age, as: number}
  city: {predicate: person.death_place, as: place}
"""


def write(folder: Path, table: str) -> tuple[Path, Path]:
    (folder / "list.csv").write_text(table)
    (folder / "list.yaml").write_text(MAPPING)
    return folder / "list.csv", folder / "list.yaml"


def test_a_changed_row_is_updated_and_keeps_its_ids(case: Path, tmp_path: Path, run: Run) -> None:
    table, mapping = write(tmp_path, TABLE)
    assert run("import", table, "--mapping", mapping, case=case).code == 0
    first = run("claims", "--limit", 0, "--json", case=case).rows
    write(
        tmp_path,
        TABLE.replace(",30,", ",31,").replace("2,Golnar Sahrai,,Mahanabad", "3,Mehri Sahrai,,"),
    )
    done = run("import", table, "--mapping", mapping, "--json", case=case)
    assert done.code == 0, done.err
    counts = {name: done.rows[0][name] for name in ("new", "updated", "unchanged", "gone")}
    assert counts == {"new": 1, "updated": 1, "unchanged": 0, "gone": 1}
    second = run("claims", "--limit", 0, "--json", case=case).rows
    ages = {row["id"]: row["written"] for row in second if row["predicate"] == "person.age"}
    assert list(ages.values()) == ["31"]
    assert set(ages) <= {row["id"] for row in first}
    assert run("verify", case).code == 0


def test_a_dry_run_reports_and_keeps_nothing(case: Path, tmp_path: Path, run: Run) -> None:
    table, mapping = write(tmp_path, TABLE)
    done = run("import", table, "--mapping", mapping, "--dry-run", case=case)
    assert done.code == 0, done.err
    assert "2 would be taken" in done.out
    assert run("claims", "--json", case=case).rows == []
    assert not [p for p in (case / "captures").rglob("*") if p.is_file()]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("", "source-empty"),
        ("id,name,city\n1,Navid,Mahanabad\n", "mapping-column-missing"),
        ("id,name,age,city\n1,Navid,30,Mahanabad\n1,Golnar,31,Mahanabad\n", "rows-refused"),
        (f"id,name,age,city\n1,{'x' * 10_000},30,Mahanabad\n", "rows-refused"),
        ("id,name,age,city\n1,Navid,30\n", "rows-refused"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_whole(
    case: Path, tmp_path: Path, run: Run, table: str, code: str
) -> None:
    path, mapping = write(tmp_path, table)
    done = run("import", path, "--mapping", mapping, case=case)
    assert done.code == 3
    assert code in done.err
    assert "Traceback" not in done.err
    assert run("claims", "--json", case=case).rows == []
    assert not [p for p in (case / "captures").rglob("*") if p.is_file()]


def test_an_import_that_is_killed_leaves_nothing_half_done(
    case: Path, tmp_path: Path, run: Run
) -> None:
    rows = "".join(f"{n},Navid Sahrai{n},{n % 60 + 18},Mahanabad\n" for n in range(6000))
    table, mapping = write(tmp_path, "id,name,age,city\n" + rows)
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), "import", str(table)]
    chance = random.Random(5)
    for _ in range(4):
        process = subprocess.Popen(
            [*command, "--mapping", str(mapping)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
        )  # fmt: skip
        time.sleep(1.0 + 3 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        taken = run("log", "--limit", 0, "--json", case=case).rows
        assert sum(row["action"] == "claims.import" for row in taken) in {0, 6000}
        assert run("verify", case).code == 0
    assert run("import", table, "--mapping", mapping, case=case).code == 0
    assert run("verify", case).code == 0


def test_a_store_that_is_altered_by_hand_does_not_check_out(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    case = Path(shutil.copytree(journey.case, tmp_path / "case"))
    store = sqlite3.connect(case / "store.sqlite3")
    store.execute(
        "UPDATE claims_claim SET written = written || '.'"
        " WHERE id IN (SELECT id FROM claims_claim LIMIT 1)"
    )
    store.commit()
    done = run("verify", case, "--json")
    assert done.code == 1
    assert "record-changed" in {row["code"] for row in done.rows}
    store.execute("UPDATE custody_logentry SET note = 'x' WHERE \"index\" = 1")
    store.commit()
    store.close()
    assert "root-signed" not in {
        row["code"] for row in run("verify", case, "--json").rows if row["passed"]
    }


def test_a_log_that_was_cut_short_is_never_signed_again(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    case = Path(shutil.copytree(journey.case, tmp_path / "case"))
    store = sqlite3.connect(case / "store.sqlite3")
    store.execute(
        'DELETE FROM custody_logentry WHERE "index" = (SELECT max("index") FROM custody_logentry)'
    )
    store.commit()
    store.close()
    done = run("verify", case)
    assert done.code == 1
    assert "log-shortened" in done.err


def test_a_place_in_use_is_left_alone(case: Path, run: Run) -> None:
    done = run("init", case, "--password", PASSWORD)
    assert done.code == 4
    assert "case-exists" in done.err


def test_a_folder_that_is_no_case_says_so(tmp_path: Path, run: Run) -> None:
    done = run("claims", case=tmp_path)
    assert done.code == 4
    assert "dadkhah init" in done.err


def test_a_wrong_command_line_exits_with_two(run: Run) -> None:
    assert run("import").code == 2
    assert run("nonsense").code == 2


def test_the_doctor_says_what_is_missing_and_how_to_get_it(case: Path, run: Run) -> None:
    rows = run("doctor", "--json", case=case).rows
    assert {"what", "found", "well", "todo"} <= rows[0].keys()
    assert all(row["todo"] for row in rows if row["well"] == "no")
