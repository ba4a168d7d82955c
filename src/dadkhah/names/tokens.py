"""Cut a name into written words, and join what one word is often written as two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dadkhah.names import lexicon
from dadkhah.names.fold import is_arabic, letters, writes_c_for_j
from dadkhah.text import clean

__all__ = [
    "LETTER_GROUPS",
    "SPELLED_LETTERS",
    "Token",
    "join_compounds",
    "shapes",
    "token_letters",
    "tokens",
]

_MARKS: Final = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_QUOTES: Final = "'’‘ʻʼ`´′ʹ"
_TOKEN: Final = re.compile(f"[^\\W\\d_](?:[^\\W\\d_]|[{_MARKS}{_QUOTES}](?=\\w)|[{_MARKS}])*")
_BRACKETED: Final = re.compile(r"[(\[{«“\"]([^()\[\]{}«»“”\"]*)[)\]}»”\"]")
_INNER_SIGN: Final = re.compile(f"[{_QUOTES}ʿʾ]")
_ALLAH: Final = frozenset(
    {"الله", "اله", "لله", "اللهی", "allah", "ollah", "ullah", "olah", "elah", "illah", "ollahi",
     "allahi", "ullahi"}
)  # fmt: skip
# Styles that begin a name when they are joined to it by a hyphen or a joiner.
_BEGINNINGS: Final = frozenset(
    {"ملا", "میر", "حاجی", "حاج", "میرزا", "شیخ", "خان", "molla", "mulla", "mir", "haji", "hajji",
     "hadji", "haj", "mirza", "sheikh", "sheykh", "khan"}
)  # fmt: skip
# Words that Allah begins rather than ends: Allah-yar, Allah-verdi, Allah-dad.
_AFTER_ALLAH: Final = re.compile(
    "(?:یاری?|ور?دی|داد|مراد|قلی|کرم|بخش|yari?|v[ae]r[dt]i|dad|morad|gh?oli|quli|karam|bakhsh)$"
)
_DIN: Final = frozenset({"الدین", "aldin", "eddin", "uddin", "aldeen", "eldin", "oddin"})
_ARTICLE: Final = frozenset({"al", "el", "ol", "ul", "ال"})
_SUN_ARTICLE: Final = re.compile("^[aeou](?:[rnstdz]|sh|th|dh)$")
_ABD: Final = re.compile("^(?:abd|abd[aeou]l?|abd[ou][rsznd]|عبد|عبدال)$")
_SEYYED: Final = re.compile("(?:سید|seyy?ed)(?=[^\\Wیهeiy][^\\W]{2})(?!ان$|زاده)")
_DIN_WORD: Final = frozenset({"din", "deen", "dine", "دین"})
# Persian spells the letter alef as a word where Latin writes "A."
SPELLED_LETTERS: Final = {"الف": "ا"}
LETTER_GROUPS: Final = frozenset({"sh", "kh", "gh", "ch", "zh"})
# What follows a silent h in a word of relation: کاوه ای.
_RELATION: Final = frozenset({"ای", "یی"})
_SHAPES: Final = (
    _RELATION | _ALLAH | _DIN | _ARTICLE | _DIN_WORD | LETTER_GROUPS | frozenset(SPELLED_LETTERS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One written word: its letters (rules 1 to 3 of the fold) and the sign before it."""

    written: str
    letters: str
    before: str = " "


def tokens(text: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Cut a name into words: those of the name, and those in brackets or quotation marks."""
    cleaned = clean(text)
    aside = " ".join(_BRACKETED.findall(cleaned))
    main = _BRACKETED.sub(" ", cleaned) if aside else cleaned
    return _cut(main), _cut(aside)


@lru_cache(maxsize=1 << 17)
def token_letters(written: str, c_for_j: bool = False) -> str:
    """Give the letters of one written word without apostrophes."""
    return _INNER_SIGN.sub("", letters(written, c_for_j=c_for_j))


def _cut(text: str) -> tuple[Token, ...]:
    """Cut a text at everything that is not a letter, noting commas, hyphens and dots."""
    found: list[Token] = []
    end = 0
    c_for_j = writes_c_for_j(text)
    for match in _TOKEN.finditer(text):
        written = match.group()
        gap = text[end : match.start()]
        plain = token_letters(written, c_for_j)
        sign = next((mark for mark in ",،-.\u200c" if mark in gap), " ")
        end = match.end()
        sign = "," if sign == "،" else sign
        found += _unstyled(written, plain, sign)
    return tuple(found)


def shapes(letters: str) -> bool:
    """Say whether a word, by its letters alone, is joined to others or parted."""
    return letters in _SHAPES or any(found.match(letters) for found in (_ABD, _SEYYED))


def _unstyled(written: str, plain: str, before: str) -> list[Token]:
    """Part a Seyyed that is written together with the given name."""
    style = _SEYYED.match(plain)
    if style is None or len(plain) != len(written):
        return [Token(written=written, letters=plain, before=before)]
    cut = style.end()
    return [
        Token(written=written[:cut], letters=plain[:cut], before=before),
        Token(written=written[cut:], letters=plain[cut:], before=""),
    ]


def _glue(left: Token, right: Token, middle: str = "") -> Token:
    """Join two tokens into one, as written and as letters."""
    sign = {"-": "-", "\u200c": "\u200c", "": ""}.get(right.before, " ")
    return Token(
        written=f"{left.written}{sign}{right.written}",
        letters=left.letters + middle + right.letters,
        before=left.before,
    )


def join_compounds(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Join what is one word: Abd al-X, X Allah, X al-Din, X-zadeh, Pour-X; drop free articles."""
    joined: list[Token] = []
    waiting: Token | None = None
    for place, token in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if waiting is not None:
            if _is_article(token, following):
                continue
            joined.append(_glue(waiting, token, "o" if waiting.letters == "abd" else ""))
            waiting = None
        elif following is not None and _opens(token, place, len(found)):
            waiting = token
        elif _is_article(token, following) and following is not None:
            if following.letters in _DIN_WORD and joined:
                joined[-1] = _glue(joined[-1], token)
        elif following is not None and _begins_with_allah(token, following):
            waiting = token
        elif joined and (_closes(token, joined[-1]) or _joined_style(joined[-1], token)):
            joined[-1] = _glue(joined[-1], token)
        else:
            joined.append(token)
    return tuple(joined)


def _is_article(token: Token, following: Token | None) -> bool:
    """Say whether a token is the Arabic article standing free before a word."""
    if following is None:
        return False
    if token.letters in _ARTICLE:
        return token.written not in ("آل", "Al") or following.before == "-"
    return (
        following.before == "-"
        and _SUN_ARTICLE.match(token.letters) is not None
        and following.letters.startswith(token.letters[1:])
    )


def _opens(token: Token, place: int, count: int) -> bool:
    """Say whether a token begins a word whose rest stands apart."""
    if _ABD.match(token.letters):
        return True
    return token.letters in lexicon.forms("prefix") and ((place == 1 and count > 2) or place == 0)


def _joined_style(style: Token, token: Token) -> bool:
    """Say whether a style is written as one word with what follows: Mir-Hosseini, ملا‌زهی."""
    return token.before in ("\u200c", "-") and style.letters in _BEGINNINGS


def _begins_with_allah(token: Token, following: Token) -> bool:
    """Say whether a free Allah belongs to the word after it (Allah Yari)."""
    return token.letters in _ALLAH and _AFTER_ALLAH.match(following.letters) is not None


def _closes(token: Token, before: Token) -> bool:
    """Say whether a token ends the word before it."""
    if token.letters in _ALLAH or token.letters in _DIN or token.letters in _DIN_WORD:
        return is_arabic(token.letters) == is_arabic(before.letters)
    if token.letters in _RELATION:
        return before.letters.endswith("ه")
    return token.letters in lexicon.forms("suffix") and len(before.letters) > 1
