"""What a personal name looks like in running text, as a pattern for each language."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Final

from dadkhah.claims.extraction.lexicon import lexicon, one_of, word
from dadkhah.claims.extraction.surface import level

__all__ = ["given_name", "known_name", "name_pattern", "plausible", "title_pattern"]

_CAPITAL: Final = r"[A-Z\u00c0-\u00de\u0150-\u017d](?:[^\W\d_]|'(?!s\b)|-(?=\w))*"
_INITIAL: Final = r"[A-Z]\."
_PARTICLE: Final = r"(?:(?:al|ol|el|ibn|bin|bint|ebn|e|van|von|de)[ -])?"
_LETTERS: Final = r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]+"
# What a Persian family name often ends in; a word after the first needs one of these or a joiner.
_FAMILY: Final = (
    r"(?:ی|زاده|پور|نژاد|نیا|یان|فر|لو|وند|چی|مهر|راد|خواه|دوست|پناه|منش|کیا|تبار|ان|اد|ور)"
)


def title_pattern(language: str) -> str:
    """Give the pattern of a title before a name."""
    return one_of(lexicon(language).words("titles")) + r"\.?"


@functools.cache
def name_pattern(language: str, *, titled: bool = False) -> str:
    """Give the pattern of a personal name, without a group.

    Args:
        titled: a title or a post stands before it, so that one word is enough.
    """
    if language == "fa":
        return _persian(titled)
    words = lexicon(language)
    barred_words = (*words.words("not_names"), *words.words("titles"))
    stop = "|".join(word(item) for item in barred_words)
    months = "|".join(words.words("months"))
    # A stop word is a whole word: "One" is no name, "Oneida" may be.
    # A month may be a given name: "Bahman Sattari", but not "14 Bahman".
    barred = rf"(?!(?:{stop})(?![\w'-]))(?!(?:{months})(?! [A-Z])(?![\w'-]))(?<!\d )"
    first = rf"{barred}(?:{_INITIAL}|{_CAPITAL})"
    more = rf" {_PARTICLE}{barred}(?:{_INITIAL}|{_CAPITAL})"
    least = 0 if titled else 1
    return rf"(?<![\w-]){first}(?:{more}){{{least},3}}(?![\w-])"


def _persian(titled: bool) -> str:
    stop = "|".join(word(item) for item in lexicon("fa").words("not_names"))
    # "آمده است" that lost its space is a verb
    barred = rf"(?!(?:{stop})(?![\w\u200c]))(?!\w*ه(?:است|اند)(?!\w))"
    first = rf"(?<![\w\u200c]){barred}{_LETTERS}(?:\u200c{_LETTERS})*"
    ending = rf"{_LETTERS}(?:\u200c{_LETTERS})*(?<={_ends()})"
    more = rf" {barred}{ending}(?![\w\u200c])"
    return rf"{first}(?:{more}){{0,2}}" if titled else rf"{first}(?:{more}){{1,2}}"


@functools.cache
def given_name() -> str:
    """Give the pattern of a common Persian given name, as the names room lists them."""
    listed = resources.files("dadkhah.names").joinpath("data/given.tsv").read_text("utf-8")
    lines = (level(line) for line in listed.splitlines() if not line.startswith("#"))
    return one_of(item for line in lines for item in line.split())


def known_name() -> str:
    """Give the pattern of a Persian name that needs nothing beside it: given name and family."""
    return rf"(?={given_name()}){_persian(titled=False)}"


def _ends() -> str:
    # A lookbehind needs one width: the last letter is enough to turn verbs and particles away.
    return "[یدرنوهاحشتمسلقبغفکزژ]"


def plausible(text: str, language: str) -> bool:
    """Say whether words in the place of a name can be one: no word of posts, bodies or acts."""
    even = " ".join(text.replace("\u200c", " ").split())
    words = lexicon(language)
    if len(even) < 2 or re.fullmatch(one_of(words.words("posts", "heads")), even):
        return False
    return not re.search(one_of(words.words("organisations")), even)
