"""A site being written: only what differs from the site that stands there already."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import multiprocessing
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from dadkhah import canonical
from dadkhah.errors import DadkhahError
from dadkhah.memorial import manifest

__all__ = ["Ledger", "lay", "looking", "settle", "standing", "untouched"]

MANY: Final = 20_000  # files from which another process is worth its start


class Ledger:
    """Files with their digests; what stands in the older site with the same bytes is not written.

    Args:
        folder: where changed files are staged. older: digests of the files that stand already.
    """

    def __init__(self, folder: Path, older: Mapping[str, str]) -> None:
        self.folder = folder
        self.older = older
        self.files: dict[str, str] = {}
        self.written = 0
        self._made: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, address: str, data: bytes) -> None:
        """Stage one file, unless the older site has these bytes there."""
        digest = canonical.digest(data)
        self.files[address] = digest
        if self.older.get(address) == digest:
            return
        Path(self._room_for(address)).write_bytes(data)
        self.written += 1

    def keep(self, address: str) -> bool:
        """Keep a file of the older site as it is; say whether there is one."""
        digest = self.older.get(address)
        if digest is not None:
            self.files[address] = digest
        return digest is not None

    def leave(self, address: str) -> None:
        """Leave out a file of the older site, unless it is put anew."""
        self.files.pop(address, None)

    def put_blocks(self, address: str, blocks: Iterable[bytes]) -> tuple[str, int, str]:
        """Stage one file block by block; give its address, size and digest."""
        path, found, size = Path(self._room_for(address)), hashlib.sha256(), 0
        with path.open("wb") as file:
            for block in blocks:
                file.write(block)
                found.update(block)
                size += len(block)
        digest = self.files[address] = found.hexdigest()
        if self.older.get(address) == digest:
            path.unlink()
        else:
            self.written += 1
        return address, size, digest

    def join(self, files: Mapping[str, str], written: int) -> None:
        """Take over what another process staged in the same folder."""
        self.files.update(files)
        self.written += written

    def _room_for(self, address: str) -> str:
        path = f"{self.folder}{os.sep}{address}"
        parent = address.rpartition("/")[0]
        if parent not in self._made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        return path

    def seal(self, about: Mapping[str, Any]) -> str:
        """Write the listing and site.json; give the digest of site.json."""
        rows = "".join(f"{found}  {path}\n" for path, found in sorted(self.files.items()))
        self.put(manifest.LISTING, rows.encode())
        files = dict(sorted(self.files.items()))
        data = canonical.encode({**about, "files": files, "format": manifest.FORMAT})
        (self.folder / manifest.NAME).write_bytes(data)
        return canonical.digest(data)


def standing(folder: Path) -> dict[str, str]:
    """Give the digests of the files of an older site that were not touched since it was sealed.

    A file that is newer than site.json was changed by another hand, or by a build that was
    interrupted: it is written anew.
    """
    try:
        said, sealed = manifest.read(folder)["files"], (folder / manifest.NAME).stat().st_mtime_ns
    except (DadkhahError, OSError):
        return {}
    found = dict(_walk(folder))
    return {place: said[place] for place, at in found.items() if place in said and at <= sealed}


def _walk(folder: Path) -> Iterator[tuple[str, int]]:
    start = len(str(folder)) + 1
    for each in _files(str(folder)):
        yield each.path[start:].replace(os.sep, "/"), _time(each)


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Give the files of a folder and of all below it; a link is none."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as held:
            for each in held:
                if each.is_dir(follow_symlinks=False):
                    waiting.append(each.path)
                elif not each.is_symlink():
                    yield each


def settle(ledger: Ledger, folder: Path) -> None:
    """Move what was staged over an older site, file by file; take away what it no longer has.

    site.json comes last: until then the older list stands, and whoever verifies sees that the
    site is being changed. An interrupted move is made good by the next build.
    """
    lay(ledger.folder, folder, ledger.older.keys() - ledger.files.keys())
    kept = ledger.files.keys() | {manifest.NAME, manifest.SIGNATURE}
    for path in [p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()]:
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink()
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    os.utime(folder / manifest.NAME)


def lay(room: Path, folder: Path, gone: Iterable[str]) -> None:
    """Move what was staged over an older site, site.json last; take away what was left out."""
    for address in gone:
        _take_away(folder / address, folder)
    staged = [each for each, _ in _walk(room)]
    last = {manifest.NAME, manifest.SIGNATURE}
    for address in sorted(staged, key=lambda each: (each in last, each)):
        target = folder / address
        target.parent.mkdir(parents=True, exist_ok=True)
        (room / address).replace(target)
    if manifest.SIGNATURE not in staged:
        (folder / manifest.SIGNATURE).unlink(missing_ok=True)
    os.utime(folder / manifest.NAME)


def _take_away(path: Path, folder: Path) -> None:
    path.unlink(missing_ok=True)
    while path.parent != folder and not any(path.parent.iterdir()):
        path = path.parent
        path.rmdir()


@contextlib.contextmanager
def looking(folder: Path, files: int) -> Iterator[Callable[[], bool]]:
    """Look at every file of a site while other work is done; what is given says what was found.

    Args:
        files: how many there are to be. Where they are many, another process looks.
    """
    if files < MANY or (os.cpu_count() or 1) < 2:
        yield lambda: untouched(folder, files)
        return
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_look, args=(folder, files, send))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a progress bar has a thread
        child.start()
    send.close()
    try:
        yield functools.cache(lambda: bool(receive.recv()))
    finally:
        child.terminate()
        child.join()


def _look(folder: Path, files: int, send: Connection) -> None:
    send.send(untouched(folder, files))


def untouched(folder: Path, files: int) -> bool:
    """Say whether a site holds so many files and no others, none newer than site.json."""
    sealed = (folder / manifest.NAME).stat().st_mtime_ns
    own = {manifest.NAME, manifest.SIGNATURE}
    with os.scandir(folder) as held:
        here = [each for each in held if each.name not in own]
    below = [each.path for each in here if each.is_dir(follow_symlinks=False)]
    files_here = [each for each in here if each.is_file(follow_symlinks=False)]
    found = [*map(_newest, below), *((1, _time(each)) for each in files_here)]
    return sum(count for count, _ in found) == files and all(at <= sealed for _, at in found)


def _time(found: os.DirEntry[str]) -> int:
    return found.stat().st_mtime_ns


def _newest(folder: str) -> tuple[int, int]:
    """Count the files of a folder and all below it, and give when the last of them was written."""
    times = [_time(each) for each in _files(folder)]
    return len(times), max(times, default=0)
