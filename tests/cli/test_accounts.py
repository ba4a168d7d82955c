"""Accounts are opened, changed and closed on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Run


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    assert run("init", tmp_path / "case", "--password", PASSWORD).code == 0
    return tmp_path / "case"


def test_a_team_is_opened_changed_and_closed(case: Path, run: Run) -> None:
    made = run("accounts", "add", "mina", "--role", "editor", case=case)
    assert made.code == 0, made.err
    assert made.out.startswith("account:2 may sign in as mina with ")
    assert run("accounts", "role", "mina", "--role", "keeper", case=case).code == 0
    assert run("accounts", "password", "mina", case=case).code == 0
    assert run("accounts", "close", "keeper", case=case).code == 0
    last = run("accounts", "close", "mina", case=case)
    assert last.code == 4
    assert "account-last-keeper" in last.err
    assert run("accounts", "reopen", "keeper", case=case).code == 0
    rows = run("accounts", "list", "--json", case=case).rows
    assert [(r["account"], r["username"], r["role"], r["open"]) for r in rows] == [
        ("account:1", "keeper", "keeper", "yes"),
        ("account:2", "mina", "keeper", "yes"),
    ]
    log = [row["action"] for row in run("log", "--json", case=case).rows]
    assert log[:5] == ["accounts.reopen", "accounts.close", "accounts.password", "accounts.role",
                       "accounts.open"]  # fmt: skip


def test_after_a_restore_nobody_gets_the_number_of_somebody_else(
    case: Path, tmp_path: Path, run: Run
) -> None:
    assert run("accounts", "add", "mina", "--role", "editor", case=case).code == 0
    archive, fresh, known = (tmp_path / name for name in ("archive", "fresh", "known"))
    assert run("export", archive, case=case).code == 0
    assert run("restore", archive, fresh, "--password", PASSWORD).code == 0
    assert run("accounts", "list", "--json", case=fresh).rows[0]["account"] == "account:3"
    told = run("restore", archive, known, "--password", PASSWORD, "--number", 1)
    assert "account:1 may sign in" in told.out
