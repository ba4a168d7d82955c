"""The files of an archive held against its manifest; check 13."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dadkhah import archive
from dadkhah.custody.report import Report
from dadkhah.sources.faults import Faults

__all__ = ["check_manifest", "digest_of"]

LARGE_BYTES = 1 << 18


def check_manifest(folder: Path) -> tuple[Report, dict[str, str]]:
    """Compare the files of an archive with its manifest (check 13).

    Returns:
        The report, and the SHA-256 of every file by its path, so that nothing is hashed twice.
    """
    faults = Faults()
    listed = {path: digest for digest, path in archive.manifest(folder)}
    places = [*_files(folder)]
    found = {
        path: hashlib.sha256(place.read_bytes()).hexdigest()
        for path, place, size in places
        if size < LARGE_BYTES
    }
    large = {path: place for path, place, size in places if size >= LARGE_BYTES}
    # hashing large files leaves Python to other threads; small ones would only wait for each other
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found.update(zip(large, pool.map(digest_of, large.values()), strict=True))
    for path in sorted(found.keys() - listed.keys() - {"manifest-sha256.txt"}):
        faults.add(13, "manifest-added", path)
    for path, digest in sorted(listed.items()):
        if path not in found:
            faults.add(13, "manifest-missing", path)
        elif found[path] != digest:
            faults.add(13, "manifest-digest", f"{path}, or its line in manifest-sha256.txt")
    return faults.report((13,)), found


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path, int]]:
    """Every file below a folder: its path inside, its place and its size."""
    for home, _, names in os.walk(folder):
        inside = Path(home).relative_to(folder).as_posix()
        for name in names:
            place = Path(home, name)
            if place.is_file():  # a link that leads nowhere, or a pipe, holds no bytes to hash
                size = place.stat().st_size
                yield name if inside == "." else f"{inside}/{name}", place, size
