"""The fold and the skeletons as plain tables, so that another program finds names as we do.

The static memorial searches in the reader's browser, which has no Python. What it needs is given
here as data (`tables`), and `tokens` does in Python what the browser does with that data, step by
step; a test holds the two against each other in a real browser.

Steps: (1) NFC; presentation and full-width forms by NFKC; (2) c is j where a letter of Turkish,
Azeri or Kurmanji stands; (3) each character by the table: letters folded, marks and apostrophes
gone, anything else a gap, and a change of script one too; (4) words folded by the rules, in order;
(5) skeletons.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

from dadkhah.names import lexicon, skeleton
from dadkhah.names.fold import (
    _ABD_ARABIC,
    _ABD_LATIN,
    _ABU_ARABIC,
    _ABU_LATIN,
    _ARTICLE_ARABIC,
    _DIN_ARABIC,
    _DIN_LATIN,
    _DOUBLE_ARABIC,
    _DOUBLE_LATIN,
    _GROUPS,
    _ISAAC_LATIN,
    _LAH_ARABIC,
    _LAH_LATIN,
    letters,
)

__all__ = ["JOINED", "MOST_WORDS", "aside", "tables", "tokens", "words"]

MOST_WORDS: Final = 12
JOINED: Final = 3  # as many words in a row may be one word, written apart
_GONE: Final = "'’‘ʻʼ`´′ʹʾʿ\u00ad\u200b\u200d\u200e\u200f\u061c"
_RANGES: Final = ((0xC0, 0x250), (0x300, 0x370), (0x610, 0x700), (0x1E00, 0x1F00))
_LIKE: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff00-\uff5e]+")
_TURKIC: Final = re.compile("[şğıəêîûŞĞİƏÊÎÛ]")
_OPTION: Final = re.compile(r"(\[[a-z]+\])")
_RUN: Final = re.compile("[a-z]+|[\u0620-\u06d5]+")
_KEPT: Final = re.compile("[a-z\u0620-\u064a\u0671-\u06d5]+")


def _rules(found: tuple[tuple[re.Pattern[str], str], ...]) -> list[list[str]]:
    """Write rules without lookbehind, which old browsers lack: what stands before is put back."""
    plain = []
    for pattern, put in found:
        text = pattern.pattern
        if text.startswith("(?<=..)"):
            text, put = f"(..){text[7:]}", rf"\1{put}"
        plain.append([text, put])
    return plain


@cache
def tables() -> dict[str, Any]:
    """Give everything that `tokens` is driven by, as JSON values.

    Patterns are those that Python and JavaScript read alike; in what is put, \\1 is the first
    group.
    """
    return {
        "letters": _letters(),
        "gone": _GONE,
        "latin": _rules((
            *_GROUPS, (_ISAAC_LATIN, r"\1seh"), (_ABD_LATIN, "abdo"),
            (_LAH_LATIN, "olah"), (_DIN_LATIN, "edin"), (_ABU_LATIN, "abu"),
            (_DOUBLE_LATIN, r"\1"), (re.compile("^abdoah"), "abdolah"),
        )),
        "whole": sorted(form for form in lexicon.forms("whole") if len(form) > JOINED),
        "article": _ARTICLE_ARABIC.pattern,
        "arabic": _rules((
            (_ABD_ARABIC, "عبد"), (_LAH_ARABIC, "له"), (_DIN_ARABIC, "دین"),
            (_ABU_ARABIC, "ابو"), (_DOUBLE_ARABIC, r"\1"),
        )),
        "short": dict(sorted(lexicon.forms("short").items())),
        "classes": {"ar": skeleton._ARABIC, "la": skeleton._LATIN},
        "groups": {two: one.upper() for two, one in skeleton._LATIN_GROUPS},
        "options": {key: list(found) for key, found in skeleton._OPTIONS.items()},
    }  # fmt: skip


@cache
def aside() -> tuple[str, ...]:
    """Give the folded words that a search need not find: styles, articles, links, "child of"."""
    kinds = ("title", "honorific", "order", "child")
    forms = {form for kind in kinds for form in lexicon.forms(kind)} | {
        "al",
        "el",
        "ol",
        "ul",
        "ال",
    }
    return tuple(sorted({found[0] for form in forms if len(found := words(form)) == 1}))


def _letters() -> dict[str, str]:
    """Give what each single character is folded to: a text of the characters for each target."""
    found: dict[str, str] = {}
    for first, end in _RANGES:
        for letter in map(chr, range(first, end)):
            folded = letters(letter) if unicodedata.category(letter) != "Cn" else letter
            if folded != letter and (not folded or _KEPT.fullmatch(folded)):
                found[folded] = found.get(folded, "") + letter
    return dict(sorted(found.items()))


@cache
def _table() -> dict[str, str]:
    said = tables()
    table = {letter: target for target, held in said["letters"].items() for letter in held}
    return {**table, **dict.fromkeys(said["gone"], "")}


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """Cut a text into words and fold each; at most MOST_WORDS."""
    formed = unicodedata.normalize("NFC", text)
    formed = _LIKE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), formed)
    if _TURKIC.search(formed):
        formed = formed.lower().replace("c", "j").replace("x", "kh")
    plain = "".join(_letter(letter) for letter in formed)
    return tuple(folded for word in _RUN.findall(plain) if (folded := _fold(word)))[:MOST_WORDS]


def _letter(letter: str) -> str:
    if letter in _table():
        return _table()[letter]
    lower = letter.lower()
    return lower if _KEPT.fullmatch(lower) else " "


@lru_cache(maxsize=1 << 17)
def _fold(word: str) -> str:
    said = tables()
    if word in said["short"]:
        return str(said["short"][word])
    folded = word
    if word >= "\u0600":
        if not word.startswith(tuple(said["whole"])):
            folded = re.sub(said["article"], "", folded)
        return _apply(said["arabic"], folded)
    return _apply(said["latin"], folded)


def _apply(rules: list[list[str]], word: str) -> str:
    for pattern, put in rules:
        word = re.sub(pattern, put, word)
    return word


@lru_cache(maxsize=1 << 17)
def tokens(word: str) -> tuple[str, ...]:
    """Give the search tokens of one folded word, or of several run together: at most four."""
    said = tables()
    arabic = word >= "\u0600"
    if arabic:
        stem = word[:-1] if len(word) > 2 and word[-1] == "ه" else word
    else:
        stem = re.sub("([aeiou])h$", r"\1", word) if len(word) > 2 else word
        for two, one in said["groups"].items():
            stem = stem.replace(two, one)
    table = said["classes"]["ar" if arabic else "la"]
    classes = "".join(table.get(one, "" if arabic else one.lower()) for one in stem)
    readings = [""]
    for piece in _OPTION.split(classes):
        options = said["options"].get(piece, [piece])
        readings = [before + one for before in readings for one in options][: skeleton.MOST]
    plain = (re.sub(r"([a-z])\1+", r"\1", reading) or "a" for reading in readings)
    return tuple(dict.fromkeys(one.replace("d", "t") for one in plain))
