"""A proof of work in place of the picture: the reader's own machine counts, nobody else is asked.

The challenge and its check are ALTCHA's (the library's first form: find the number whose SHA-256
with the salt is the challenge). It is bound to the ticket of its form and expires with it.
"""

from __future__ import annotations

import base64
import datetime
from typing import Any, Final

import orjson
from altcha.v1 import ChallengeOptions, create_challenge, verify_solution

from dadkhah.web.contributions.tickets import Ticket, derived_key

__all__ = ["HARDNESS", "challenge", "solved"]

HARDNESS: Final = 300_000
LONGEST: Final = 2000


def challenge(ticket: Ticket) -> str:
    """Give the challenge of a ticket as JSON, for the page's script."""
    options = ChallengeOptions(
        algorithm="SHA-256",
        max_number=HARDNESS,
        hmac_key=derived_key("proof").hex(),
        expires=datetime.datetime.fromtimestamp(ticket.expires, tz=datetime.UTC),
        params={"for": ticket.digest},
    )
    return orjson.dumps(create_challenge(options).to_dict()).decode()


def solved(ticket: Ticket, sent: str) -> bool:
    """Say whether what was sent solves a challenge of this very ticket."""
    said = _read(sent)
    salt = str(said.get("salt", "")) if said else ""
    if not said or f"for={ticket.digest}" not in salt.partition("?")[2].split("&"):
        return False
    found, _ = verify_solution(said, hmac_key=derived_key("proof").hex(), check_expires=True)
    return bool(found)


def _read(sent: str) -> Any:
    if not sent or len(sent) > LONGEST:
        return None
    try:
        said = orjson.loads(base64.b64decode(sent, validate=True))
    except ValueError:  # neither base64 in ASCII, nor JSON in that
        return None
    whole = isinstance(said, dict) and type(said.get("number")) is int
    words = ("algorithm", "challenge", "salt", "signature")
    return said if whole and all(isinstance(said.get(word), str) for word in words) else None
