"""What a witness remembers, in a folder: nothing is answered before it is written down.

key                       the witness' secret key, readable by its owner only
logs                      the verifier keys of the logs it knows, one a line
seen/<sha256 of origin>   the last checkpoint that it cosigned for each log
forks/<sha256>.fork       proofs that a log signed two histories
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dadkhah.custody import keys
from dadkhah.custody.forks import Fork, fork_text
from dadkhah.custody.signers import LogSigner, LogVerifier, read_verifier, verifier_text
from dadkhah.custody.witness import Seen, seen_in
from dadkhah.errors import CaseError

__all__ = ["Memory", "begin", "open_memory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A witness' folder."""

    folder: Path

    @property
    def key(self) -> LogSigner:
        """The witness' own key."""
        return keys.read_key(self.folder / "key")

    def logs(self, origin: str) -> list[LogVerifier]:
        """Give the keys trusted for a log; none when the log is not known."""
        return [key for key in self.all_logs() if key.name == origin]

    def all_logs(self) -> list[LogVerifier]:
        """Give the keys of every log that this witness knows."""
        lines = (self.folder / "logs").read_text(encoding="utf-8").splitlines()
        return [read_verifier(line) for line in lines if line]

    def know(self, key: LogVerifier) -> None:
        """Begin to witness a log, or trust a newer key of one."""
        with self.held():
            known = [*self.all_logs(), key] if key not in self.all_logs() else self.all_logs()
            text = "".join(verifier_text(one) + "\n" for one in known)
            _write_whole(self.folder / "logs", text)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other process of this witness out."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def seen(self, origin: str) -> Seen | None:
        """Give the last checkpoint cosigned for a log.

        Raises:
            VerificationError: those of open_checkpoint, when what is stored was altered.
        """
        path = self._seen_path(origin)
        if not path.is_file():
            return None
        return seen_in(path.read_text(encoding="utf-8"), self.logs(origin), origin=origin)

    def remember(self, seen: Seen) -> None:
        """Write down a checkpoint, whole and to the disk, before it is answered for."""
        _write_whole(self._seen_path(seen.checkpoint.origin), seen.note)

    def keep_fork(self, fork: Fork) -> Path:
        """Keep the proof of a fork, and give its place."""
        text = fork_text(fork)
        path = self.folder / "forks" / f"{sha256(text.encode()).hexdigest()}.fork"
        _write_whole(path, text)
        return path

    def _seen_path(self, origin: str) -> Path:
        return self.folder / "seen" / sha256(origin.encode()).hexdigest()


def begin(folder: Path, name: str) -> Memory:
    """Make a new witness: its folder and its key.

    Raises:
        CaseError: witness-exists. VerificationError: key-shape.
    """
    if (folder / "key").exists():
        raise CaseError("witness-exists", "There is a witness in this folder.", where=str(folder))
    key = keys.make_key(name)
    for place in (folder, folder / "seen", folder / "forks"):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "logs").touch()
    keys.write_key(folder / "key", key)
    return Memory(folder=folder)


def open_memory(folder: Path) -> Memory:
    """Open the folder of a witness.

    Raises:
        CaseError: witness-missing.
    """
    if not (folder / "key").is_file() or not (folder / "seen").is_dir():
        raise CaseError(
            "witness-missing",
            "This folder is no witness.",
            where=str(folder),
            todo="Make one with: dadkhah witness init DIR NAME",
        )
    return Memory(folder=folder)


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that after a fall it is the old one or the new one, never half of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
