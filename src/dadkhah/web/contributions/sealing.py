"""A name and a way to answer, sealed so that only the case's recipients can read them.

Source: the age encryption format, C2SP/age.md, through pyrage. The private keys are nowhere on the
server: whoever takes the server takes nothing that can be read.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from pyrage import DecryptError, IdentityError, decrypt, encrypt, x25519

from dadkhah.errors import AccessError

__all__ = ["open_contact", "seal_contact"]

BLOCK = 512


def seal_contact(name: str, contact: str, recipients: Sequence[str]) -> bytes:
    """Seal a name and a way to answer; the length of what is sealed says little of them."""
    body = orjson.dumps({"name": name, "contact": contact})
    padded = body + b" " * (-len(body) % BLOCK)
    return encrypt(padded, [x25519.Recipient.from_str(one) for one in recipients])


def open_contact(sealed: bytes, identities: Sequence[str]) -> dict[str, str]:
    """Open a sealed contact with the secret keys of a recipient.

    Raises:
        AccessError: contact-key when a key cannot be read, contact-sealed when none fits.
    """
    try:
        keys = [x25519.Identity.from_str(line) for line in identities]
    except IdentityError as error:
        raise AccessError(
            "contact-key",
            "This is not the secret key of an age recipient.",
            todo="Give the file that age-keygen wrote; it holds a line AGE-SECRET-KEY-...",
        ) from error
    try:
        return dict(orjson.loads(decrypt(sealed, keys)))
    except DecryptError as error:
        raise AccessError(
            "contact-sealed",
            "None of these keys opens this contact.",
            todo="Use the key of someone who was a recipient on the day it came.",
        ) from error
