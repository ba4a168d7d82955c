"""Finding the places that stand in running text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dadkhah.places.gazetteer import Gazetteer
from dadkhah.places.tokens import Word, words
from dadkhah.places.values import FoundPlace, Part
from dadkhah.places.vocabulary import word_set
from dadkhah.places.written import assembled, part_at

__all__ = ["find"]

_SHORT: Final = 3
_PIECES: Final = 6


def find(text: str, gazetteer: Gazetteer | None = None) -> list[FoundPlace]:
    """Find every place of the gazetteer in running text, with the kind and larger place beside it.

    A Latin name must have a capital; a short name in Arabic script needs a word before it that
    leads to a place. Linear in the length of the text.
    """
    held = gazetteer or Gazetteer.packaged()
    cut = words(text)
    found: list[FoundPlace] = []
    at = 0
    while at < len(cut):
        run = _run(cut, at, held)
        if run is None:
            at += 1
            continue
        start, end = cut[run[0].start].start, cut[run[-1].end - 1].end
        found.append(
            FoundPlace(start=start, end=end, place=assembled(text[start:end], run, "", held))
        )
        at = run[-1].end
    return found


def _run(cut: Sequence[Word], at: int, gazetteer: Gazetteer) -> list[Part] | None:
    """Give the pieces of one place that begins at a word: kind and name, then larger places."""
    first = part_at(cut, at, gazetteer)
    if first is None or not _stands(cut, first):
        return None
    run = [first]
    while len(run) < _PIECES:
        part = _next(cut, run[-1].end, gazetteer)
        if part is None or not _stands(cut, part) or not _joins(run, part, gazetteer):
            break
        run.append(part)
    while run and not (run[-1].ids or run[-1].whole or run[-1].level):
        run.pop()
    return run if any(part.ids or part.whole for part in run) else None


def _next(cut: Sequence[Word], at: int, gazetteer: Gazetteer) -> Part | None:
    """Give the piece after at most three words that may stand between two."""
    for step in range(4):
        if at + step >= len(cut):
            return None
        part = part_at(cut, at + step, gazetteer)
        if part is not None:
            return part
        if cut[at + step].fold not in word_set("between") or cut[at + step].fold == "و":
            return None
    return None


def _joins(run: list[Part], part: Part, gazetteer: Gazetteer) -> bool:
    """Say whether a piece belongs to the place before it: its kind, or what it lies in."""
    named = [item for held in run for item in held.ids]
    if part.whole or run[0].whole:
        return False
    if part.level:
        return not any(held.level for held in run) and part.start == run[-1].end
    if not named:
        return True
    places = gazetteer.places
    return any(
        item in places[other].within or item == other for other in named for item in part.ids
    )


def _stands(cut: Sequence[Word], part: Part) -> bool:
    """Say whether a name in running text is a place there, and not another word."""
    if not part.ids:
        return True
    first = cut[part.start]
    latin = first.fold.isascii() and first.fold.isalpha()
    if latin:
        return first.capital
    short = part.end - part.start == 1 and len(first.fold) <= _SHORT
    return not short or (part.start > 0 and cut[part.start - 1].fold in word_set("cues"))
