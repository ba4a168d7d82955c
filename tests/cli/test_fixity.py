"""Fixity from the command line: the incident is in the log, and the exit code says it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Journey, Run


def test_a_changed_capture_is_an_incident_until_it_is_mended(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    case = Path(shutil.copytree(journey.case, tmp_path / "case"))
    copy = Path(shutil.copytree(journey.archive, tmp_path / "copy"))
    well = run("fixity", copy, "--json", case=case)
    assert well.code == 0, well.err
    assert [(row["finished"], row["failed"]) for row in well.rows] == [(True, [])] * 2
    victim = next(path for path in (case / "captures").rglob("*") if path.is_file())
    whole = victim.read_bytes()
    victim.chmod(0o644)
    victim.write_bytes(whole[:-1] + b"?")
    (copy / "README.txt").unlink()
    done = run("fixity", copy, case=case)
    assert done.code == 1
    assert "fixity-failed" in done.err
    assert f"FAILED {victim.relative_to(case)}" in done.out
    assert "FAILED README.txt" in done.out
    actions = [row["action"] for row in run("log", "--limit", 3, "--json", case=case).rows]
    assert actions[:2] == ["custody.incident", "custody.incident"]
    victim.write_bytes(whole)
    assert run("fixity", case=case).code == 0
    assert run("verify", case).code == 0
