"""Keys that sign notes, and their text forms.

    example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k

Name, id, and the base64 of a type byte and the key. Source: C2SP signed-note, Verifier keys.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from dadkhah.errors import VerificationError

__all__ = [
    "ED25519",
    "LogSigner",
    "LogVerifier",
    "Signature",
    "Verifier",
    "check_ed25519",
    "decode_base64",
    "is_key_name",
    "key_id",
    "read_signer",
    "read_verifier",
    "read_vkey",
    "signer_text",
    "verifier_text",
    "vkey_text",
]

ED25519 = 0x01
KEY_BYTES = 32
MAX_KEY_CHARACTERS = 1024
SIGNER_PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line: who says to have signed, with which key, and the raw signature."""

    name: str
    key_id: bytes
    raw: bytes


class Verifier(Protocol):
    """A public key that can judge one kind of signature on a note."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def verifies(self, text: str, raw: bytes) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LogVerifier:
    """The public key of a log (signature type 0x01, Ed25519 over the text).

    Args:
        name: of the key; a log's key is named like the log's origin.
        public_key: 32 bytes.
    """

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, ED25519, self.public_key)

    def verifies(self, text: str, raw: bytes) -> bool:
        return check_ed25519(self.public_key, raw, text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSigner:
    """The secret key of a log; its seed is never shown by repr.

    Args:
        name: of the key.
        seed: 32 secret bytes, as in RFC 8032.
    """

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> LogVerifier:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return LogVerifier(name=self.name, public_key=key.public_key().public_bytes_raw())

    def signs(self, text: str) -> Signature:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        raw = key.sign(text.encode())
        return Signature(name=self.name, key_id=self.verifier.key_id, raw=raw)


def key_id(name: str, kind: int, public_key: bytes) -> bytes:
    """First four bytes of SHA-256 over name, newline, type byte and public key.

    Source: C2SP signed-note, Signatures.
    """
    return sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def check_ed25519(public_key: bytes, raw: bytes, message: bytes) -> bool:
    """Tell whether an Ed25519 signature holds; a key that is no point on the curve never does.

    Source: RFC 8032.
    """
    if len(public_key) != KEY_BYTES or len(raw) != 2 * KEY_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(raw, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def vkey_text(name: str, kind: int, public_key: bytes) -> str:
    """Write a verifier key: name+id+base64(type, public key).

    Source: C2SP signed-note, Verifier keys.
    """
    packed = base64.b64encode(bytes([kind]) + public_key).decode()
    return f"{name}+{key_id(name, kind, public_key).hex()}+{packed}"


def read_vkey(text: str) -> tuple[str, int, bytes]:
    """Read a verifier key of any type.

    Returns:
        Key name, type byte, public key.

    Raises:
        VerificationError: key-shape, key-id when the id does not belong to the key.
    """
    name, claimed, kind, key = _read_key(text)
    if key_id(name, kind, key) != claimed:
        raise VerificationError("key-id", "The id in this verifier key does not belong to it.")
    return name, kind, key


def verifier_text(verifier: LogVerifier) -> str:
    """Write the public text by which anyone knows this key."""
    return vkey_text(verifier.name, ED25519, verifier.public_key)


def read_verifier(text: str) -> LogVerifier:
    """Read the public text of a log's key.

    Raises:
        VerificationError: key-shape, key-id, key-type when it is not an Ed25519 note key.
    """
    name, kind, key = read_vkey(text)
    _check_kind(kind, ED25519)
    return LogVerifier(name=name, public_key=key)


def signer_text(signer: LogSigner) -> str:
    """Write a secret key; whoever reads this text can sign as this log."""
    packed = base64.b64encode(bytes([ED25519]) + signer.seed).decode()
    return f"{SIGNER_PREFIX}{signer.name}+{signer.verifier.key_id.hex()}+{packed}"


def read_signer(text: str) -> LogSigner:
    """Read a secret key.

    Raises:
        VerificationError: key-shape, key-type, key-id. No message shows the key.
    """
    if not text.startswith(SIGNER_PREFIX):
        raise VerificationError("key-shape", f"A secret key begins with {SIGNER_PREFIX}.")
    name, claimed, kind, seed = _read_key(text.removeprefix(SIGNER_PREFIX))
    _check_kind(kind, ED25519)
    signer = LogSigner(name=name, seed=seed)
    if signer.verifier.key_id != claimed:
        raise VerificationError("key-id", "The id in this secret key does not belong to it.")
    return signer


def decode_base64(text: str, code: str) -> bytes:
    """Read standard base64 that has one spelling only, or refuse with the given code."""
    try:
        decoded = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise VerificationError(code, "This is not base64.") from None
    # Stray bits in the last character would give one value two spellings.
    if base64.b64encode(decoded).decode() != text:
        raise VerificationError(code, "This base64 is not in its one canonical spelling.")
    return decoded


def _read_key(text: str) -> tuple[str, bytes, int, bytes]:
    """Name, id, type and key of a key text; the base64 part may itself hold plus signs."""
    parts = text.split("+", 2)
    if len(text) > MAX_KEY_CHARACTERS or len(parts) != 3 or not is_key_name(parts[0]):
        raise VerificationError("key-shape", "A key is written name+id+base64.")
    if len(parts[1]) != 8 or any(digit not in "0123456789abcdef" for digit in parts[1]):
        raise VerificationError("key-shape", "The id in a key is 8 lower-case hex digits.")
    packed = decode_base64(parts[2], "key-shape")
    if len(packed) != 1 + KEY_BYTES:
        raise VerificationError("key-shape", f"A key has a type byte and {KEY_BYTES} bytes.")
    return parts[0], bytes.fromhex(parts[1]), packed[0], packed[1:]


def _check_kind(kind: int, wanted: int) -> None:
    if kind != wanted:
        raise VerificationError(
            "key-type", f"This key is of type 0x{kind:02x}; one of 0x{wanted:02x} is needed."
        )


def is_key_name(name: str) -> bool:
    """Tell whether a key may be called so: not empty, without spaces and plus signs.

    Source: C2SP signed-note, Format.
    """
    return bool(name) and not any(sign == "+" or sign.isspace() for sign in name)
