"""How many came in this minute, counted by all processes of a server together.

What is kept is sixteen bytes of shared memory: a minute since the machine started, and a number. No
hour can be read from them, and they are on no disk where the machine has memory for files.
"""

from __future__ import annotations

import contextlib
import fcntl
import hmac
import os
import struct
import tempfile
import time
from pathlib import Path
from typing import Final

from django.conf import settings

from dadkhah.web.contributions.tickets import derived_key

__all__ = ["count", "forget"]

SECONDS: Final = 60
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 — the name is one that nobody can guess
HELD: Final = struct.Struct("<QQ")


def count() -> int:
    """Count one, and give how many came in this minute."""
    minute = int(time.monotonic()) // SECONDS
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(_place(), flags, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        held = os.pread(file, HELD.size, 0)
        then, many = HELD.unpack(held) if len(held) == HELD.size else (minute, 0)
        many = many + 1 if then == minute else 1
        os.pwrite(file, HELD.pack(minute, many), 0)
    finally:
        os.close(file)
    return many


def forget() -> None:
    """Take the count away."""
    with contextlib.suppress(FileNotFoundError):
        _place().unlink()


def _place() -> Path:
    """Give the file of this case: nobody who lacks the server's secret can name it."""
    folder = IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
    name = hmac.digest(derived_key("minute"), str(settings.CASE).encode(), "sha256").hex()
    return folder / f"dadkhah-{name[:24]}"
