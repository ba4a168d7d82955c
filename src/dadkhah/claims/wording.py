"""A number as words for people: "an estimated 18,000", with what its hedge means kept in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dadkhah.text import to_persian_numbers

__all__ = ["say"]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "": "{low}",
        "estimated": "an estimated {low}",
        "about": "about {low}",
        "at least": "at least {low}",
        "over": "more than {under}",
        "up to": "up to {high}",
        "fewer than": "fewer than {above}",
        "or": "{low} or {high}",
        "range": "{low} to {high}",
        "open": "{low} or more, by the size the words name",
        "no end": "{low} or more",
    },
    "fa": {
        "": "{low}",
        "estimated": "{low}، بنا بر برآورد",
        "about": "حدود {low}",
        "at least": "دست‌کم {low}",
        "over": "بیش از {under}",
        "up to": "تا {high}",
        "fewer than": "کمتر از {above}",
        "or": "{low} یا {high}",
        "range": "{low} تا {high}",
        "open": "{low} یا بیشتر، به اندازه‌ای که واژه‌ها می‌گویند",
        "no end": "{low} یا بیشتر",
    },
}


def say(value: Mapping[str, Any], language: str = "en") -> str:
    """Write the value of a number for people; the words of the source stand beside it, not in it.

    Args:
        value: `low`, `high` (None when open) and perhaps `hedge`, as a claim holds them.
        language: "en" or "fa"; any other is written in English.

    >>> say({"low": 18000, "high": 18000, "hedge": "estimated"})
    'an estimated 18,000'
    """
    words = _WORDS.get(language, _WORDS["en"])
    low, high = value["low"], value["high"]
    hedge = str(value.get("hedge", ""))
    if hedge not in words or (not hedge and low != high):
        hedge = "no end" if high is None else "range" if low != high else ""
    numbers = {
        "low": low,
        "high": high,
        "under": low - 1,
        "above": None if high is None else high + 1,
    }
    return words[hedge].format(**{k: _figure(n, language) for k, n in numbers.items()})


def _figure(number: int | None, language: str) -> str:
    text = "" if number is None else f"{number:,}"
    return to_persian_numbers(text) if language == "fa" else text
