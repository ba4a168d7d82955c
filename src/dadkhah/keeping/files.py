"""Write files whole or not at all, and only where a path may lead."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from dadkhah.archive.captures import sync_folder
from dadkhah.errors import ArchiveError

__all__ = ["copy_whole", "inside", "write_whole"]


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that it is there whole, or as it was before."""
    copy_whole(path, [data], mode=mode)


def copy_whole(path: Path, content: Iterable[bytes], *, mode: int = 0o644) -> None:
    """Write a file from blocks; it takes its name only when all of it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for block in content:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(path.parent)


def inside(folder: Path, path: str) -> Path:
    """Give the place of a path that came from outside, if it stays inside the folder.

    Raises:
        ArchiveError: path-outside when it is absolute, climbs out, or goes through a link.
    """
    parts = PurePosixPath(path).parts
    climbs = not parts or path.startswith(("/", "~")) or any(p in {"..", "."} for p in parts)
    strange = "\\" in path or "\x00" in path or ":" in parts[0] if parts else True
    place = folder / path
    steps = [folder.joinpath(*parts[: n + 1]) for n in range(len(parts))]
    if climbs or strange or any(step.is_symlink() for step in steps):
        raise ArchiveError(
            "path-outside",
            "This path leads out of its folder.",
            where=path,
            todo="Do not trust where it came from; nothing was written.",
        )
    return place
