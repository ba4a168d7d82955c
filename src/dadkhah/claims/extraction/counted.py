"""What a figure is, and the words for what it counts."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from dadkhah.claims.extraction.lexicon import lexicon
from dadkhah.claims.extraction.numbers import Number

__all__ = ["INDIVIDUAL", "Figure", "even", "folded", "key", "unit_of"]

INDIVIDUAL: Final = "01"
_FAMILY: Final = "02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with the words for what it counts.

    `part` counts some of the figure before it, `whole` only says of how many another is a part,
    `refers` counts some of what the sentence before counted, `aside` is where a part said in
    passing stands.
    """

    number: Number
    counted_start: int
    counted_end: int
    counted: str
    unit: str
    people: bool
    part: bool = False
    whole: bool = False
    refers: bool = False
    aside: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """Where the figure begins, its hedge included."""
        return self.number.start


def unit_of(language: str, noun: str) -> str:
    """Give the unit (list 7) that a noun, written as `key` does, counts."""
    other = {key(k): v for k, v in lexicon(language).data["counted"]["other"].items()}
    if noun in other:
        return str(other[noun])
    return _FAMILY if noun in folded(language, "families") else INDIVIDUAL


def even(text: str) -> str:
    """Give a word in small letters with single spaces and no joiners."""
    return " ".join(str(text).replace("\u200c", " ").lower().split())


@functools.cache
def folded(language: str, group: str) -> frozenset[str]:
    """Give the words of one list of what is counted, written as `key` does."""
    return frozenset(key(item) for item in lexicon(language).words("counted", group))


def key(text: str) -> str:
    """Give a word without its spaces and joiners, which it may have lost on the way."""
    return even(text).replace(" ", "")
