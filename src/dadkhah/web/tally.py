"""How often something happened in this stretch of time, counted by all processes of a server.

What is kept is shared memory: for each slot the number of a stretch of time since the machine
started, and a count. No hour can be read from it, no name stands in it, and it is on no disk where
the machine has memory for files.
"""

from __future__ import annotations

import fcntl
import os
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

__all__ = ["count", "forget", "so_far"]

IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 — the name is one that nobody can guess
HELD: Final = struct.Struct("<QQ")
SLOTS: Final = 4096


def count(purpose: str, *, seconds: int, of: str = "") -> int:
    """Count one, and give how many there were in this stretch.

    Args:
        purpose: what is counted; each has a file of its own.
        seconds: how long a stretch is. Stretches follow one another from the machine's start.
        of: whose count it is, where one purpose has many. Two may share a slot, one time in 4,096.
    """
    with _opened(purpose) as file:
        many = _held(file, seconds, of) + 1
        os.pwrite(file, HELD.pack(_stretch(seconds), many), _slot(of))
    return many


def so_far(purpose: str, *, seconds: int, of: str = "") -> int:
    """Give how many there were in this stretch, and count nothing."""
    with _opened(purpose) as file:
        return _held(file, seconds, of)


def forget(purpose: str, *, of: str = "") -> None:
    """Begin one count anew."""
    with _opened(purpose) as file:
        os.pwrite(file, bytes(HELD.size), _slot(of))


@contextmanager
def _opened(purpose: str) -> Iterator[int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(_place(purpose), flags, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _held(file: int, seconds: int, of: str) -> int:
    held = os.pread(file, HELD.size, _slot(of))
    then, many = HELD.unpack(held) if len(held) == HELD.size else (0, 0)
    return int(many) if then == _stretch(seconds) else 0


def _stretch(seconds: int) -> int:
    return int(time.monotonic()) // seconds + 1


def _slot(of: str) -> int:
    digest = salted_hmac("dadkhah.web.tally.slot", of, algorithm="sha256").digest()
    return int.from_bytes(digest[:8]) % SLOTS * HELD.size


def _place(purpose: str) -> Path:
    """Give the file of this case: nobody who lacks the server's secret can name it."""
    folder = IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
    told = f"{settings.CASE}\n{purpose}"
    name = salted_hmac("dadkhah.web.tally.place", told, algorithm="sha256").hexdigest()
    return folder / f"dadkhah-{name[:24]}"
