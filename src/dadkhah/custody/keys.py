"""Keys of a log: one small file that only its owner can read, kept outside the case.

    PRIVATE+KEY+example.org/log+0c3a...+AbN1...

The text is C2SP's signer key. The public half, the verifier text, goes to whoever must check.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dadkhah.custody.signers import (
    LogSigner,
    read_signer,
    read_verifier,
    signer_text,
    verifier_text,
)
from dadkhah.errors import CaseError, VerificationError

__all__ = ["make_key", "read_key", "verifier_of", "write_key"]

MODE = 0o600
MAX_BYTES = 1024


def make_key(name: str) -> LogSigner:
    """Make a new Ed25519 key.

    Args:
        name: of the key: the log's origin or the witness' name, without spaces or plus signs.

    Raises:
        VerificationError: key-shape when the name cannot be a key's name.
    """
    signer = LogSigner(name=name, seed=Ed25519PrivateKey.generate().private_bytes_raw())
    read_verifier(verifier_text(signer.verifier))
    return signer


def verifier_of(signer: LogSigner) -> str:
    """Public text of a key: hand it to everyone, in more than one way."""
    return verifier_text(signer.verifier)


def write_key(path: Path, signer: LogSigner) -> None:
    """Write a secret key to a new file that only its owner can read.

    Raises:
        CaseError: key-exists, since a key is never written over; key-unwritable.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    except FileExistsError:
        raise CaseError(
            "key-exists", "There is a file here already.", where=str(path), todo="Move it first."
        ) from None
    except OSError as error:
        raise CaseError(
            "key-unwritable", "No key can be written here.", where=str(path), todo=str(error)
        ) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(signer_text(signer) + "\n")
        file.flush()
        os.fsync(descriptor)


def read_key(path: Path) -> LogSigner:
    """Read a secret key, if only its owner could have read it.

    Raises:
        CaseError: key-missing, key-unreadable, key-open when others can read or change the file.
        VerificationError: key-shape, key-type, key-id.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CaseError("key-missing", "There is no key here.", where=str(path)) from None
    except OSError as error:
        raise CaseError(
            "key-unreadable", "This key cannot be read.", where=str(path), todo=str(error)
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise CaseError(
            "key-open",
            "Others on this machine can read or change this key.",
            where=str(path),
            todo="Run chmod 600 on it; if it may have been copied, make a new key.",
        )
    return read_signer(_text(data))


def _text(data: bytes) -> str:
    try:
        return data[:MAX_BYTES].decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise VerificationError("key-shape", "A key file is one line of text.") from None
