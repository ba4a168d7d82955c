"""A full disk, a closed folder and a broken store are said in a sentence; other faults stay."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dadkhah.cli.faults import Refusals, explained
from dadkhah.errors import CaseError
from tests.cli.conftest import PASSWORD, Run


def full(path: Path) -> None:
    store = sqlite3.connect(path)
    store.execute("create table t (x)")
    store.execute("pragma max_page_count = 3")
    store.execute("insert into t values (zeroblob(100000))")


def busy(path: Path) -> None:
    one, other = sqlite3.connect(path), sqlite3.connect(path, timeout=0)
    one.execute("begin immediate")
    other.execute("begin immediate")


def read_only(path: Path) -> None:
    sqlite3.connect(path).execute("create table t (x)")
    sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("insert into t values (1)")


def garbage(path: Path) -> None:
    path.write_bytes(b"no store at all" * 100)
    sqlite3.connect(path).execute("select * from sqlite_schema")


@pytest.mark.parametrize(
    ("do", "code"),
    [(full, "disk-full"), (busy, "store-busy"), (read_only, "store-closed"),
     (garbage, "store-broken")],
)  # fmt: skip
def test_a_fault_of_the_store_is_explained(
    tmp_path: Path, do: Callable[[Path], None], code: str
) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        do(tmp_path / "store")
    found = explained(caught.value)
    assert found is not None
    assert found.code == code
    assert found.todo


@pytest.mark.parametrize(
    ("fault", "code", "where"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), "disk-full", "/x/y"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "place-closed", "/x"),
        (RuntimeError("IO Error: could not write: No space left on device"), "disk-full", ""),
    ],
)
def test_a_fault_of_the_system_is_explained(fault: Exception, code: str, where: str) -> None:
    outer = ValueError("what a library makes of it")
    outer.__cause__ = fault
    found = explained(outer)
    assert found is not None
    assert (found.code, found.where) == (code, where)


@pytest.mark.parametrize(
    "fault",
    [ValueError("x"), FileNotFoundError(errno.ENOENT, "No such file", "x"),
     sqlite3.OperationalError("no such table: t")],
)  # fmt: skip
def test_a_fault_of_the_program_keeps_its_traceback(fault: Exception) -> None:
    assert explained(fault) is None


def test_a_refusal_of_our_own_stays_as_it_is() -> None:
    refusal = CaseError("server-address", "No server can be opened at this address.")
    refusal.__cause__ = PermissionError(errno.EACCES, "Permission denied")
    assert explained(refusal) is None
    with pytest.raises(CaseError) as caught, Refusals():
        raise refusal
    assert caught.value is refusal


def test_a_broken_store_is_named_without_a_traceback(tmp_path: Path, run: Run) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--password", PASSWORD).code == 0
    (case / "store.sqlite3").write_bytes(b"no store at all" * 100)
    done = run("people", case=case)
    assert done.code == 4
    assert "store-broken" in done.err
    assert "Traceback" not in done.err
