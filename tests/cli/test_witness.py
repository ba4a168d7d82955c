"""A case and two witnesses: by stick, by HTTP, and into the archive."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dadkhah.custody import witness_http, witness_memory
from dadkhah.custody.cosignatures import witness_of, witness_text
from dadkhah.custody.signers import read_verifier
from tests.cli.conftest import PASSWORD, Run
from tests.cli.test_archive import bytes_of


def test_a_case_is_witnessed_by_stick_and_by_http_and_its_archive_says_so(
    tmp_path: Path, run: Run
) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--password", PASSWORD).code == 0
    key = (case / "case.toml").read_text().split('verifier = "')[1].split('"')[0]
    near = witness_memory.begin(tmp_path / "near", "witness.example/near")
    far = witness_memory.begin(tmp_path / "far", "witness.example/far")
    for memory in (near, far):
        memory.know(read_verifier(key))
    with witness_http.server(far, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        policy = tmp_path / "policy"
        policy.write_text(
            f"witness near {witness_text(witness_of(near.key))}\n"
            f"witness far {witness_text(witness_of(far.key))} "
            f"http://127.0.0.1:{server.server_port}/\n"
            "group both all near far\nquorum both\n"
        )
        assert run("witness", "policy", policy, case=case).code == 0
        unwitnessed = run("verify", case)
        assert unwitnessed.code == 1
        assert "witness-quorum" in unwitnessed.out
        by_stick(tmp_path, case, run)
        asked = run("witness", "ask", "--yes", case=case)
        assert "witness.example/far: cosigned" in asked.out, asked.out + asked.err
        server.shutdown()
        thread.join()
    done = run("verify", case, "--key", key)
    assert done.code == 0, done.out
    assert "2 witnesses, the first 1 entries, no later than" in done.out
    archived(tmp_path, case, policy, run)


def by_stick(tmp_path: Path, case: Path, run: Run) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("witness", "request", stick / "r", "--witness", "near", case=case).code == 0
    assert run("witness", "cosign", tmp_path / "near", stick / "r", stick / "a").code == 0
    assert run("witness", "bring", stick / "a", case=case).code == 0
    stale = run("witness", "request", stick / "r", "--old", "0", case=case)
    assert stale.code == 0
    refused = run("witness", "cosign", tmp_path / "near", stick / "r", stick / "b")
    assert refused.code == 1
    assert "witness-size" in refused.err
    (stick / "a").write_text((stick / "a").read_text().replace("near", "other"))
    assert "cosignature-unknown" in run("witness", "bring", stick / "a", case=case).err


def archived(tmp_path: Path, case: Path, policy: Path, run: Run) -> None:
    assert run("export", tmp_path / "a", case=case).code == 0
    assert run("verify", tmp_path / "a", "--policy", policy).code == 0
    assert run("restore", tmp_path / "a", tmp_path / "again", "--password", PASSWORD).code == 0
    assert run("export", tmp_path / "b", case=tmp_path / "again").code == 0
    assert bytes_of(tmp_path / "b") == bytes_of(tmp_path / "a")
    stricter = tmp_path / "stricter"
    third = witness_memory.begin(tmp_path / "third", "witness.example/third")
    line = f"witness third {witness_text(witness_of(third.key))}\n"
    stricter.write_text(line + policy.read_text().replace("all near far", "all near far third"))
    done = run("verify", tmp_path / "a", "--policy", stricter)
    assert done.code == 1
    assert "witness-quorum" in done.out


@pytest.mark.parametrize("words", [("ask", "--yes"), ("request", "r", "--witness", "x")])
def test_a_case_without_a_policy_is_told_so(tmp_path: Path, run: Run, words: tuple[str]) -> None:
    assert run("init", tmp_path / "case", "--password", PASSWORD).code == 0
    assert "witness-none" in run("witness", *words, case=tmp_path / "case").err
