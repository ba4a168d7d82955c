"""Forks: the proof that a log signed two histories.

    dadkhah fork v1
    older 176
    PVgTgbQqqFSM1dwtYh6FGFkU5VUQi95AVHjKLWYNdYw=

    example.org/log
    3
    ...

The line `older` says how many bytes the older checkpoint has; the newer one follows it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from dadkhah.custody.checkpoints import Checkpoint, open_checkpoint, read_decimal
from dadkhah.custody.merkle import ReadHash, consistency_proof_from, roots_of_consistency
from dadkhah.custody.notes import MAX_NOTE_BYTES
from dadkhah.custody.proofs import read_hashes
from dadkhah.custody.signers import Verifier
from dadkhah.errors import VerificationError

__all__ = ["Fork", "check_fork", "differ", "fork_text", "prove_fork", "read_fork"]

HEADER = "dadkhah fork v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """Proof that a log signed two histories; `check_fork` convinces anyone.

    Args:
        older: signed checkpoint of the smaller size (or the same).
        newer: signed checkpoint of the larger size.
        path: hashes out of the newer tree that lead to its root, and to a root at the older
            size that is not the one that was signed. Empty when the sizes are the same.
    """

    older: str
    newer: str
    path: tuple[bytes, ...] = ()


def prove_fork(
    older: str, newer: str, read_hash: ReadHash, *, log: Sequence[Verifier], origin: str
) -> Fork:
    """Prove a fork from the stored hashes of the newer history.

    Args:
        older: signed checkpoint of the smaller size.
        newer: signed checkpoint of the larger size, whose tree read_hash reads.
        read_hash: gives the hash of the full subtree at (level, index).
        log: trusted keys of the log.
        origin: the log's own name.

    Raises:
        VerificationError: fork-unproved when the two are one history after all.
    """
    first, _ = open_checkpoint(older, log, origin=origin)
    last, _ = open_checkpoint(newer, log, origin=origin)
    path = consistency_proof_from(read_hash, first.size, last.size)
    if 0 < first.size < last.size and not first.size & (first.size - 1):
        path = (read_hash(first.size.bit_length() - 1, 0), *path)
    fork = Fork(older=older, newer=newer, path=path)
    check_fork(fork, log, origin=origin)
    return fork


def check_fork(fork: Fork, log: Sequence[Verifier], *, origin: str) -> None:
    """Check that a log signed two histories that cannot be one.

    1. Both checkpoints are signed by the log's key and name this log.
    2. At the same size, their roots differ; or
    3. hashes that lead to the newer root lead to another root at the older size than the one
       signed. The newer root fixes every hash below it, so no honest proof can exist.

    Raises:
        VerificationError: those of open_checkpoint; fork-unproved.
    """
    # 1.
    older, _ = open_checkpoint(fork.older, log, origin=origin)
    newer, _ = open_checkpoint(fork.newer, log, origin=origin)
    # 2. and 3.
    if not differ(older, newer, fork.path):
        raise VerificationError(
            "fork-unproved",
            "These two checkpoints are not shown to be of different histories.",
            todo="Ask the log for a consistency proof between them.",
        )


def fork_text(fork: Fork) -> str:
    """Write a fork, to be given to anyone who believed this log."""
    hashes = "".join(base64.b64encode(found).decode() + "\n" for found in fork.path)
    length = len(fork.older.encode())
    return f"{HEADER}\nolder {length}\n{hashes}\n{fork.older}{fork.newer}"


def read_fork(data: str | bytes) -> Fork:
    """Read a fork without believing it; check_fork does the rest.

    Raises:
        VerificationError: fork-size, fork-encoding, fork-shape, proof-too-long, proof-hash.
    """
    try:
        packed = data.encode() if isinstance(data, str) else data
        if len(packed) > 3 * MAX_NOTE_BYTES:
            raise VerificationError("fork-size", "This is larger than any proof of a fork can be.")
        head, blank, notes = packed.partition(b"\n\n")
        header, *lines = head.decode().split("\n")
        if header != HEADER or not blank or not lines or not lines[0].startswith("older "):
            raise VerificationError("fork-shape", f"A proof of a fork begins with {HEADER}.")
        length = read_decimal(lines[0].removeprefix("older "), "fork-shape")
        older, newer = notes[:length].decode(), notes[length:].decode()
    except UnicodeError:
        raise VerificationError("fork-encoding", "A proof of a fork is UTF-8 text.") from None
    return Fork(older=older, newer=newer, path=read_hashes(lines[1:]))


def differ(older: Checkpoint, newer: Checkpoint, path: Sequence[bytes]) -> bool:
    """Tell whether a path out of the newer tree shows that the older one is no part of it."""
    if older.size == newer.size:
        return not path and older.root != newer.root
    try:
        before, after = roots_of_consistency(older.size, newer.size, path)
    except VerificationError:
        return False
    return after == newer.root and before != older.root
