"""The site's own words, in English and Persian: data/words.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dadkhah import bundled
from dadkhah.text import to_persian_digits

__all__ = ["LANGUAGES", "choose", "counted", "digits", "grouped", "of"]

LANGUAGES: Final = ("fa", "en")


@functools.cache
def of(language: str) -> Mapping[str, str]:
    """Give every word of one language by its key."""
    place = 1 if language == "fa" else 0
    return MappingProxyType({key: row[place] for key, row in _rows().items()})


@functools.cache
def _rows() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = bundled.read("dadkhah.memorial", "data/words.yaml")
    return rows


def choose(said: Mapping[str, str], language: str) -> str:
    """Choose a text given in several languages; where this one is missing, one that is there."""
    return said.get(language) or next((text for text in said.values() if text), "")


def digits(text: object, language: str) -> str:
    """Write digits as the language does."""
    return to_persian_digits(str(text)) if language == "fa" else str(text)


def counted(word: str, count: int, language: str, *others: int) -> str:
    """Fill a count into one of the site's words, or into the one that is for one alone.

    Args:
        others: further counts, which decide nothing.
    """
    said = of(language)
    chosen = said.get(f"{word}_one", said[word]) if count == 1 else said[word]
    return chosen.format(*(grouped(each, language) for each in (count, *others)))


def grouped(count: int, language: str) -> str:
    """Write a whole number with its thousands apart."""
    return digits(f"{count:,}", language).replace(",", "٬" if language == "fa" else ",")
