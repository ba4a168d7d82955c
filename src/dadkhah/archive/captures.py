"""Bytes kept under their SHA-256, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = [
    "blocks_of",
    "capture_path",
    "capture_paths",
    "keep_capture",
    "sync_folder",
    "take_place",
    "write_file",
]

BLOCK_BYTES = 1 << 20
MANY_FILES = 1000


def capture_path(folder: Path, digest: str) -> Path:
    """Give the place of a capture's bytes inside a case or an archive."""
    return folder / "captures" / digest[:2] / digest


def keep_capture(folder: Path, stream: BinaryIO) -> tuple[str, int]:
    """Store bytes under their SHA-256, whole or not at all; the same bytes are stored once.

    Returns:
        The digest, 64 hexadecimal digits, and the size in bytes.
    """
    home = folder / "captures"
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".arriving-") as room:
        arriving = Path(room) / "bytes"
        digest = write_file(arriving, iter(lambda: stream.read(BLOCK_BYTES), b""))
        size = arriving.stat().st_size
        place = capture_path(folder, digest)
        place.parent.mkdir(exist_ok=True)
        arriving.chmod(0o444)
        arriving.replace(place)
    sync_folder(place.parent)
    sync_folder(home)
    return digest, size


def capture_paths(folder: Path) -> Iterator[Path]:
    """Walk the captures of a case or an archive, in order of their digests."""
    for shelf in sorted((folder / "captures").glob("??")):
        yield from sorted(path for path in shelf.iterdir() if path.is_file())


def write_file(path: Path, blocks: Iterable[bytes], *, wait: bool = True) -> str:
    """Write a file and give the SHA-256 of what was written.

    Args:
        wait: until it is on the disk; a folder of many files is waited for as a whole (take_place).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with path.open("wb") as file:
        for block in blocks:
            found.update(block)
            file.write(block)
        if wait:
            file.flush()
            os.fsync(file.fileno())
    return found.hexdigest()


def blocks_of(path: Path) -> Iterator[bytes]:
    """Read a file in pieces of a mebibyte."""
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield block


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    _sync(folder)


def take_place(growing: Path, folder: Path) -> None:
    """Let a folder that was made whole take its name, so that it outlasts a loss of power.

    Args:
        growing: on the same disk as its place.
        folder: its place, where nothing is, or an empty folder.
    """
    if sum(len(names) for _, _, names in os.walk(growing)) > MANY_FILES:
        # all at once; each of the following then only asks whether its file is on the disk
        os.sync()
    for home, _, names in os.walk(growing):
        for name in names:
            _sync(os.path.join(home, name))  # noqa: PTH118 - one of very many
        sync_folder(Path(home))
    if folder.exists():
        folder.rmdir()
    growing.rename(folder)
    sync_folder(folder.resolve().parent)


def _sync(place: str | Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
