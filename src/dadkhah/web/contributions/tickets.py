"""A ticket: what a form carries so that it can be answered once, and only for an hour.

The ticket is sealed with the server's own key (AES-256-GCM), so that nobody can read the answer
out of it and nothing has to be kept while somebody writes. Using it once is kept in the store: a
primary key, so that of two uses at one moment one fails. The receipt code follows from the ticket
by a keyed hash: whoever sends the same form twice gets the same code, and nobody else can.

Source: NIST SP 800-38D (GCM); RFC 5869 (HKDF).
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction

from dadkhah import text
from dadkhah.web.contributions.models import SpentTicket

__all__ = [
    "SECONDS", "Ticket", "derived_key", "digest_of_receipt", "issue", "opened", "receipt_of",
    "spend", "today",
]  # fmt: skip

SECONDS: Final = 3600
DIGITS: Final = 6
NONCE_BYTES: Final = 12
DAYS_REMEMBERED: Final = 2
# Crockford's base 32: no letter that is taken for a digit
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LETTERS: Final = 20
_ALIKE: Final = str.maketrans("ILO", "110")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a form was given: a secret of its own, the digits of its picture, its question.

    Args:
        seed: 32 hexadecimal digits; chooses the question, the noise and the receipt.
        digits: what the picture shows and the sound says.
        expires: seconds since 1970.
        sealed: the ticket as the form carries it.
    """

    seed: str
    digits: str
    expires: int
    sealed: str

    @property
    def digest(self) -> str:
        """What is kept of a used ticket."""
        return hashlib.sha256(self.seed.encode()).hexdigest()

    @property
    def fresh(self) -> bool:
        """Whether it may still be answered."""
        return time.time() < self.expires


def issue() -> Ticket:
    """Give a new ticket."""
    seed = secrets.token_hex(16)
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    expires = int(time.time()) + SECONDS
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = AESGCM(derived_key("ticket")).encrypt(nonce, orjson.dumps([seed, digits, expires]), None)
    sealed = base64.urlsafe_b64encode(nonce + body).decode().rstrip("=")
    return Ticket(seed=seed, digits=digits, expires=expires, sealed=sealed)


def opened(sealed: str) -> Ticket | None:
    """Open a ticket that a form brings back; nothing when it is none of ours."""
    if not 40 <= len(sealed) <= 400 or not sealed.isascii():
        return None
    try:
        data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        body = AESGCM(derived_key("ticket")).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
    except (binascii.Error, InvalidTag, ValueError):
        return None
    seed, digits, expires = orjson.loads(body)
    return Ticket(seed=seed, digits=digits, expires=expires, sealed=sealed)


def spend(ticket: Ticket) -> bool:
    """Use a ticket up; false when it was used before, even at this very moment by another."""
    day = today()
    SpentTicket.objects.filter(day__lt=_days_before(day, DAYS_REMEMBERED)).delete()
    try:
        with transaction.atomic():
            SpentTicket.objects.create(digest=ticket.digest, day=day)
    except IntegrityError:
        return False
    return True


def receipt_of(ticket: Ticket) -> str:
    """Give the receipt code of a form: 100 bits, in five groups of four."""
    found = hmac.digest(derived_key("receipt"), ticket.seed.encode(), "sha256")
    number = int.from_bytes(found, "big")
    letters = [ALPHABET[(number >> 5 * place) & 31] for place in range(RECEIPT_LETTERS)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, RECEIPT_LETTERS, 4))


def digest_of_receipt(written: str) -> str:
    """Give what is kept of a receipt code, however it was typed; empty when it can be none."""
    letters = text.to_ascii_digits(text.clean(written[:200])).upper().translate(_ALIKE)
    kept = "".join(letter for letter in letters if letter.isalnum())
    if len(kept) != RECEIPT_LETTERS or not set(kept) <= set(ALPHABET):
        return ""
    return hashlib.sha256(f"dadkhah/receipt/v1\n{kept}".encode()).hexdigest()


def derived_key(purpose: str) -> bytes:
    """Give a key for one purpose, made from the server's own secret."""
    info = f"dadkhah/contributions/{purpose}".encode()
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return derivation.derive(settings.SECRET_KEY.encode())


def today() -> str:
    """Give the day, in UTC: the finest time that is kept of a contribution."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _days_before(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=days)).isoformat()
