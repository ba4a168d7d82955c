"""The words of dates, from the data files: which words stand at a token, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from dadkhah import bundled
from dadkhah.dates.tokens import Token, tokens

__all__ = ["Phrase", "data", "phrases_at"]

Phrase = tuple[tuple[str, ...], str, Any]
# Sorani joins a month to its year with ی.
_SORANI: Final = re.compile("[ەێۆڵڕ]")
_ARABIC: Final = "\u0600"  # Arabic writes "and" as a letter of the word after it
_SKIPPED: Final = frozenset({"-", ".", "\u2010", "\u2011"})


@cache
def data(name: str) -> Any:
    """Read one of the room's data files, by name without ending."""
    return bundled.read("dadkhah.dates", f"data/{name}.yaml")


def _entries() -> Iterator[tuple[str, str, Any]]:
    """Yield every written form with its category and value."""
    for calendar, months in data("months").items():
        for number, names in months.items():
            for name in names:
                yield name, "month", (calendar, number)
                if _SORANI.search(name):
                    yield f"{name}ی", "month", (calendar, number)
                if calendar == "gregorian" and name > _ARABIC:
                    yield f"و{name}", "and_month", (calendar, number)
    for category, words in data("words").items():
        if isinstance(words, list):
            yield from ((word, category, word) for word in words)
        else:
            for value, forms in words.items():
                yield from ((form, category, value) for form in forms)


def _folds(form: str) -> tuple[str, ...]:
    cut = tuple(token.fold for token in tokens(form))
    return cut if len(cut) == 1 else tuple(fold for fold in cut if fold not in _SKIPPED)


@cache
def _index() -> dict[str, list[Phrase]]:
    """Index the phrases by their first word, longest first."""
    index: dict[str, list[Phrase]] = {}
    for form, category, value in _entries():
        folds = _folds(form)
        index.setdefault(folds[0], []).append((folds, category, value))
    for phrases in index.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return index


def _phrase_end(cut: Sequence[Token], at: int, folds: tuple[str, ...]) -> int | None:
    """Give the token after the phrase when it stands here; hyphens and dots inside it are free."""
    for position, fold in enumerate(folds):
        while position and at < len(cut) and cut[at].fold in _SKIPPED:
            at += 1
        if at >= len(cut) or cut[at].fold != fold:
            return None
        at += 1
    return at


def phrases_at(cut: Sequence[Token], at: int) -> dict[str, tuple[int, tuple[Any, ...]]]:
    """Give, per category, where its longest phrase at this token ends, and what it can mean."""
    found: dict[str, tuple[int, tuple[Any, ...]]] = {}
    for folds, category, value in _index().get(cut[at].fold, ()):
        end = _phrase_end(cut, at, folds)
        if end is None:
            continue
        known = found.get(category)
        if known is None:
            found[category] = (end, (value,))
        elif known[0] == end and value not in known[1]:
            found[category] = (end, (*known[1], value))
    return found
