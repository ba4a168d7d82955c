"""A witness' judgement: it cosigns a log that only grew, and keeps the proof of one that forked.

This is the pure part: given what the witness saw last, a new checkpoint and a consistency proof,
it gives the cosignature, or a `Fork` that anyone can check with the log's public key alone.
A witness that answers must store the new `Seen` before its answer leaves (C2SP tlog-witness).

Source: C2SP tlog-witness, add-checkpoint.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from dadkhah.custody.checkpoints import Checkpoint, open_checkpoint, read_decimal
from dadkhah.custody.cosignatures import cosign_text
from dadkhah.custody.forks import Fork, check_fork, differ
from dadkhah.custody.merkle import EMPTY_ROOT, verify_consistency
from dadkhah.custody.notes import MAX_NOTE_BYTES, add_signature
from dadkhah.custody.proofs import read_hashes
from dadkhah.custody.signers import LogSigner, Signature, Verifier
from dadkhah.errors import VerificationError

__all__ = [
    "Cosigned",
    "Fork",
    "Request",
    "Seen",
    "check_fork",
    "cosign",
    "read_request",
    "request_text",
    "seen_in",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The last checkpoint of one log that a witness cosigned; the note itself is the proof."""

    checkpoint: Checkpoint
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """What a witness stores and answers.

    Args:
        seen: to be stored first.
        signature: to be sent back.
        note: the checkpoint with the cosignature below it.
    """

    seen: Seen
    signature: Signature
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a log sends to a witness, over the network or on a stick."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: str


def seen_in(note: str, log: Sequence[Verifier], *, origin: str) -> Seen:
    """Take up what a witness stored.

    Raises:
        VerificationError: those of open_checkpoint.
    """
    checkpoint, _ = open_checkpoint(note, log, origin=origin)
    return Seen(checkpoint=checkpoint, note=note)


def cosign(
    seen: Seen | None,
    note: str,
    proof: Sequence[bytes],
    key: LogSigner,
    *,
    log: Sequence[Verifier],
    origin: str,
    seconds: int,
) -> Cosigned | Fork:
    """Cosign a checkpoint that continues what was seen, or give the proof that it does not.

    Args:
        seen: the last checkpoint cosigned for this origin; None at the first meeting.
        note: the signed checkpoint.
        proof: consistency from what was seen to this checkpoint.
        key: the witness' own.
        log: trusted keys of the log.
        origin: the log's own name.
        seconds: POSIX time, now.

    Raises:
        VerificationError: those of open_checkpoint; those of verify_consistency when the proof
            shows neither growth nor a fork; witness-stale, witness-rollback.

    Source: C2SP tlog-witness, add-checkpoint.
    """
    checkpoint, opened = open_checkpoint(note, log, origin=origin)
    new = Seen(checkpoint=checkpoint, note=note)
    if seen is not None and checkpoint.size < seen.checkpoint.size:
        return _answer_rollback(seen, new, proof)
    fork = _find_fork(seen, new, proof) if seen else None
    if fork:
        return fork
    size, root = (seen.checkpoint.size, seen.checkpoint.root) if seen else (0, EMPTY_ROOT)
    verify_consistency(size, checkpoint.size, proof, root, checkpoint.root)
    signature = cosign_text(opened.text, key, seconds=seconds)
    return Cosigned(seen=new, signature=signature, note=add_signature(note, signature))


def request_text(request: Request) -> str:
    """Write a request: old size, consistency proof, blank line, checkpoint."""
    hashes = "".join(base64.b64encode(found).decode() + "\n" for found in request.proof)
    return f"old {request.old_size}\n{hashes}\n{request.checkpoint}"


def read_request(data: str | bytes) -> Request:
    """Read a request to a witness without believing it.

    Raises:
        VerificationError: request-size, request-encoding, request-shape, request-old-size,
            proof-too-long, proof-hash.

    Source: C2SP tlog-witness, add-checkpoint.
    """
    try:
        packed = data.encode() if isinstance(data, str) else data
        if len(packed) > 2 * MAX_NOTE_BYTES:
            raise VerificationError("request-size", "This request is larger than any can be.")
        head, blank, checkpoint = packed.decode().partition("\n\n")
    except UnicodeError:
        raise VerificationError("request-encoding", "A request is UTF-8 text.") from None
    first, *rest = head.split("\n")
    if not blank or not first.startswith("old "):
        raise VerificationError("request-shape", "A request is: old size, proof, checkpoint.")
    old_size = read_decimal(first.removeprefix("old "), "request-old-size")
    return Request(old_size=old_size, proof=read_hashes(rest), checkpoint=checkpoint)


def _answer_rollback(seen: Seen, new: Seen, proof: Sequence[bytes]) -> Fork:
    """A smaller log than the one seen: an old copy, a fork, or a rollback nobody explains."""
    if differ(new.checkpoint, seen.checkpoint, proof):
        return Fork(older=new.note, newer=seen.note, path=tuple(proof))
    where = f"seen {seen.checkpoint.size}, now {new.checkpoint.size}"
    if _is_beginning(new.checkpoint, seen.checkpoint, proof):
        raise VerificationError(
            "witness-stale", "This is an older checkpoint of the same history.", where=where
        )
    raise VerificationError(
        "witness-rollback",
        "This log is shorter than it was, and nothing shows why.",
        where=where,
        todo="Keep both checkpoints: together with the log's tiles they may prove a fork.",
    )


def _find_fork(seen: Seen, new: Seen, proof: Sequence[bytes]) -> Fork | None:
    if not differ(seen.checkpoint, new.checkpoint, proof):
        return None
    return Fork(older=seen.note, newer=new.note, path=tuple(proof))


def _is_beginning(older: Checkpoint, newer: Checkpoint, proof: Sequence[bytes]) -> bool:
    try:
        verify_consistency(older.size, newer.size, proof, older.root, newer.root)
    except VerificationError:
        return False
    return True
