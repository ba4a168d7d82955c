"""Figures said in passing of a larger one: "4,500 prisoners, among them 30 women, were killed"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from dadkhah.claims.extraction.lexicon import grammar
from dadkhah.claims.extraction.sentences import Sentence

__all__ = ["aside", "is_whole", "without"]

_BEFORE: Final = 40
_CLOSED: Final = re.compile(r"[^,;.()،؛]{0,60}?(?:[,،)]|(?= - )|(?=[.]?$))")

Span = tuple[int, int]


def aside(sentence: Sentence, start: int, end: int, last: Span | None) -> Span | None:
    """Give the aside in which a figure stands, from its leading words to where it closes.

    Args:
        start, end: the figure with the words for what it counts.
        last: the aside of the figure before it, which "and 12 children" goes on with.
    """
    text, language = sentence.text, sentence.language
    if last and grammar(language, "listed").fullmatch(text, last[1] - 1, start):
        return last[0], _close(sentence, end)
    if last and grammar(language, "next_place").fullmatch(text, min(last[1], start), start):
        return last[0], _close(sentence, end)
    lead = grammar(language, "aside").search(text, max(0, start - _BEFORE), start)
    if not lead:
        return None
    return lead.start(), _close(sentence, end) if lead["opens"] else end


def _close(sentence: Sentence, end: int) -> int:
    """Find where an aside ends: at the mark that closes it, or where nothing but it is left."""
    closed = _CLOSED.match(sentence.text, end)
    if closed and not grammar(sentence.language, "finite").search(closed[0]):
        return closed.end()
    return end


def is_whole(sentence: Sentence, start: int, end: int, after: int | None) -> bool:
    """Say whether a figure only tells of how many the next was a part: "Of the 180 ..., 142"."""
    if after is None or after - end > 2 * _BEFORE:
        return False
    before = sentence.text[max(0, start - _BEFORE) : start]
    return bool(grammar(sentence.language, "out_of_all").search(before))


def without(sentence: Sentence, start: int, end: int, left_out: Iterable[Span]) -> str:
    """Give the words of a stretch without the asides in it."""
    text = list(sentence.text[start:end])
    for first, last in left_out:
        if start <= first and last <= end:
            text[first - start : last - start] = [""] * (last - first)
    return "".join(text)
