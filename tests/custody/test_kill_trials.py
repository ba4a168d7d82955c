"""The study of kills, run small: nothing acknowledged is lost, nothing is there by half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# a file system of its own can be made and mounted
MOUNTS = os.geteuid() == 0 and Path("/dev/loop-control").exists() and shutil.which("mkfs.ext4")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trials"),
    [
        (("--only", "import", "--only", "mirror"), 2),
        pytest.param(
            ("--power", "--only", "add"),
            1,
            marks=pytest.mark.skipif(not MOUNTS, reason="needs root, loop devices and mkfs.ext4"),
        ),
    ],
)
def test_a_stopped_operation_loses_nothing_and_leaves_no_half(
    tmp_path: Path, words: tuple[str, ...], trials: int
) -> None:
    done = subprocess.run(
        [sys.executable, "studies/custody/kill.py", "--trials", str(trials), "--seed", "11",
         "--output", str(tmp_path / "kill.md"), *words],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rows = (tmp_path / "kill.md").read_text().splitlines()[2:]
    assert [row.split(" | ")[1] for row in rows] == [str(trials)] * words.count("--only")
    assert all(row.endswith("| 0 |") for row in rows)
