"""Fixity: read every byte again, and say where it is no longer what its name says (EV-18).

A run can stop at any moment and goes on where it was; it can be held to a rate, so that it disturbs
nobody; it changes nothing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from dadkhah.keeping.files import write_whole

__all__ = ["Finding", "Pace", "Progress", "examine", "forget", "progress_of", "remember"]

BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one file came out.

    Args:
        path: inside the folder. state: "same", "altered", "missing" or "unreadable".
    """

    path: str
    digest: str
    state: str
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run over one folder is, and what it found so far."""

    after: str = ""
    files: int = 0
    size_bytes: int = 0
    failed: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Pace:
    """Holds reading to a rate.

    Args:
        bytes_per_second: 0 for as fast as it goes.
    """

    bytes_per_second: int = 0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    began: float = 0.0
    read: int = 0

    def after(self, size: int) -> None:
        """Wait as long as these bytes should have taken."""
        if not self.bytes_per_second:
            return
        self.began = self.began or self.clock()
        self.read += size
        ahead = self.read / self.bytes_per_second - (self.clock() - self.began)
        if ahead > 0:
            self.sleep(ahead)


def examine(
    folder: Path, wanted: Iterable[tuple[str, str]], pace: Pace, *, after: str = ""
) -> Iterator[Finding]:
    """Read files again and compare their SHA-256.

    Args:
        wanted: digest and path of each file, in the order of their paths.
        after: the path at which an earlier run stopped; it and those before are passed over.
    """
    for digest, path in wanted:
        if path > after:
            yield _look(folder / path, path, digest, pace)


def _look(file: Path, path: str, digest: str, pace: Pace) -> Finding:
    found, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while block := stream.read(BLOCK_BYTES):
                found.update(block)
                size += len(block)
                pace.after(len(block))
    except FileNotFoundError:
        return Finding(path=path, digest=digest, state="missing")
    except OSError:
        return Finding(path=path, digest=digest, state="unreadable", size_bytes=size)
    state = "same" if found.hexdigest() == digest else "altered"
    return Finding(path=path, digest=digest, state=state, size_bytes=size)


def progress_of(notebook: Path, name: str) -> Progress:
    """Read how far an unfinished run over a folder is; a notebook that cannot be read says none."""
    try:
        said = orjson.loads(notebook.read_bytes())[name]
        return Progress(**{**said, "failed": tuple(said["failed"])})
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        # the notebook is a convenience: without it everything is read from the beginning
        return Progress()


def remember(notebook: Path, name: str, progress: Progress) -> None:
    """Write down how far a run is."""
    write_whole(notebook, orjson.dumps({**_pages(notebook), name: progress}))


def forget(notebook: Path, name: str) -> None:
    """Take a finished run out of the notebook."""
    pages = _pages(notebook)
    pages.pop(name, None)
    write_whole(notebook, orjson.dumps(pages))


def _pages(notebook: Path) -> dict[str, object]:
    try:
        return dict(orjson.loads(notebook.read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError, ValueError):
        return {}
