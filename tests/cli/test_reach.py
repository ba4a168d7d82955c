"""What the program writes is its owner's alone; a site is for everybody."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Journey, Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
OTHERS = 0o077


@pytest.fixture(autouse=True)
def _an_open_hand() -> Iterator[None]:
    """Run as most accounts do, whose files everybody can read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def reach(path: Path) -> int:
    return path.stat().st_mode & OTHERS


def test_no_other_account_opens_a_case_or_what_is_written_from_it(
    tmp_path: Path, run: Run, journey: Journey
) -> None:
    case, archive, table = tmp_path / "case", tmp_path / "archive", tmp_path / "register.csv"
    assert run("init", case, "--password", PASSWORD).code == 0
    assert run("export", archive, case=journey.case).code == 0
    assert run("give", table, "--as", "clusters", case=journey.case).code == 0
    made = [case, case / "store.sqlite3", case / "captures", archive, archive / "log", table]
    assert [path for path in made if reach(path)] == []
    inside = [path for top in (case, archive) for path in top.rglob("*")]
    assert len(inside) > 20
    assert [path for path in inside if reach(path)] == []


def test_a_site_is_for_everybody_and_what_it_was_made_with_is_not(
    tmp_path: Path, run: Run, journey: Journey
) -> None:
    site, packs = tmp_path / "site", [tmp_path / "first.zip", tmp_path / "second.zip"]
    for packed in packs:
        done = run("memorial", site, "--pack", packed, case=journey.case)
        assert done.code == 0, done.err
    for path in (site, *packs, *site.rglob("*")):
        assert reach(path) == (0o055 if path.is_dir() else 0o044), path
    assert reach(tmp_path / ".site.state") == 0


def test_a_case_that_others_can_open_is_named_with_the_way_to_close_it(
    tmp_path: Path, run: Run
) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--password", PASSWORD).code == 0
    closed = run("doctor", "--json", case=case).rows
    case.chmod(0o755)
    opened = run("doctor", "--json", case=case).rows
    said = [next(r for r in rows if r["what"] == "who can open the case")
            for rows in (closed, opened)]  # fmt: skip
    assert [row["well"] for row in said] == ["yes", "no"]
    assert "chmod" in str(said[1]["todo"])
