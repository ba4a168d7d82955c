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
    "write_file",
]

BLOCK_BYTES = 1 << 20


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
    return digest, size


def capture_paths(folder: Path) -> Iterator[Path]:
    """Walk the captures of a case or an archive, in order of their digests."""
    for shelf in sorted((folder / "captures").glob("??")):
        yield from sorted(path for path in shelf.iterdir() if path.is_file())


def write_file(path: Path, blocks: Iterable[bytes]) -> str:
    """Write a file and wait until it is on the disk; give the SHA-256 of what was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with path.open("wb") as file:
        for block in blocks:
            found.update(block)
            file.write(block)
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
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
