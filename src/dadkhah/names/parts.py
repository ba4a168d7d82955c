"""The words of a name that are compared and looked for."""

from __future__ import annotations

from typing import Final

from dadkhah.names.nobody import is_unidentified
from dadkhah.names.reading import Part, units
from dadkhah.names.symbols import symbols

__all__ = ["MOST_WORDS", "word_parts"]

MOST_WORDS: Final = 8


def word_parts(text: str) -> tuple[Part, ...]:
    """Give the parts that are compared: none for an unidentified name, at most MOST_WORDS."""
    if is_unidentified(text):
        return ()
    return tuple([part for part in units(text) if symbols(part.folded)])[:MOST_WORDS]
