"""Cosignatures: a witness says when it saw a checkpoint, and that the log had only grown.

The signed message is `cosignature/v1`, then `time` and the seconds, then the checkpoint's text:

    cosignature/v1
    time 1679315147
    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

Source: C2SP tlog-cosignature, the Ed25519 form (signature type 0x04).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dadkhah.custody.merkle import MAX_SIZE
from dadkhah.custody.notes import Note
from dadkhah.custody.signers import (
    LogSigner,
    Signature,
    check_ed25519,
    key_id,
    read_vkey,
    vkey_text,
)
from dadkhah.errors import VerificationError

__all__ = [
    "COSIGNATURE",
    "Cosignature",
    "WitnessVerifier",
    "cosign_text",
    "cosignatures",
    "read_witness",
    "witness_of",
    "witness_text",
]

COSIGNATURE = 0x04
TIME_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessVerifier:
    """The public key of a witness (signature type 0x04)."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, COSIGNATURE, self.public_key)

    def verifies(self, text: str, raw: bytes) -> bool:
        if len(raw) != TIME_BYTES + 64:
            return False
        seconds = int.from_bytes(raw[:TIME_BYTES])
        message = _message(text, seconds)
        return seconds <= MAX_SIZE and check_ed25519(self.public_key, raw[TIME_BYTES:], message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """One witness' word.

    Args:
        name: of the witness' key.
        seconds: POSIX time at which it cosigned, by its own clock.
    """

    name: str
    seconds: int


def cosign_text(text: str, signer: LogSigner, *, seconds: int) -> Signature:
    """Cosign a checkpoint's text. It does not ask whether the log grew honestly: witness does.

    Args:
        text: of the checkpoint, all lines, without signatures.
        signer: the witness' key.
        seconds: POSIX time, now.

    Raises:
        VerificationError: cosignature-time when the time cannot be written.
    """
    if not 0 < seconds <= MAX_SIZE:
        raise VerificationError("cosignature-time", "A cosignature's time is a POSIX time.")
    raw = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(_message(text, seconds))
    return Signature(
        name=signer.name,
        key_id=witness_of(signer).key_id,
        raw=seconds.to_bytes(TIME_BYTES) + raw,
    )


def cosignatures(note: Note, witnesses: Sequence[WitnessVerifier]) -> tuple[Cosignature, ...]:
    """List the cosignatures of these witnesses on a note that open_note gave back with them."""
    known = {(witness.name, witness.key_id) for witness in witnesses}
    return tuple(
        Cosignature(name=signature.name, seconds=int.from_bytes(signature.raw[:TIME_BYTES]))
        for signature in note.signatures
        if (signature.name, signature.key_id) in known
    )


def witness_of(signer: LogSigner) -> WitnessVerifier:
    """Public key of a witness whose secret key this is."""
    return WitnessVerifier(name=signer.name, public_key=signer.verifier.public_key)


def witness_text(witness: WitnessVerifier) -> str:
    """Write the public text by which anyone knows this witness."""
    return vkey_text(witness.name, COSIGNATURE, witness.public_key)


def read_witness(text: str) -> WitnessVerifier:
    """Read the public text of a witness' key.

    Raises:
        VerificationError: key-shape, key-id, key-type when it is not a cosignature key.
    """
    name, kind, key = read_vkey(text)
    if kind != COSIGNATURE:
        raise VerificationError("key-type", f"This key is of type 0x{kind:02x}, not a witness'.")
    return WitnessVerifier(name=name, public_key=key)


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
