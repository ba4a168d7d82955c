"""A linkage that is killed leaves the register as it was, and a bad list is refused clearly."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Journey, Run

MAPPING = """\
collection: {title: A small list, compiler: Nobody, scope: everyone, period: "1995"}
source: {title: A small list, language: en}
key: id
kind: person
language: en
columns:
  name: {predicate: person.name, as: name}
  age: {predicate: person.age, as: number}
"""


def register(case: Path, run: Run) -> list[dict[str, object]]:
    """Give what the register rests on: its last entry, and who is who."""
    last = run("log", "--limit", 1, "--json", case=case).rows
    out = case.parent / f"register-{time.monotonic_ns()}.csv"
    shutil.copytree(case, copied := case.parent / f"copy-{time.monotonic_ns()}")
    assert run("give", out, "--as", "clusters", case=copied).code == 0
    shutil.rmtree(copied)
    return [*last, {"clusters": out.read_text(encoding="utf-8")}]


def test_a_linkage_that_is_killed_leaves_the_register_as_it_was(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    """It takes some ten seconds: the program starts several times."""
    case = Path(shutil.copytree(journey.case, tmp_path / "case"))
    before = register(case, run)
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), "link"]
    chance = random.Random(5)
    for _ in range(2):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        time.sleep(1.5 + 3 * chance.random())
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert ended or register(case, run) == before
    assert run("verify", case).code == 0
    assert run("link", case=case).code == 0


KILLED_AFTER = """
import os, signal, sys
from pathlib import Path
from dadkhah.cli.session import use_case
use_case(Path(sys.argv[1]))
from django.db import connection
from dadkhah import people
from dadkhah.web.people import actions

def stop(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if sql.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return done

with connection.execute_wrapper(stop):
    actions.link(by="account:1", settings=people.LinkageSettings())
"""


def test_a_linkage_that_is_killed_in_the_midst_of_the_index_leaves_the_register_as_it_was(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    """Its run and its judgements are written by then; it takes as long as a linkage."""
    case = Path(shutil.copytree(journey.case, tmp_path / "case"))
    before = register(case, run)
    write = 'INSERT INTO "people_membership"'
    done = subprocess.run([sys.executable, "-c", KILLED_AFTER, str(case), write], check=False)
    assert done.returncode == -signal.SIGKILL
    assert register(case, run) == before


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("".join(f"{n},unknown,30\n" for n in range(30)), "linkage-no-names"),
        ("".join(f"{n},Navid Sahrai,30\n" for n in range(30)), "linkage-one-name"),
        ("1,Navid Sahrai,30\n", "linkage-too-few"),
    ],
)
def test_a_list_that_no_linkage_can_stand_on_is_refused(
    tmp_path: Path, run: Run, rows: str, code: str
) -> None:
    case, table, mapping = (tmp_path / name for name in ("case", "list.csv", "list.yaml"))
    assert run("init", case, "--password", PASSWORD).code == 0
    table.write_text("id,name,age\n" + rows, encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    assert run("import", table, "--mapping", mapping, case=case).code == 0
    before = run("log", "--limit", 1, "--json", case=case).rows
    done = run("link", case=case)
    assert done.code == 4
    assert code in done.err
    assert "Traceback" not in done.err
    assert run("log", "--limit", 1, "--json", case=case).rows == before
