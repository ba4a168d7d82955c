"""Plain words: those of a name that nothing shapes, so that it is read word by word from memory.

Most names hold only such words: no style, no marker, no ending that is written apart, no sign. A
case of a million names has few distinct words, and each is looked at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from dadkhah.names import lexicon
from dadkhah.names.fold import fold_word, writes_c_for_j
from dadkhah.names.tokens import shapes, token_letters
from dadkhah.text import clean

__all__ = ["PlainWord", "is_plain", "plain_words"]

_SHAPING: Final = (
    "title", "honorific", "child", "known_as", "kunya", "order", "prefix", "suffix",
    "unidentified", "neutral", "relative", "remark", "child_after",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainWord:
    """One word as written, its letters (rules 1 to 3 of the fold), and folded."""

    written: str
    letters: str
    folded: str


@cache
def _shaping() -> frozenset[str]:
    """Give the words that may begin what the lexicon knows to shape a name."""
    return frozenset(form.split()[0] for kind in _SHAPING for form in lexicon.forms(kind))


@lru_cache(maxsize=1 << 17)
def _plain_word(written: str) -> PlainWord | None:
    """Look at one word: what it is when it is plain, else nothing."""
    if not written.isalpha() or writes_c_for_j(written) or clean(written) != written:
        return None
    letters = token_letters(written)
    if len(letters) < 2 or letters in _shaping() or shapes(letters):
        return None
    folded = fold_word(letters)
    return PlainWord(written=written, letters=letters, folded=folded) if folded else None


def is_plain(written: str) -> bool:
    """Say whether a word is plain."""
    return _plain_word(written) is not None


def plain_words(text: str) -> tuple[PlainWord, ...]:
    """Give the words of a name when all of them are plain, else ()."""
    found = []
    for written in text.split(" "):
        word = _plain_word(written)
        if word is None:
            return ()
        found.append(word)
    return tuple(found)
