"""The study of kills, run small: nothing acknowledged is lost, nothing is there by half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_killed_operation_loses_nothing_and_leaves_no_half(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "studies/custody/kill.py", "--trials", "2", "--seed", "11",
         "--only", "import", "--only", "mirror", "--output", str(tmp_path / "kill.md")],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rows = (tmp_path / "kill.md").read_text().splitlines()[2:]
    assert [row.split(" | ")[1] for row in rows] == ["2"] * 2
    assert all(row.endswith("| 0 |") for row in rows)
