"""Shares of a key: any few of several people can put it together again, and fewer know nothing.

    dadkhah key share v1
    set 5f0c8d1e9b3a4c77
    share 2 of 5, any 3 open it
    secret 9a1f...
    sealed q83v...
    check 4be0c1d2

A random key of 128 bits is shared by Shamir's scheme over GF(2^128) (PyCryptodome) and seals the
file with ChaCha20-Poly1305: a wrong or mistyped share is noticed and never gives a wrong key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from Crypto.Protocol.SecretSharing import Shamir
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dadkhah.errors import InputError, VerificationError

__all__ = ["Share", "join", "read_share", "split", "write_share"]

HEAD = "dadkhah key share v1"
MOST = 255
_SHAPE = re.compile(
    rf"{HEAD}\nset ([0-9a-f]{{16}})\nshare ([0-9]{{1,3}}) of ([0-9]{{1,3}}), any ([0-9]{{1,3}})"
    r" open it\nsecret ([0-9a-f]{32})\nsealed ([A-Za-z0-9+/=]+)\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One share of a key.

    Args:
        set_id: the same in all shares made together. number: from 1. count: shares made.
        needed: how many open it. secret: 16 bytes. sealed: the key's file, encrypted.
    """

    set_id: str
    number: int
    count: int
    needed: int
    secret: bytes
    sealed: bytes


def split(data: bytes, *, count: int, needed: int) -> list[Share]:
    """Split the bytes of a key file into shares.

    Raises:
        InputError: share-count when fewer than 2 are needed, or more than there are.
    """
    if not 2 <= needed <= count <= MOST:
        raise InputError(
            "share-count",
            f"At least 2 shares are needed to open, and at most {MOST} are made.",
            todo="For example --shares 5 --needed 3.",
        )
    key, set_id = secrets.token_bytes(16), secrets.token_hex(8)
    sealed = ChaCha20Poly1305(_stretch(key, set_id)).encrypt(bytes(12), data, set_id.encode())
    return [
        Share(
            set_id=set_id, number=number, count=count, needed=needed, secret=secret, sealed=sealed
        )
        for number, secret in Shamir.split(needed, count, key, ssss=False)
    ]


def join(shares: Sequence[Share]) -> bytes:
    """Put a key file together again.

    Raises:
        VerificationError: share-few, share-set, share-twice, share-wrong.
    """
    if not shares:
        raise VerificationError("share-few", "No share was given.")
    first = shares[0]
    if len({(s.set_id, s.needed, s.sealed) for s in shares}) != 1:
        raise VerificationError(
            "share-set", "These shares were not made together.", todo="Sort them by their set line."
        )
    if len({share.number for share in shares}) != len(shares):
        raise VerificationError("share-twice", "A share was given twice.")
    if len(shares) < first.needed:
        raise VerificationError(
            "share-few", f"{first.needed} shares are needed, and {len(shares)} were given."
        )
    chosen = [(share.number, share.secret) for share in shares[: first.needed]]
    key = Shamir.combine(chosen, ssss=False)
    try:
        opened = ChaCha20Poly1305(_stretch(key, first.set_id)).decrypt(
            bytes(12), first.sealed, first.set_id.encode()
        )
    except InvalidTag:
        raise VerificationError(
            "share-wrong",
            "These shares do not open the key: one of them is not genuine.",
            todo="Leave one out and put another in its place.",
        ) from None
    return opened


def write_share(share: Share) -> str:
    """Write a share as text, for paper or a file."""
    text = (
        f"{HEAD}\nset {share.set_id}\nshare {share.number} of {share.count},"
        f" any {share.needed} open it\nsecret {share.secret.hex()}\n"
        f"sealed {base64.b64encode(share.sealed).decode()}\n"
    )
    return f"{text}check {_check(text)}\n"


def read_share(text: str) -> Share:
    """Read a share.

    Raises:
        VerificationError: share-shape; share-check when it was mistyped.
    """
    body, mark, check = text.replace("\r\n", "\n").strip().rpartition("check ")
    found = _SHAPE.fullmatch(body)
    if not mark or found is None:
        raise VerificationError(
            "share-shape", "This is no share of a key.", todo=f"A share begins with “{HEAD}”."
        )
    if check.strip() != _check(body):
        raise VerificationError(
            "share-check", "This share was mistyped or altered.", todo="Compare it sign by sign."
        )
    try:
        sealed = base64.b64decode(found[6], validate=True)
    except binascii.Error:
        raise VerificationError("share-shape", "This is no share of a key.") from None
    return Share(
        set_id=found[1], number=int(found[2]), count=int(found[3]), needed=int(found[4]),
        secret=bytes.fromhex(found[5]), sealed=sealed,
    )  # fmt: skip


def _stretch(key: bytes, set_id: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"{HEAD} {set_id}".encode()).derive(
        key
    )


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
