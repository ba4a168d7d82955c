"""The form of text: Unicode, digits, joiners, direction and script.

Three strengths, each a pure function in linear time. `clean` changes nothing a reader could
see; `fold_letters` makes equal what one hand or keyboard writes in two ways; the folds of names
and places stand on these two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

__all__ = [
    "clean",
    "direction",
    "fold_letters",
    "script",
    "to_ascii_digits",
    "to_persian_digits",
    "to_persian_numbers",
]

Direction = Literal["rtl", "ltr"]
Script = Literal["Arabic", "Latin", "mixed", "other", "none"]

ZWNJ: Final = "\u200c"

# Controls that a reader cannot see and that no spelling needs. Line breaks and tabs are
# whitespace and are unified, not removed; ZWNJ is looked at afterwards.
_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4"
    "\u17b5\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SPACES: Final = re.compile(
    r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x1c-\x1f]+"
)
# A ZWNJ means something only between two letters of the Arabic script (a mark may stand first).
_ARABIC: Final = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_IDLE_ZWNJ: Final = re.compile(f"(?<![{_ARABIC}])\u200c+|\u200c+(?![{_ARABIC}])")
_MANY_ZWNJ: Final = re.compile("\u200c{2,}")

_PERSIAN_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PERSIAN_NUMBERS: Final = _PERSIAN_DIGITS | str.maketrans(",.%", "٬٫٪")
_NUMBER: Final = re.compile(r"[0-9](?:[0-9,.]*[0-9])?%?")

# One letter, several code points: Arabic and Persian keyboards, Urdu, Sorani, Pashto, Uyghur.
_LETTERS: Final = {
    **dict.fromkeys("ىيېۍێےۓؠۑیٸ", "ی"),
    **dict.fromkeys("كڪګڬػؼک", "ک"),
    **dict.fromkeys("أإٱٲٳٵ", "ا"),
    **dict.fromkeys("ؤۆۇۈۉۅۊۏٶٷ", "و"),
    **dict.fromkeys("ئ", "ی"),
    **dict.fromkeys("ةۀەہۂۃھۿہ", "ه"),
    **dict.fromkeys("ڕڑړڔ", "ر"),
    **dict.fromkeys("ڵڶ", "ل"),
    **dict.fromkeys("ٹټ", "ت"),
    **dict.fromkeys("ڈډ", "د"),
    **dict.fromkeys("ںڼڻ", "ن"),
    **dict.fromkeys("ڗ", "ز"),
    "ڤ": "و",
    "ګ": "گ",
    "ڭ": "گ",
    "ڠ": "غ",
    "ځ": "ز",
    "څ": "س",
    "ښ": "ش",
    "ږ": "ژ",
    "ء": "",
    "ـ": "",
}
_LETTER_TABLE: Final = str.maketrans(_LETTERS)
# Vowel signs, shadda, sukun, dagger alef, Koranic marks, and the combining hamza above and below.
_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]")
_PRESENTATION: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")


def clean(text: str) -> str:
    """Put text into one Unicode form without changing what a reader sees.

    NFC; direction controls, zero-width characters, variation selectors, lone surrogates and other
    invisible controls removed; a ZWNJ kept only between two letters of the Arabic script, where it
    belongs to the spelling; every run of whitespace becomes one space; ends trimmed.

    Source: UAX #15 (normalisation forms), UAX #9 (bidirectional controls).
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split(" ")).strip() if "  " not in text else " ".join(text.split())
    visible = _INVISIBLE.sub("", text.replace("\u2028", " ").replace("\u2029", " "))
    composed = unicodedata.normalize("NFC", visible)
    spaced = _SPACES.sub(" ", composed).strip()
    if ZWNJ not in spaced:
        return spaced
    return _SPACES.sub(" ", _IDLE_ZWNJ.sub("", _MANY_ZWNJ.sub(ZWNJ, spaced))).strip()


def to_ascii_digits(text: str) -> str:
    """Write every decimal digit of any script as 0-9; all else stays."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if not letter.isascii() and letter.isdecimal() else letter
        for letter in text
    )


def to_persian_digits(text: str) -> str:
    """Write 0-9 in the digits of Persian; all else stays.

    >>> to_persian_digits("B-1367.")
    'B-۱۳۶۷.'
    """
    return text.translate(_PERSIAN_DIGITS)


def to_persian_numbers(text: str) -> str:
    """Write the numbers of a sentence as Persian does: digits, thousands, decimals, per cent.

    A stop or comma that no digit follows is the sentence's own, and stays.

    >>> to_persian_numbers("4,959.5 (10%).")
    '۴٬۹۵۹٫۵ (۱۰٪).'
    """
    return _NUMBER.sub(lambda found: found.group().translate(_PERSIAN_NUMBERS), text)


def fold_letters(text: str) -> str:
    """Fold letters that one word may be typed with: code points, marks, digits, tatweel.

    The text is cleaned first. Arabic, Persian, Urdu, Kurdish and Pashto code points of one letter
    become the Persian one; presentation forms become letters; vowel signs, tatweel and the lone
    hamza go; digits become 0-9. Madda stays (آ and ا differ). ZWNJ, spaces, Latin letters and
    case stay as they are.
    """
    cleaned = clean(text)
    if cleaned.isascii():
        return cleaned
    plain = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found.group()), cleaned)
    composed = unicodedata.normalize("NFC", plain)
    return to_ascii_digits(_MARKS.sub("", composed).translate(_LETTER_TABLE)).strip()


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    """Name the script of one letter, empty for what is no letter."""
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "")
    for prefix, script_name in (("LATIN", "Latin"), ("ARABIC", "Arabic"), ("FULLWIDTH L", "Latin")):
        if name.startswith(prefix):
            return script_name
    return "other" if "MODIFIER" not in name else ""


def script(text: str) -> Script:
    """Say which script the letters of a text are in.

    Returns: "Arabic" or "Latin" when all letters are of that script, "other" when none is of
    either, "mixed" when scripts meet, "none" when there is no letter.
    """
    found = {_script_of(letter) for letter in set(text)} - {""}
    if not found:
        return "none"
    if len(found) > 1:
        return "mixed"
    only = found.pop()
    return "Arabic" if only == "Arabic" else "Latin" if only == "Latin" else "other"


def direction(text: str) -> Direction:
    """Say in which direction a text runs: that of its first strong letter, else "ltr".

    Source: UAX #9, rules P2 and P3.
    """
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
