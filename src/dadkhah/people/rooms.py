"""Folders for what does not fit in memory: each goes with its step, or else with the next one."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["open_room"]

_PREFIX: Final = "dadkhah-link-"
_LOCK: Final = "held"
# a folder younger than this may be about to be locked
_SECONDS: Final = 60.0


@contextmanager
def open_room() -> Iterator[Path]:
    """Open a temporary folder that goes with the step.

    A run that was killed leaves its own, of gigabytes. It is known by a lock that no process holds
    any more, and goes before a new one is opened.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        _remove_if_left(left)
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        room = Path(name)
        with (room / _LOCK).open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield room


def _remove_if_left(lock: Path) -> None:
    try:
        said = lock.stat()
        if said.st_uid != os.getuid() or time.time() - said.st_mtime < _SECONDS:
            return
        with lock.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody holds it, or has just removed it
        return
    shutil.rmtree(lock.parent, ignore_errors=True)
