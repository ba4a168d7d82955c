"""Read settings from the environment, and say clearly what is wrong with a bad one."""

from __future__ import annotations

import os
from pathlib import Path

from dadkhah.errors import SettingError

__all__ = ["flag", "listed", "recipients", "secret", "text", "whole_number"]


def text(name: str, default: str = "") -> str:
    """Read a text setting."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Read a yes-or-no setting: 1, true, yes, on or 0, false, no, off.

    Raises:
        SettingError: any other word.
    """
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(
        "setting-flag", "This setting is yes or no.", where=name, todo="Write true or false."
    )


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number between two bounds.

    Raises:
        SettingError: not a whole number, or outside the bounds.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(
            "setting-number",
            f"This setting is a whole number from {least} to {most}.",
            where=name,
        )
    return int(value)


def listed(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Read a list, separated by commas."""
    value = os.environ.get(name, "")
    return [item.strip() for item in value.split(",") if item.strip()] or list(default)


def recipients(name: str) -> list[str]:
    """Read a list of age public keys, separated by commas.

    Raises:
        SettingError: one of them is no such key.
    """
    from pyrage import RecipientError, x25519

    found = listed(name)
    for place, one in enumerate(found, start=1):
        try:
            x25519.Recipient.from_str(one)
        except RecipientError as error:
            raise SettingError(
                "setting-recipient",
                "This is not the public key of an age recipient.",
                where=f"{name}, number {place}",
                todo="Write the line age1... that age-keygen showed; never the secret one.",
            ) from error
    return found


def secret(name: str) -> str:
    """Read a secret from NAME, or from the file that NAME_FILE points to.

    Raises:
        SettingError: both are given, or the file cannot be read.
    """
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and path:
        raise SettingError("setting-twice", "Give the secret once.", where=f"{name}, {name}_FILE")
    if not path:
        return value
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(
            "setting-file", "The file of this secret cannot be read.", where=f"{name}_FILE"
        ) from error
