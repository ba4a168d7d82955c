"""Who issued a source, by its lines: who signs at its foot, its masthead, its title's "by"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dadkhah.claims.extraction.lexicon import grammar, words_in
from dadkhah.claims.extraction.sentences import language_of
from dadkhah.claims.extraction.surface import level
from dadkhah.records import Passage

__all__ = ["Signed", "find"]

_LAST: Final = 8
_HEAD: Final = 4
_SIGNERS: Final = 4
_LONGEST: Final = 140

Signed = tuple[Passage, int, int]
"""A passage with the characters in it that name who issued the source."""


def find(lines: Sequence[Passage], date: int | None) -> tuple[list[Signed], bool]:
    """Find who issued a source: from its foot, else its masthead, else what its title says.

    Args:
        lines: the passages of the source, furniture left out.
        date: which of them is nothing but a date.

    Returns: where they are named, and whether these lines do nothing but sign.
    """
    told = next((at for at, line in enumerate(lines) if _tells(line)), len(lines))
    if date is None or date > told:
        foot = _foot(lines, len(lines) if date is None else date)
        if foot:
            return foot, True
    title = [named for line in lines[: min(told + 1, _HEAD)] if (named := _by(line))]
    if title:
        return title[:1], False
    head = [_whole(line) for line in lines[: min(told, _HEAD)] if _heads(line)]
    return (head[:1], True) if date is not None and date < told else ([], False)


def _tells(passage: Passage) -> bool:
    """Say whether a line is a sentence of the text."""
    return passage.anchor.quote.rstrip(" \"'”»)").endswith((".", "!", "?", "؟"))


def _foot(lines: Sequence[Passage], date: int) -> list[Signed]:
    """Take the lines just above the date that name a body and say nothing, else those below."""
    if date < len(lines) - 1 - _LAST:
        return []
    above = _run(lines[max(0, date - _SIGNERS) : date][::-1])[::-1]
    return above or _run(lines[date + 1 : date + 1 + _SIGNERS])


def _run(lines: Sequence[Passage]) -> list[Signed]:
    found: list[Signed] = []
    for line in lines:
        if not _is_signature(line):
            break
        found.append(_whole(line))
    return found


def _whole(passage: Passage) -> Signed:
    quote = passage.anchor.quote.strip()
    start = passage.anchor.quote.index(quote)
    return passage, start, start + len(quote)


def _is_signature(passage: Passage) -> bool:
    quote = level(passage.anchor.quote).strip()
    language = language_of(passage)
    if not quote or len(quote) > _LONGEST or quote[-1] in ".!?:؟" or len(quote.split()) > 16:
        return False
    if grammar(language, "genre").match(quote):
        return False
    if words_in(quote, language, "reports", "verbs") or re.search(
        r"\b(?:was|were|is|are|has|have)\b", quote
    ):
        return False
    return bool(words_in(quote, language, "organisations"))


def _heads(passage: Passage) -> bool:
    """Say whether a line above the date is a body's name: in capitals, or led by its kind."""
    quote, language = level(passage.anchor.quote).strip(), language_of(passage)
    return _is_signature(passage) and bool(grammar(language, "masthead").fullmatch(quote))


def _by(passage: Passage) -> Signed | None:
    """Read "Statement of the Association of Families", "Press release - X", "بیانیهٔ ..."."""
    quote, language = level(passage.anchor.quote), language_of(passage)
    match = grammar(language, "issued_by").match(quote) if len(quote) <= 2 * _LONGEST else None
    if not match:
        return None
    start, end = match.span(next(name for name, said in match.groupdict().items() if said))
    named = quote[start:end]
    if not words_in(named, language, "organisations") and not words_in(named, language, "signers"):
        return None
    return passage, start, end
