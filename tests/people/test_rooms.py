"""What linkage spills goes with its step; what a killed run left goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dadkhah.people.rooms import open_room

_HOLD = """
import sys
from dadkhah.people.rooms import open_room
with open_room() as room:
    (room / "rows").write_text("1 2")
    print(room, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)


def test_a_room_goes_with_its_step() -> None:
    with open_room() as room:
        (room / "rows").write_text("1 2", encoding="utf-8")
    assert not room.exists()


def test_what_a_killed_run_left_goes_and_what_is_in_use_stays() -> None:
    with run() as killed, run() as going:
        rooms = [Path(each.stdout.readline().strip()) for each in (killed, going)]
        killed.kill()
        killed.wait()
        for room in rooms:
            _made_an_hour_ago(room)
        with open_room():
            assert [room.exists() for room in rooms] == [False, True]
    assert not rooms[1].exists()


def run() -> subprocess.Popen[str]:
    """Start a run that holds a room until nothing more can be said to it."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", _HOLD], stdin=pipe, stdout=pipe, text=True)


def _made_an_hour_ago(room: Path) -> None:
    then = time.time() - 3600
    os.utime(room / "held", (then, then))
