"""The files of an archive held against its manifest; check 13.

The manifest and the folder are walked side by side, both in the order of their paths, and hashed a
batch at a time, so memory does not grow with the number of files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from dadkhah import archive
from dadkhah.custody.report import Report
from dadkhah.sources.crew import processors, share
from dadkhah.sources.faults import Faults

__all__ = ["check_manifest", "digest_of", "digests_of"]

LARGE_BYTES = 1 << 16
BATCH_FILES = 500
AHEAD = 16
MANIFEST = "manifest-sha256.txt"
Listed = tuple[str, str]  # digest and path, as the manifest has them


@dataclass(slots=True)
class _Walk:
    """What the comparison found so far."""

    faults: Faults = field(default_factory=Faults)
    wrong: set[str] = field(default_factory=set)

    def compare(self, listed: Iterable[Listed], found: Iterable[str]) -> None:
        for (digest, path), held in zip(listed, found, strict=True):
            # 13.
            if held != digest:
                self.faults.add(13, "manifest-digest", f"{path}, or its line in {MANIFEST}")
            name = path.rpartition("/")[2]
            if held != name and path.startswith("captures/"):
                self.wrong.add(name)

    def matched(self, folder: Path) -> Iterator[Listed]:
        """Give what is in both, the manifest and the folder; note what is in one of them only."""
        there = _files(folder, "")
        path = next(there, None)
        for digest, listed in _in_order(folder):
            while path is not None and path < listed:
                self._added(path)
                path = next(there, None)
            if path == listed:
                yield digest, listed
                path = next(there, None)
            else:
                self.faults.add(13, "manifest-missing", listed)
        for added in (*(() if path is None else (path,)), *there):
            self._added(added)

    def _added(self, path: str) -> None:
        if path != MANIFEST:
            self.faults.add(13, "manifest-added", path)


def check_manifest(folder: Path, pool: Executor | None = None) -> tuple[Report, set[str]]:
    """Compare the files of an archive with its manifest (check 13).

    Args:
        pool: other processes that take part, where there are many files.

    Returns:
        The report, and the names of captures whose bytes have another SHA-256 than their name
        says, so that nothing is hashed twice.
    """
    walk = _Walk()
    batches = _batches(walk.matched(folder))
    if pool is not None:
        work = partial(_whole_batch, str(folder))
        for batch, found in share(pool, work, batches, ahead=AHEAD):
            walk.compare(batch, found)
    else:
        _compare_here(walk, str(folder), batches)
    return walk.faults.report((13,)), walk.wrong


def _compare_here(walk: _Walk, folder: str, batches: Iterable[list[Listed]]) -> None:
    """Hash in this process: small files one by one, large ones in threads.

    Hashing a large file leaves Python to other threads; small ones would only wait for each other.
    """

    def large() -> Iterator[Listed]:
        for batch in batches:
            found = digests_of(folder, batch)
            pairs = [*zip(batch, found, strict=True)]
            small = [(listed, digest) for listed, digest in pairs if digest]
            walk.compare([one for one, _ in small], [digest for _, digest in small])
            yield from (listed for listed, digest in pairs if not digest)

    with ThreadPoolExecutor(processors()) as pool:
        for listed, digest in share(pool, partial(_large, folder), large(), ahead=AHEAD):
            walk.compare([listed], [digest])


def digests_of(folder: str, batch: Iterable[Listed]) -> list[str]:
    """Give the SHA-256 of each small file of a batch, and an empty text for each large one."""
    found = []
    for _, path in batch:
        descriptor = os.open(f"{folder}/{path}", os.O_RDONLY)
        try:
            data = os.read(descriptor, LARGE_BYTES)
        finally:
            os.close(descriptor)
        found.append("" if len(data) == LARGE_BYTES else hashlib.sha256(data).hexdigest())
    return found


def _whole_batch(folder: str, batch: list[Listed]) -> list[str]:
    found = zip(batch, digests_of(folder, batch), strict=True)
    return [digest or _large(folder, listed) for listed, digest in found]


def _large(folder: str, listed: Listed) -> str:
    return digest_of(Path(folder, listed[1]))


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _batches(listed: Iterator[Listed]) -> Iterator[list[Listed]]:
    while batch := [*islice(listed, BATCH_FILES)]:
        yield batch


def _in_order(folder: Path) -> Iterator[Listed]:
    """The manifest in order of its paths, each once: as it stands, where it is so already."""
    last = ""
    for _, path in archive.manifest(folder):
        if path <= last:
            rows = {path: digest for digest, path in archive.manifest(folder)}
            return ((digest, path) for path, digest in sorted(rows.items()))
        last = path
    return archive.manifest(folder)


def _files(folder: Path | str, inside: str) -> Iterator[str]:
    """Every file below a folder, by its path inside, in the order of these paths."""
    with os.scandir(folder) as found:
        places = sorted(
            (f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name, one)
            for one in found
        )
    for name, one in places:
        if name.endswith("/"):
            yield from _files(one.path, inside + name)
        elif one.is_file():  # a link that leads nowhere, or a pipe, holds no bytes to hash
            yield inside + name
