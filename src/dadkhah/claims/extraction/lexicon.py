"""Words and patterns of one language, read from data and made into regular expressions."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from dadkhah import bundled
from dadkhah.claims.extraction.surface import level

__all__ = ["LANGUAGES", "Lexicon", "grammar", "lexicon", "one_of", "run_on", "word", "words_in"]

LANGUAGES: Final = ("en", "fa")

_START: Final = r"(?<![\w\u200c])"
_END: Final = r"(?!\w)"
_ARABIC: Final = re.compile("[\u0620-\u06ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of one language; `data` is the file as it is, levelled like the text."""

    language: str
    data: Mapping[str, Any]

    def words(self, *path: str) -> tuple[str, ...]:
        """Give the words of one list, by the path of its keys."""
        found: Any = self.data
        for key in path:
            found = found[key]
        return tuple(str(item) for item in found)


@functools.cache
def lexicon(language: str) -> Lexicon:
    """Read the lexicon of a language; a language without one is read with the English words."""
    name = language if language in LANGUAGES else "en"
    folder = resources.files("dadkhah.claims").joinpath("data")
    text = folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Lexicon(language=name, data=bundled.parse(_level_letters(text)))


def _level_letters(text: str) -> str:
    # Line breaks carry meaning in the file and none in a passage.
    return "\n".join(level(line) for line in text.split("\n"))


def word(text: str) -> str:
    """Write a word as a pattern: a space is spaces or joiners, a joiner may be missing.

    Between letters of the Arabic script the space may be missing too: much text has lost its
    joiners on the way ("قتلعام", "دستهجمعی").
    """
    parts = [re.escape(part).replace("\u200c", r"\u200c*") for part in text.split()]
    return (r"[ \u200c]*" if _ARABIC.search(text) else r"[ \u200c]+").join(parts)


def one_of(words: Iterable[str], *, before: Iterable[str] = ()) -> str:
    """Write a pattern for any of these whole words, longest first, in capitals or not.

    Args:
        before: words that may follow with no space between, as "تن" does in "هزارتن".
    """
    return _one_of(tuple(words), tuple(before))


@functools.cache
def _one_of(words: tuple[str, ...], before: tuple[str, ...]) -> str:
    if not words:
        return r"(?!)"
    longest_first = sorted(set(words), key=lambda item: (-len(item), item))
    end = f"(?:{_END}|(?={run_on(before)}))" if before else _END
    return f"{_START}(?i:{'|'.join(word(item) for item in longest_first)}){end}"


def run_on(words: Iterable[str]) -> str:
    """Write a pattern for any of these words, whatever stands before them."""
    longest_first = sorted(set(words), key=lambda item: (-len(item), item))
    return (
        f"(?i:{'|'.join(word(item) for item in longest_first)}){_END}" if longest_first else "(?!)"
    )


@functools.cache
def _compiled(language: str, path: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(one_of(lexicon(language).words(*path)))


def words_in(text: str, language: str, *path: str) -> list[re.Match[str]]:
    """Find every word of one list in a levelled text."""
    return list(_compiled(language, path).finditer(text))


_SLOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("counted", "people"),
    "stops": ("counted", "stops"),
    "leads": ("durations", "leads"),
    "took_place": ("took_place",),
    "negations": ("negations",),
}
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")


@functools.cache
def grammar(language: str, name: str) -> re.Pattern[str]:
    """Give one pattern of the grammar, its slots filled with the words of their lists."""
    words = lexicon(language)
    pattern = str(words.data["grammar"][name])
    return re.compile(_SLOT.sub(lambda slot: one_of(words.words(*_SLOTS[slot[1]])), pattern))
