"""A backup: a whole archive in one file, encrypted to several people (age, age-encryption.org/v1).

    dadkhah-backup.age  =  age( tar( archive folder ) )

Any one of the recipients can open it, with this program or with `age -d | tar -x`. It streams: no
plain copy touches a disk, and memory does not grow. The keys that sign are not inside.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import pyrage

from dadkhah.archive.captures import sync_folder
from dadkhah.errors import ArchiveError, CaseError, VerificationError
from dadkhah.keeping.files import copy_whole, inside
from dadkhah.keeping.mirror import Item

__all__ = ["make_identity", "open_backup", "read_identity", "write_backup"]

TOP = "archive"
_REFUSED = (pyrage.RecipientError, pyrage.IdentityError, ValueError)


def make_identity() -> tuple[str, str]:
    """Make a key that opens backups: the secret identity, and the recipient to give away."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def read_identity(path: Path) -> Any:
    """Read a secret identity, if only its owner could have read it.

    Raises:
        CaseError: identity-open, identity-shape.
    """
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise CaseError(
            "identity-open",
            "Others on this machine can read this identity.",
            where=str(path),
            todo="Run chmod 600 on it; if it may have been copied, make a new one.",
        )
    rows = [row.strip() for row in path.read_text(encoding="utf-8").splitlines()]
    secret = next((row for row in rows if row.startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except _REFUSED as error:
        raise CaseError(
            "identity-shape", "This file holds no age identity.", where=str(path)
        ) from error


def write_backup(
    items: Iterable[Item],
    manifest: bytes,
    file: Path,
    recipients: Sequence[str],
    *,
    advance: Callable[[str], None] = lambda _: None,
) -> None:
    """Write an encrypted backup, whole or not at all.

    Args:
        items: every file of the archive; each is read once, and must be what its digest says.
        recipients: age recipients, "age1..."; any one of them can open the backup.

    Raises:
        CaseError: backup-recipient, backup-exists. ArchiveError: backup-changed.
    """
    keys = [_recipient(written) for written in recipients]
    if not keys:
        raise CaseError(
            "backup-recipient",
            "A backup that nobody can open is no backup.",
            todo="Give at least one --to; two people are better than one.",
        )
    if file.exists():
        raise CaseError("backup-exists", "There is a file here already.", where=str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with (
            os.fdopen(descriptor, "wb") as out,
            _from_thread(lambda end: _pack(items, manifest, end, advance)) as plain,
        ):
            pyrage.encrypt_io(plain, out, keys)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(file.parent)


def open_backup(
    file: Path, identities: Sequence[Any], folder: Path, *, advance: Callable[[str], None]
) -> Path:
    """Decrypt a backup into a new folder, and give the archive in it.

    Raises:
        VerificationError: backup-sealed when no key opens it or a bit was changed;
            backup-shape, path-outside when it holds something else than an archive.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def decrypt(end: IO[bytes]) -> None:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, end, list(identities))

    try:
        with _from_thread(decrypt) as plain:
            _unpack(plain, folder, advance)
    except (pyrage.DecryptError, tarfile.TarError, OSError, EOFError) as error:
        raise VerificationError(
            "backup-sealed",
            "This backup does not open with these keys, or it was altered or cut.",
            where=str(error),
            todo="Try another recipient's key; take another copy of the file.",
        ) from error
    return folder / TOP


def _recipient(written: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(written.strip())
    except _REFUSED as error:
        raise CaseError(
            "backup-recipient",
            "This is no age recipient.",
            where=written,
            todo="A recipient begins with age1; dadkhah keys backup makes a pair.",
        ) from error


@contextmanager
def _from_thread(fill: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Read what another thread writes; its failure is this one's."""
    read, write = os.pipe()

    def run() -> None:
        with os.fdopen(write, "wb") as end:
            fill(end)

    with ThreadPoolExecutor(max_workers=1) as pool, os.fdopen(read, "rb") as plain:
        filling = pool.submit(run)
        try:
            yield plain
        finally:
            plain.close()
            failed = filling.exception()
            # a broken pipe only says that this end stopped reading, and why is known here
            if failed is not None and not isinstance(failed, BrokenPipeError):
                raise failed


def _pack(
    items: Iterable[Item], manifest: bytes, end: IO[bytes], advance: Callable[[str], None]
) -> None:
    with tarfile.open(fileobj=end, mode="w|", format=tarfile.PAX_FORMAT) as packed:
        for item in items:
            with item.source.open("rb") as file:
                reading = _Hashed(file)
                packed.addfile(_head(item.path, item.source.stat().st_size), reading)
            if reading.found.hexdigest() != item.digest:
                raise ArchiveError(
                    "backup-changed",
                    "A file is not what its digest says.",
                    where=item.path,
                    todo="Run dadkhah fixity on the case; no backup was written.",
                )
            advance(item.path)
        head = _head("manifest-sha256.txt", len(manifest))
        packed.addfile(head, _Hashed(io.BytesIO(manifest)))


def _head(path: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(f"{TOP}/{path}")
    head.size, head.mode, head.mtime = size, 0o644, 0
    return head


class _Hashed:
    """A file that is hashed while the packing reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.found = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.file.read(size)
        self.found.update(data)
        return data


def _unpack(plain: IO[bytes], folder: Path, advance: Callable[[str], None]) -> None:
    """Write out regular files and nothing else: no link, no device, no path that climbs."""
    with tarfile.open(fileobj=plain, mode="r|") as packed:
        for head in packed:
            content = packed.extractfile(head) if head.isreg() else None
            if content is None or not head.name.startswith(f"{TOP}/"):
                raise VerificationError(
                    "backup-shape", "This backup holds something else than an archive.",
                    where=head.name,
                )  # fmt: skip
            copy_whole(inside(folder, head.name), iter(partial(content.read, 1 << 20), b""))
            advance(head.name)
