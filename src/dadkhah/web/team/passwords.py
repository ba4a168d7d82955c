"""Passwords that the program makes for somebody, to be changed by whoever is given one."""

from __future__ import annotations

import secrets
from typing import Final

__all__ = ["new_password"]

# no letter that is taken for another one when it is read aloud or copied by hand
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 5
_LETTERS: Final = 4


def new_password() -> str:
    """Make a password nobody guesses: five groups of four, 99 random bits.

    >>> len(new_password())
    24
    """
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS)
    )
