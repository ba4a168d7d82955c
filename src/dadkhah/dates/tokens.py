"""Text cut into the tokens that dates are made of, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dadkhah.text import fold_letters

__all__ = ["Kind", "Token", "fold_word", "tokens"]

Kind = Literal["number", "numeric", "pair", "decade", "quantity", "word", "mark", "break"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what it is, where it stands, its folded text, and its numbers if it has any.

    `numbers` holds the value of a number, three parts of 1988-07-28, two of 1988-89, the first
    year of the 1980s; `digits` how many digits each was written with.
    """

    kind: Kind
    start: int
    end: int
    fold: str
    numbers: tuple[int, ...] = ()
    digits: tuple[int, ...] = ()
    ordinal: bool = False
    apostrophe: bool = False
    ascii: bool = True


# A date is never found inside another number, a code or an address: those are tokens of their own.
_TOKEN: Final = re.compile(
    r"""
    (?P<break>\n[^\S\n]*\n[^\S\n]*\n\s*)
  | (?P<address>https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.\S+)
  | (?P<code>[A-Za-z_@\#]{1,40}\d\w*|\d+(?:[-/.:]\d+){3,}|\d+[A-Za-z]*(?<!\d)\d\w*)
  | (?P<grouped>\d{1,3}(?:[,٬،'’.\u00a0\u202f]\d{3})+(?![\d]))
  | (?P<numeric>\d{1,4}(?P<sep>[-/.\u2010-\u2013\u2212])\d{1,2}(?P=sep)\d{1,4}(?!\d))
    (?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?
  | (?P<pair>(?:\d{4}\s?[-/\u2010-\u2014\u2212]\s?\d{4}|\d{4}[-/\u2010-\u2014\u2212]\d{1,2}
     |\d{1,2}/\d{4})(?!\d))
  | (?P<clock>\d{1,2}:\d\d(?::\d\d)?)
  | (?P<decimal>\d+[.٫]\d+)
  | (?P<decade>['’‘]?\d{2,4}['’]?s(?![A-Za-z]))
  | (?P<number>['’‘]?\d+)(?:(?P<ordinal>st|nd|rd|th|er)(?![a-z])|(?P<glued>[A-Za-z]\w*))?
  | (?P<word>[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640\u0300-\u036f]
             |['’ʿʾʻ`](?=[^\W\d_]))*)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_LATIN_MARKS: Final = re.compile("[\u0300-\u036f'’ʿʾʻ`]")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUANTITIES: Final = ("address", "code", "grouped", "clock", "decimal")


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Fold one word: letters as in `dadkhah.text`, then case, accents, apostrophes and madda."""
    folded = fold_letters(word).casefold().replace("\u200c", "").replace("آ", "ا")
    if folded.isascii():
        return folded.replace("'", "").replace("`", "")
    return _LATIN_MARKS.sub("", unicodedata.normalize("NFD", folded))


def _numeric(kind: Kind, found: re.Match[str], text: str) -> Token:
    parts = re.findall(r"\d+", text)[: {"numeric": 3, "pair": 2}.get(kind, 1)]
    return Token(
        kind,
        found.start(),
        found.end(),
        text,
        numbers=tuple(int(part) for part in parts),
        digits=tuple(len(part) for part in parts),
        ordinal=bool(found["ordinal"]),
        apostrophe=text[0] in "'’‘",
        ascii=text.isascii() or text[0] in "’‘" or "–" in text,
    )


def _token(found: re.Match[str]) -> Token:
    kind, text = found.lastgroup or "mark", found.group()
    if found["word"]:
        return Token("word", found.start(), found.end(), fold_word(text))
    if found["numeric"] or found["pair"] or found["decade"]:
        named: Kind = "numeric" if found["numeric"] else "pair" if found["pair"] else "decade"
        return _numeric(named, found, text)
    if found["number"] and not found["glued"] and sum(map(str.isdigit, text)) <= 9:
        return _numeric("number", found, text)
    if found["number"] or kind in _QUANTITIES:
        return Token("quantity", found.start(), found.end(), "")
    return Token("break" if kind == "break" else "mark", found.start(), found.end(), text)


def _visible(text: str) -> str:
    """Blank out invisible controls, one space for each, so that places in the text hold."""
    return text if text.isascii() else _INVISIBLE.sub(" ", _plain_forms(text))


def _plain_forms(text: str) -> str:
    """Write Arabic presentation forms as letters where one form is one letter."""
    if not re.search("[\ufb50-\ufdff\ufe70-\ufefc]", text):
        return text
    return "".join(
        plain if len(plain := unicodedata.normalize("NFKC", letter)) == 1 else letter
        for letter in text
    )


def tokens(text: str) -> list[Token]:
    """Cut text into tokens, in order; a joiner (ZWNJ) cuts a word in two.

    Linear in the length of the text.
    """
    return [_token(found) for found in _TOKEN.finditer(_visible(text))]
