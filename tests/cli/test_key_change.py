"""A case changes its key; the old one leads to the new one, or, revoked, nowhere."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.conftest import PASSWORD, Done, Run


def key_in(case: Path) -> str:
    return (case / "case.toml").read_text().split('verifier = "')[1].split('"')[0]


def printed(done: Done) -> str:
    assert done.code == 0, done.err
    (key,) = (line for line in done.out.splitlines() if line.startswith("dadkhah.invalid/"))
    return key


def test_keys_rotate_and_revoke(tmp_path: Path, run: Run) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--password", PASSWORD).code == 0
    first = key_in(case)
    assert run("verify", case).code == 0
    second = printed(run("keys", "rotate", "--yes", case=case))
    assert key_in(case) == second != first
    for given in (first, second):
        done = run("verify", case, "--key", given)
        assert done.code == 0, done.out
        assert "1 changes of key" in done.out
    stale_key_is_refused(case, first, run)
    third = printed(run("keys", "revoke", "--yes", case=case))
    refused = run("verify", case, "--key", second)
    assert refused.code == 1
    assert "key-revoked" in refused.out
    assert run("verify", case, "--key", third).code == 0
    assert run("export", tmp_path / "archive", case=case).code == 0
    assert run("verify", tmp_path / "archive", "--key", third).code == 0


def stale_key_is_refused(case: Path, first: str, run: Run) -> None:
    """A key put back from an old copy signs nothing, and a change cut short is finished."""
    folder = Path(os.environ["DADKHAH_KEYS"])
    name = first.split("+")[0].replace("/", "_")
    current = folder / f"{name}.key"
    (retired,) = folder.glob(f"{name}.*.retired.key")
    kept = current.read_bytes()
    assert (current.stat().st_mode & 0o777, retired.stat().st_mode & 0o777) == (0o600, 0o600)
    current.write_bytes(retired.read_bytes())
    refused = run("verify", case)
    assert refused.code == 1
    assert "key-retired" in refused.err
    current.write_bytes(kept)
