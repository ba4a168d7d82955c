"""Where sentences begin and end, in English, Persian and Arabic."""

from __future__ import annotations

import functools
import re
from typing import Final

from dadkhah.sources.language import lexicon

__all__ = ["LONGEST", "sentences"]

LONGEST: Final = 1_500
"""Characters after which a text without full stops is cut at a lesser mark."""

_END: Final = re.compile(r"(?<![.!?؟۔])(?:[.!?؟۔]++|…)[\"'”’»)\]]*(?=\s)")
_LESSER: Final = re.compile(r"[؛;:،,]\s|\s")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"'“‘«]*$")
_AHEAD: Final = 30
_LETTER: Final = re.compile(r"[^\W\d_]")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch of text into sentences.

    A full stop ends none after an abbreviation ("Mr.", "ه. ش."), an initial, or before a small
    letter; "؟", "۔" and "!" end one as they stand; "؛" and ";" part clauses of one sentence and
    end none, but where a sentence runs past LONGEST characters.

    Args:
        start, end: characters of the text to look at.

    Returns: start and end of each, white space at the edges left out; together they hold every
        character of the stretch that is not white space.
    """
    cuts = []
    begin = start
    for found in _END.finditer(text, start, end):
        if _ends(text, begin, found, end):
            cuts.append((begin, found.end()))
            begin = found.end()
    cuts.append((begin, end))
    pieces = [piece for cut in cuts for piece in _shorter(text, *cut)]
    trimmed = [_trim(text, *piece) for piece in pieces]
    return [(first, last) for first, last in trimmed if first < last]


def _ends(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    following = text[found.end() : min(end, found.end() + _AHEAD)].lstrip().lstrip("\"'“‘«([")
    if not following:
        return True
    mark = text[found.start()]
    if following[0].islower():
        return False
    if mark != "." or found.group().startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(begin, found.start() - _AHEAD), found.start())
    last = word.group().casefold() if word else ""
    return not (last in _abbreviations() or (len(last) == 1 and _LETTER.match(last) is not None))


@functools.cache
def _abbreviations() -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("abbreviations")["words"])


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > LONGEST:
        marks = [found.end() for found in _LESSER.finditer(text, start + 1, start + LONGEST)]
        strong = [place for place in marks if not text[place - 2].isalnum()]
        cut = (strong or marks or [start + LONGEST])[-1]
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
