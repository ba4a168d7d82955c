"""Skeletons: what is left of a word in both scripts when vowels and schools are taken away.

A skeleton is a short string of classes of consonants. Two spellings of one name nearly always
share one; two names may share one too, so a skeleton finds candidates and decides nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from dadkhah.names.fold import is_arabic

__all__ = ["fine_skeletons", "readings", "skeletons"]

MOST: Final = 4

_ARABIC: Final = {
    **dict.fromkeys("اآوۆیەعڤ", ""),
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تط", "t"),
    "ة": "[t]",
    "ث": "[st]",
    "ج": "j",
    "ژ": "j",
    **dict.fromkeys("خچش", "x"),
    "ح": "h",
    "ه": "h",
    "د": "d",
    **dict.fromkeys("ذضظ", "[zd]"),
    "ر": "r",
    "ز": "z",
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("غقکگ", "k"),
    "ف": "f",
    "ل": "l",
    "م": "m",
    "ن": "n",
}
_LATIN_GROUPS: Final = (
    ("kh", "x"),
    ("ch", "x"),
    ("sh", "x"),
    ("gh", "k"),
    ("zh", "j"),
    ("th", "[ths]"),
    ("dh", "[dhz]"),
)
# Of a word in both scripts the letters of the second are passed over.
_GROUPED: Final = {**{letter: letter.lower() for letter in ascii_uppercase}, "[": "[", "]": "]"}
_LATIN: Final = {
    **dict.fromkeys("aeiouvwy", ""),
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("kgqc", "k"),
    **{letter: letter for letter in "tjhdrzsflmnx"},
    **_GROUPED,
}
_GROUP: Final = re.compile("|".join(group for group, _ in _LATIN_GROUPS))
_GROUP_CLASS: Final = dict(_LATIN_GROUPS)
_OPTIONS: Final = {
    "[t]": ("", "t"),
    "[st]": ("s", "t"),
    "[zd]": ("z", "d"),
    "[ths]": ("th", "s", "t"),
    "[dhz]": ("dh", "z", "d"),
}
_REPEATED: Final = re.compile(r"([a-z])\1+")
# A closing h is silent in both scripts (Fatemeh, Fatima, فاطمه) unless a consonant precedes it.
_FINAL_H_LATIN: Final = re.compile("(?<=[aeiou])h$")


def _latin_classes(folded: str) -> str:
    """Map a Latin word to classes; choices stand in brackets."""
    stem = _FINAL_H_LATIN.sub("", folded) if len(folded) > 2 else folded
    grouped = _GROUP.sub(lambda found: _GROUP_CLASS[found.group()].upper(), stem)
    return "".join(_LATIN.get(letter, "") for letter in grouped)


def _arabic_classes(folded: str) -> str:
    """Map a word of the Arabic script to classes; choices stand in brackets."""
    stem = folded[:-1] if len(folded) > 2 and folded[-1] == "ه" else folded
    return "".join(_ARABIC.get(letter, "") for letter in stem)


@lru_cache(maxsize=1 << 18)
def skeletons(folded: str) -> tuple[str, ...]:
    """Give the skeletons of one folded word, most likely first, at most four.

    A word of vowels alone ("Aya", آیا) has the skeleton "a".
    """
    if not folded:
        return ()
    classes = _arabic_classes(folded) if is_arabic(folded) else _latin_classes(folded)
    readings = [""]
    for piece in re.split(r"(\[[a-z]+\])", classes):
        options = _OPTIONS.get(piece, (piece,))
        readings = [before + option for before in readings for option in options][:MOST]
    return tuple(dict.fromkeys(_REPEATED.sub(r"\1", reading) or "a" for reading in readings))


# Finer classes, for keys: kh, sh, ch and k, g, q apart; what a school writes otherwise is optional.
_FINE_ARABIC: Final = {
    **_ARABIC,
    **dict.fromkeys("قغ", "q"),
    **dict.fromkeys("ذضظ", "z"),
    **dict.fromkeys("ةحه", ""),
    "پ": "p",
    "خ": "x",
    "چ": "c",
    "ش": "w",
    "گ": "g",
    "ث": "s",
}
_FINE_GROUPS: Final = {"kh": "X", "ch": "[cx]", "sh": "W", "gh": "Q", "zh": "J", "th": "[ts]",
                       "dh": "[zd]"}  # fmt: skip
_FINE_LATIN: Final = {
    **{letter: letter for letter in "bdfgjklmnpqrstxz"},
    **dict.fromkeys("aeiouvwyh", ""),
    "c": "k",
    **_GROUPED,
}
_OPENING_VOWELS: Final = frozenset("aeiouاع")
_CLOSING_I: Final = frozenset("iی")
_CHOICE: Final = re.compile(r"\[([a-z])([a-z])\]")


@lru_cache(maxsize=1 << 18)
def fine_skeletons(folded: str) -> tuple[str, ...]:
    """Give one or two skeletons of finer classes, without breaths (h), the likeliest first."""
    if is_arabic(folded):
        classes = "".join(_FINE_ARABIC.get(letter, "") for letter in folded)
    else:
        grouped = _GROUP.sub(lambda found: _FINE_GROUPS[found.group()].upper(), folded)
        classes = "".join(_FINE_LATIN.get(letter, "") for letter in grouped)
    readings = (_CHOICE.sub(r"\1", classes), _CHOICE.sub(r"\2", classes))
    return tuple(dict.fromkeys(_REPEATED.sub(r"\1", reading) for reading in readings))


# Two letters of the Arabic script that Latin letters write like one: Eshaq, Atlaschian.
_LIKE_SHIN: Final = re.compile("س[حهچ]|صح")
_CLOSING_BREATH: Final = re.compile("(?<=..)ح$")
_ABDOL_VOWEL: Final = re.compile("^abdol(?=[aeiou])(?!ah)")


# What is written or left out with a family name: Mir-, Haji-, Agha-, Pour-, Al-; -zadeh, -far.
_STYLED_BEFORE: Final = re.compile(
    "^(?:mir|haji?|sey?yed|a[gq]h?a|mol+a|pur|[ae]l(?=[^aeiouy])|میر|حاجی?|سید|ا?قا|ملا|پور|ال)"
    "(?=...)"
)
_STYLED_AFTER: Final = re.compile(
    "(?<=...)(?:zade(?:h|gan)?|zada|pu?o?r|ne[jz]h?ad|nia|ni?ya|fard?|asl"
    "|زاده|زادگان|پور|نژاد|نیا|فرد?|اصل)$"
)
_SPELT_OTHERWISE: Final = (("sh", "s"), ("zh", "z"), ("x", "ks"), ("ce", "se"), ("ci", "si"))


def _otherwise(folded: str) -> str:
    """Write letters of a Latin word as another school or language writes their sound."""
    for own, other in _SPELT_OTHERWISE:
        folded = folded.replace(own, other)
    return folded


def _marked(folded: str, classes: str) -> str:
    """Mark in the classes of a word a vowel at its beginning (A) and a closing i (I)."""
    opens = "A" if folded[:1] in _OPENING_VOWELS else ""
    closes = "I" if folded[-1:] in _CLOSING_I else ""
    return f"{opens}{classes}{closes}"


def readings(folded: str) -> tuple[str, ...]:
    """Give what keys are made of: finer classes, read twice, coarser ones, read twice, a stem, and
    the finer classes marked, of both readings.

    The second readings take two letters for one, s for sh, and leave out the article of Abdol- and
    a closing ح, which Latin letters write like the silent ه. The stem is the finer reading without
    what may be left out with a family name.
    """
    if is_arabic(folded):
        second = third = _CLOSING_BREATH.sub("", _LIKE_SHIN.sub("ش", folded))
    else:
        third = _ABDOL_VOWEL.sub("abdo", folded)
        second = _otherwise(third)
    stem = _STYLED_AFTER.sub("", _STYLED_BEFORE.sub("", folded))
    fine, other = fine_skeletons(folded)[0], fine_skeletons(second)[-1]
    return (
        fine,
        other,
        skeletons(folded)[0],
        skeletons(third)[-1],
        fine_skeletons(stem)[0],
        _marked(folded, fine),
        _marked(folded, other),
    )
