"""A mirror: an archive folder kept up to date elsewhere, on a drive or under a web server.

Only what is new travels. The whole new tree is built beside the old one, every file that arrives is
read again, and then the two change places in one step: who looks sees the old mirror or the new
one. A mirror of another log, or of a history that this log does not go on from, is never touched.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dadkhah import archive
from dadkhah.archive.captures import blocks_of, sync_folder
from dadkhah.custody.checkpoints import read_checkpoint
from dadkhah.custody.notes import parse_note
from dadkhah.errors import ArchiveError, DadkhahError, VerificationError
from dadkhah.keeping.files import copy_whole

__all__ = ["Item", "Mirrored", "items_of", "manifest_of", "mirror", "require_same_log"]

MANIFEST = "manifest-sha256.txt"
OUTGOING = ".outgoing-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of the mirror: where it will lie, its SHA-256, and where its bytes are now."""

    path: str
    digest: str
    source: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """How many files arrived and how many were there already, and the bytes that travelled."""

    arrived: int
    kept: int
    size_bytes: int


def items_of(skeleton: Path, captures: Iterable[tuple[str, Path]]) -> list[Item]:
    """Give the files of a whole archive from one without captures, and where the captures lie."""
    listed = [
        Item(path=path, digest=digest, source=skeleton / path)
        for digest, path in archive.manifest(skeleton)
    ]
    kept = (
        Item(path=str(archive.capture_path(Path(), digest)), digest=digest, source=place)
        for digest, place in captures
    )
    return sorted([*listed, *kept], key=lambda item: item.path)


def manifest_of(items: Iterable[Item]) -> bytes:
    """Write the manifest of these files, the same that an archive has."""
    return "".join(f"{item.digest}  {item.path}\n" for item in items).encode()


def require_same_log(target: Path, origin: str, root_at: Callable[[int], bytes]) -> None:
    """Refuse a mirror whose log is not the beginning of ours.

    Args:
        root_at: gives the root of our log's first so many entries.

    Raises:
        ArchiveError: mirror-strange, mirror-newer. VerificationError: mirror-forked.
    """
    if not target.exists() or not any(target.iterdir()):
        return
    try:
        said = archive.about(target)
        head = read_checkpoint(parse_note(archive.checkpoint(target)).text)
    except DadkhahError as refusal:
        raise ArchiveError(
            "mirror-strange",
            "This folder is no mirror, and it is not empty.",
            where=refusal.what,
            todo="Give a new or empty folder, or a mirror of this case.",
        ) from refusal
    if said.get("origin") != origin:
        raise ArchiveError(
            "mirror-strange", "This is a mirror of another case.", todo="Give another folder."
        )
    try:
        root = root_at(head.size)
    except ArchiveError as short:
        raise ArchiveError(
            "mirror-newer",
            f"The mirror has {head.size} entries, more than this case.",
            todo="The case is older than its mirror: restore it from there.",
        ) from short
    if root != head.root:
        raise VerificationError(
            "mirror-forked",
            "The mirror and this case have two different histories.",
            where=f"within the first {head.size} entries",
            todo="Keep both, untouched: one of them was rewritten. Nothing was copied.",
        )


def mirror(
    items: Iterable[Item], target: Path, *, advance: Callable[[str], None] = lambda _: None
) -> Mirrored:
    """Bring a folder up to date with an archive: all of it, or nothing.

    Args:
        items: every file that the mirror shall have.
        advance: called with the path of each file that stands.

    Raises:
        ArchiveError: mirror-arrived when bytes read again after writing are not those sent.
    """
    listed = list(items)
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(target)
    known = {path: digest for digest, path in _manifest(target)}
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".growing-") as room:
        growing = Path(room) / "mirror"
        growing.mkdir()
        counts = [0, 0, 0]
        for item in listed:
            counts[_bring(item, growing, target, known.get(item.path, ""), counts)] += 1
            advance(item.path)
        copy_whole(growing / MANIFEST, [manifest_of(listed)])
        for folder in {growing / Path(item.path).parent for item in listed}:
            sync_folder(folder)
        _change_places(growing, target)
    sync_folder(target.parent)
    return Mirrored(arrived=counts[0], kept=counts[1], size_bytes=counts[2])


def _bring(item: Item, growing: Path, old: Path, known: str, counts: list[int]) -> int:
    """Put one file in its place; give 0 when it arrived, 1 when it was there already."""
    place, before = growing / item.path, old / item.path
    place.parent.mkdir(parents=True, exist_ok=True)
    size = item.source.stat().st_size
    if known == item.digest and before.is_file() and before.stat().st_size == size:
        _link(before, place)
        return 1
    copy_whole(place, blocks_of(item.source), mode=0o444 if "captures" in place.parts else 0o644)
    if _digest_on_disk(place) != item.digest:
        raise ArchiveError(
            "mirror-arrived",
            "What arrived is not what was sent.",
            where=item.path,
            todo="Run dadkhah fixity on the case; try another drive. The old mirror is untouched.",
        )
    counts[2] += size
    return 0


def _link(before: Path, place: Path) -> None:
    try:
        os.link(before, place)
    except OSError:
        # a drive without hard links, such as a memory stick: the bytes are copied on it
        shutil.copy2(before, place)


def _digest_on_disk(path: Path) -> str:
    """Hash a file as the disk gives it back, as far as the system lets us ask for that."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _manifest(target: Path) -> Iterator[tuple[str, str]]:
    if (target / MANIFEST).is_file():
        yield from archive.manifest(target)


def _change_places(growing: Path, target: Path) -> None:
    """Let the new tree take the old one's name, in one step where the system can."""
    if not target.exists():
        growing.rename(target)
        return
    if _exchange(growing, target):
        return
    outgoing = target.parent / f"{OUTGOING}{target.name}"
    target.rename(outgoing)
    growing.rename(target)
    shutil.rmtree(outgoing)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names (Linux, renameat2 with RENAME_EXCHANGE); say whether that was possible."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    here = -100  # AT_FDCWD
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), 2) == 0)


def _clear_leftovers(target: Path) -> None:
    """Mend what an interrupted run left: the old tree under another name, or half a new one."""
    outgoing = target.parent / f"{OUTGOING}{target.name}"
    if outgoing.exists() and not target.exists():
        outgoing.rename(target)
    elif outgoing.exists():
        shutil.rmtree(outgoing)
