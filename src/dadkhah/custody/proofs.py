"""Proofs in one file: this entry stood at this place of this log, and these witnesses saw it.

    c2sp.org/tlog-proof@v1
    index 73894
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=

    example.com/fancylog
    109482
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — example.com/fancylog hI2DJw...

Source: C2SP tlog-proof.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from dadkhah.custody.checkpoints import Checkpoint, open_checkpoint, read_decimal
from dadkhah.custody.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from dadkhah.custody.notes import MAX_NOTE_BYTES
from dadkhah.custody.signers import Verifier, decode_base64
from dadkhah.errors import VerificationError

__all__ = [
    "MAX_PROOF_HASHES",
    "InclusionProof",
    "check_proof",
    "proof_text",
    "read_hashes",
    "read_proof",
]

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF_HASHES = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """Everything but the entry itself.

    Args:
        index: of the entry in the log.
        hashes: audit path, leaf to root.
        checkpoint: the signed note, as published.
        extra: bytes for the application, believed by nobody.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None


def proof_text(proof: InclusionProof) -> str:
    """Write a proof; the file name ends in .tlog-proof."""
    lines = [HEADER]
    if proof.extra is not None:
        lines.append(f"extra {base64.b64encode(proof.extra).decode()}")
    lines.append(f"index {proof.index}")
    lines.extend(base64.b64encode(found).decode() for found in proof.hashes)
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def read_proof(data: str | bytes) -> InclusionProof:
    """Read a proof without believing it.

    Raises:
        VerificationError: proof-size, proof-encoding, proof-shape, proof-extra,
            proof-index-text, proof-hash, proof-too-long.
    """
    head, checkpoint = _halves(data)
    lines = head.split("\n")
    if lines.pop(0) != HEADER or not lines:
        raise VerificationError("proof-shape", f"A proof begins with {HEADER}.")
    extra = None
    if lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0).removeprefix("extra "), "proof-extra")
    if not lines or not lines[0].startswith("index "):
        raise VerificationError("proof-shape", "A proof says the index of its entry.")
    index = read_decimal(lines[0].removeprefix("index "), "proof-index-text")
    hashes = read_hashes(lines[1:])
    return InclusionProof(index=index, hashes=hashes, checkpoint=checkpoint, extra=extra)


def check_proof(
    entry: bytes, proof: InclusionProof, verifiers: Sequence[Verifier], *, origin: str
) -> Checkpoint:
    """Check that this entry stands in the log where the proof says.

    Args:
        entry: bytes of the entry.
        proof: as read.
        verifiers: trusted keys of the log, and of witnesses if their word is asked for.
        origin: the log's own name.

    Returns:
        The checkpoint that it is proved against.

    Raises:
        VerificationError: those of open_checkpoint and verify_inclusion.

    Source: C2SP tlog-proof; RFC 9162, section 2.1.3.2.
    """
    checkpoint, _ = open_checkpoint(proof.checkpoint, verifiers, origin=origin)
    leaf = leaf_hash(entry)
    verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint


def read_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Read the hashes of a proof, one base64 line each.

    Raises:
        VerificationError: proof-too-long, proof-hash.
    """
    if len(lines) > MAX_PROOF_HASHES:
        raise VerificationError("proof-too-long", f"A proof has at most {MAX_PROOF_HASHES} hashes.")
    hashes = tuple(decode_base64(line, "proof-hash") for line in lines)
    if any(len(found) != HASH_BYTES for found in hashes):
        raise VerificationError("proof-hash", f"A hash of a proof has {HASH_BYTES} bytes.")
    return hashes


def _halves(data: str | bytes) -> tuple[str, str]:
    """Split at the first blank line: before it the proof, after it the checkpoint."""
    try:
        packed = data.encode() if isinstance(data, str) else data
        if len(packed) > 2 * MAX_NOTE_BYTES:
            raise VerificationError("proof-size", "This proof is larger than any proof can be.")
        head, blank, checkpoint = packed.decode().partition("\n\n")
    except UnicodeError:
        raise VerificationError("proof-encoding", "A proof is UTF-8 text; this is not.") from None
    if not blank:
        raise VerificationError("proof-shape", "A proof holds a blank line before its checkpoint.")
    return head, checkpoint
