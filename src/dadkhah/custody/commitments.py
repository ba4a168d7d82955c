"""Commitments: a log entry is bound to its records without holding them.

One entry is one change of one or more records. For each record, in order:

    commitment = HMAC-SHA256(key = salt, message = "dadkhah/commitment/v1\\n" + canonical bytes)

The entry holds only the RFC 6962 root over its commitments. The salt is 16 random bytes kept
beside the record. To erase a record, delete its bytes and its salt and keep the commitment: the
root, and every proof, still stands, and nobody can try guesses against the commitment.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence

from dadkhah.custody.merkle import HASH_BYTES, leaf_hash, root
from dadkhah.errors import VerificationError

__all__ = ["PREFIX", "SALT_BYTES", "commit", "entry_root", "new_salt", "read_commitment"]

SALT_BYTES = 16
# The prefix keeps a commitment from being mistaken for any other HMAC made with the same bytes.
PREFIX = b"dadkhah/commitment/v1\n"


def new_salt() -> bytes:
    """Make 16 bytes that nobody can guess; one per record, never used twice."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, canonical: bytes) -> bytes:
    """Bind to one record's canonical bytes.

    Args:
        salt: 16 random bytes.
        canonical: the record's one byte form.

    Returns:
        32 bytes that tell nothing without the salt.

    Raises:
        VerificationError: commitment-salt when the salt has another length, since HMAC
            pads short keys and two salts could then open one commitment.

    Source: RFC 2104 (HMAC), FIPS 180-4 (SHA-256).
    """
    if len(salt) != SALT_BYTES:
        raise VerificationError(
            "commitment-salt", f"A salt has {SALT_BYTES} bytes; this one has {len(salt)}."
        )
    return hmac.digest(salt, PREFIX + canonical, "sha256")


def entry_root(commitments: Sequence[bytes]) -> bytes:
    """Hash the commitments of one entry, in order, into the root that the entry holds.

    Raises:
        VerificationError: commitment-length when one has not 32 bytes.

    Source: RFC 6962, section 2.1, each commitment being one leaf's data.
    """
    return root([leaf_hash(read_commitment(commitment)) for commitment in commitments])


def read_commitment(commitment: bytes) -> bytes:
    """Take a stored commitment, if it can be one.

    Raises:
        VerificationError: commitment-length.
    """
    if len(commitment) != HASH_BYTES:
        raise VerificationError(
            "commitment-length",
            f"A commitment has {HASH_BYTES} bytes; this one has {len(commitment)}.",
        )
    return commitment
