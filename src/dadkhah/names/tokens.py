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
# In Sorani older texts write ە as ه with a joiner after it; two in one word are no Persian.
_SORANI: Final = re.compile(r"(?<!\S)\S{1,2}ه\u200c\S*ه\u200c")
_TOKEN_SORANI: Final = re.compile(f"(?:{_TOKEN.pattern}|(?<=ه)\u200c(?=\\w))+")
_JOINED_HEH: Final = re.compile("ه\u200c")
# A name in single quotation marks, which are letters (ayn, hamza) elsewhere.
_QUOTED: Final = re.compile("(?<=[^\\W\\d_] )['‘]([^\\W\\d_][^'’‘\\s]{3,})['’](?!\\w)")
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
_FAMILY_OF_TWO: Final = 3  # words of a name in which oğlu ends a family name: Reza Hasan Oghli
_DIN_WORD: Final = frozenset({"din", "deen", "dine", "دین"})
# Persian spells the letter alef as a word where Latin writes "A."
SPELLED_LETTERS: Final = {"الف": "ا"}
LETTER_GROUPS: Final = frozenset({"sh", "kh", "gh", "ch", "zh"})
# A sheikh who is none: Sheikholeslami, written apart.
_SHEIKH: Final = frozenset({"شیخ", "sheikh", "sheykh", "shaykh", "sheik"})
_ISLAM: Final = re.compile("^(?:ال)?(?:[ei]slam|اسلام)")
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


def tokens(text: str) -> tuple[tuple[Token, ...], tuple[tuple[Token, ...], ...]]:
    """Cut a name into words: those of the name, and those in each bracket or quotation."""
    cleaned = _QUOTED.sub(r"(\1)", clean(text))
    asides = _BRACKETED.findall(cleaned)
    main = _BRACKETED.sub(" ", cleaned) if asides else cleaned
    return _cut(main), tuple(_cut(aside) for aside in asides)


@lru_cache(maxsize=1 << 17)
def token_letters(written: str, c_for_j: bool = False) -> str:
    """Give the letters of one written word without apostrophes."""
    return _INNER_SIGN.sub("", letters(written, c_for_j=c_for_j))


def _cut(text: str) -> tuple[Token, ...]:
    """Cut a text at everything that is not a letter, noting commas, hyphens and dots."""
    found: list[Token] = []
    end = 0
    c_for_j = writes_c_for_j(text)
    sorani = "\u200c" in text and _SORANI.search(text) is not None
    for match in (_TOKEN_SORANI if sorani else _TOKEN).finditer(text):
        written = match.group()
        gap = text[end : match.start()]
        spelt = _JOINED_HEH.sub("ە", written) if sorani else written
        plain = token_letters(spelt, c_for_j)
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
            joined.append(_glue(waiting, token, _article_of(waiting, token)))
            waiting = None
        elif following is not None and _opens(found, place):
            waiting = token
        elif _is_article(token, following) and following is not None:
            if following.letters in _DIN_WORD and joined:
                joined[-1] = _glue(joined[-1], token)
        elif following is not None and _begins_with_allah(token, following):
            waiting = token
        elif joined and _related(token, joined[-1]):
            joined[-1] = _relate(joined[-1], token)
        elif joined and _closes(token, joined[-1], len(found)):
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


def _opens(found: tuple[Token, ...], place: int) -> bool:
    """Say whether a token begins a word whose rest stands apart."""
    token, count = found[place], len(found)
    if _ABD.match(token.letters) or _is_sheikholeslam(found[place:]):
        return True
    return token.letters in lexicon.forms("prefix") and ((place == 1 and count > 2) or place == 0)


def _is_sheikholeslam(found: tuple[Token, ...]) -> bool:
    """Say whether tokens begin with Sheikh ol-Eslam, written apart."""
    if found[0].letters not in _SHEIKH:
        return False
    after = 2 if found[1].letters in _ARTICLE else 1
    arabic = found[1].letters.startswith("ال")
    return (
        (after == 2 or arabic) and len(found) > after and bool(_ISLAM.match(found[after].letters))
    )


def _article_of(left: Token, right: Token) -> str:
    """Give the vowel, or the article, that Latin puts between two parts of one word."""
    if left.letters == "abd":
        return "o"
    return "ol" if left.letters in _SHEIKH and not is_arabic(right.letters) else ""


def _related(token: Token, before: Token) -> bool:
    """Say whether a token is the ending of relation after a silent h: کاوه ای."""
    return token.letters in _RELATION and before.letters.endswith("ه")


def _relate(before: Token, token: Token) -> Token:
    """Join the ending of relation: the silent h is the vowel ە."""
    glued = _glue(before, token)
    return Token(written=glued.written, letters=before.letters[:-1] + "ەی", before=glued.before)


def _joined_style(style: Token, token: Token) -> bool:
    """Say whether a style is written as one word with what follows: Mir-Hosseini, ملا‌زهی."""
    return token.before in ("\u200c", "-") and style.letters in _BEGINNINGS


def _begins_with_allah(token: Token, following: Token) -> bool:
    """Say whether a free Allah belongs to the word after it (Allah Yari)."""
    return token.letters in _ALLAH and _AFTER_ALLAH.match(following.letters) is not None


def _closes(token: Token, before: Token, count: int) -> bool:
    """Say whether a token ends the word before it, in a name of so many."""
    if _joined_style(before, token):
        return True
    if token.letters in _ALLAH or token.letters in _DIN or token.letters in _DIN_WORD:
        return is_arabic(token.letters) == is_arabic(before.letters)
    if token.letters in lexicon.forms("child_after") and count > _FAMILY_OF_TWO:
        return False
    return token.letters in lexicon.forms("suffix") and len(before.letters) > 1
