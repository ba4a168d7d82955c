"""Run the program as a person does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dadkhah import simulate

PASSWORD = "a-password-for-tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one run of the program said."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON lines on the output."""
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]


Run = Callable[..., Done]


def run_program(*words: object, case: Path | None = None, **environment: str) -> Done:
    """Run dadkhah with these words and give what it said."""
    place = ["--case", str(case)] if case else []
    done = subprocess.run(
        [sys.executable, "-m", "dadkhah.cli", *place, *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )
    return Done(code=done.returncode, out=done.stdout, err=done.stderr)


@pytest.fixture(scope="session")
def run() -> Run:
    """The program."""
    return run_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A small simulated case that went the whole way, and its archive."""

    case: Path
    archive: Path
    world: Path


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Begin a case, take in two lists and a statement, link, and export."""
    room = tmp_path_factory.mktemp("journey")
    world = room / "world"
    simulate.world(7, 120).write(world)
    case = room / "case"
    steps = [
        ("init", case, "--title", "SIMULATED", "--simulated", "--password", PASSWORD),
        *(
            ("import", table, "--mapping", mapping_of(table), "--skip-refused")
            for table in lists(world)[:2]
        ),
        ("add", world / "statements"),
        ("link",),
        ("export", room / "archive"),
    ]
    for step in steps:
        done = run_program(*step, case=None if step[0] == "init" else case)
        assert done.code == 0, done.err
    return Journey(case=case, archive=room / "archive", world=world)


def lists(world: Path) -> list[Path]:
    """The tables of a world that derive from no other."""
    tables = sorted((world / "lists").iterdir())
    return [table for table in tables if "derived_from: []" in mapping_of(table).read_text()]


def mapping_of(table: Path) -> Path:
    """The mapping of one of a world's tables."""
    return table.parent.parent / "mappings" / f"{table.stem}.yaml"
