"""Checkpoints: a log's signed word on how long it is and what its root is.

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

Source: C2SP tlog-checkpoint. The text above, signed, is a note.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dadkhah.custody.merkle import HASH_BYTES, MAX_SIZE
from dadkhah.custody.notes import Note, open_note, sign
from dadkhah.custody.signers import LogSigner, Verifier, decode_base64
from dadkhah.errors import VerificationError

__all__ = [
    "Checkpoint",
    "checkpoint_text",
    "open_checkpoint",
    "read_checkpoint",
    "read_decimal",
    "sign_checkpoint",
]

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One size of one log.

    Args:
        origin: the log's own name, such as example.org/log; never empty, one line.
        size: number of entries.
        root: 32 bytes.
        extensions: further lines; nobody checks them, so leave them empty.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Write the text that gets signed.

    Raises:
        VerificationError: those of read_checkpoint when no such checkpoint can be written.
    """
    packed = base64.b64encode(checkpoint.root).decode()
    lines = (checkpoint.origin, str(checkpoint.size), packed, *checkpoint.extensions)
    text = "".join(f"{line}\n" for line in lines)
    if read_checkpoint(text) != checkpoint:
        raise VerificationError("checkpoint-shape", "Each part of a checkpoint is one line.")
    return text


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint; its signatures are not looked at.

    Raises:
        VerificationError: checkpoint-shape, checkpoint-size, checkpoint-root.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise VerificationError(
            "checkpoint-shape",
            "A checkpoint is origin, size and root, one line each, none of them empty.",
        )
    root = decode_base64(lines[2], "checkpoint-root")
    if len(root) != HASH_BYTES:
        raise VerificationError("checkpoint-root", f"A root has {HASH_BYTES} bytes.")
    return Checkpoint(
        origin=lines[0],
        size=read_decimal(lines[1], "checkpoint-size"),
        root=root,
        extensions=tuple(lines[3:]),
    )


def sign_checkpoint(checkpoint: Checkpoint, *signers: LogSigner) -> str:
    """Sign a checkpoint and write its note.

    A log must never sign two checkpoints that are not one the beginning of the other.
    """
    return sign(checkpoint_text(checkpoint), *signers)


def open_checkpoint(
    note: str | bytes, verifiers: Sequence[Verifier], *, origin: str
) -> tuple[Checkpoint, Note]:
    """Check the signatures of a checkpoint and that it speaks of this log.

    Raises:
        VerificationError: those of open_note and read_checkpoint; checkpoint-origin when it is
            another log's.
    """
    opened = open_note(note, verifiers)
    checkpoint = read_checkpoint(opened.text)
    if checkpoint.origin != origin:
        raise VerificationError(
            "checkpoint-origin",
            "This checkpoint belongs to another log.",
            where=f"it names {checkpoint.origin[:200]}",
            todo=f"Give the checkpoint of {origin}.",
        )
    return checkpoint, opened


def read_decimal(text: str, code: str) -> int:
    """Read a count written in ASCII digits without leading zeros, or refuse with the code."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise VerificationError(code, "This is not a count written in plain decimal digits.")
    return int(text)
