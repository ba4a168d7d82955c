"""The report's own words, and numbers as each language writes them."""

from __future__ import annotations

import functools
from typing import Any

from dadkhah import bundled, dates
from dadkhah.text import to_persian_numbers

__all__ = ["decimal", "figure", "moment", "percent", "say", "words"]


@functools.cache
def words() -> dict[str, dict[str, str]]:
    """Every label and sentence, by key and language."""
    loaded: dict[str, dict[str, str]] = bundled.read("dadkhah.estimate.document", "words.yaml")
    return loaded


def say(key: str, language: str, **values: object) -> str:
    """One sentence or label, filled in; what comes from outside keeps its own direction."""
    apart = {name: f"\u2068{value}\u2069" for name, value in values.items()}
    return words()[key][language].format(**(apart if language == "fa" else values))


def figure(value: Any, language: str) -> str:
    """A number as the language writes it; nothing for what is open."""
    if value is None:
        return say("open", language)
    text = f"{float(value):,.0f}"
    return to_persian_numbers(text) if language == "fa" else text


def decimal(value: Any, language: str) -> str:
    """A number with two decimals; a dash for none."""
    if value is None:
        return "-"
    text = f"{float(value):.2f}"
    return to_persian_numbers(text) if language == "fa" else text


def percent(value: Any, language: str) -> str:
    """A share in whole per cent."""
    text = f"{float(value or 0.0):.0%}"
    return to_persian_numbers(text) if language == "fa" else text


def moment(at: str, language: str) -> str:
    """A time of the log: the day in the language's calendar, and the minute in UTC."""
    day, _, clock = at.partition("T")
    shown = f"{dates.display(day, language)}, {clock[:5]} UTC"
    return to_persian_numbers(shown).replace(",", "،") if language == "fa" else shown
