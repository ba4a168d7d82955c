"""The fold: what two spellings of one name in one script have in common.

Rules, in order, each with its number in docs/names.md: (1) Unicode and letters of the Arabic
script, by `dadkhah.text`; (2) case, Latin accents and the letters of each school of romanisation;
(3) apostrophes, ayn and hamza; (4) letter groups (oo, ou, ee, dsch, tch ...); (5) doubling;
(6) the Arabic article and the compounds with Abd, -ollah, -eddin; (7) short forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from dadkhah.names import lexicon
from dadkhah.text import clean, fold_letters

__all__ = ["fold_word", "is_arabic", "letters", "writes_c_for_j"]

# ە (Kurdish e) and ة (teh marbuta) read otherwise than ه; they survive the fold of letters.
_KEEP: Final = str.maketrans({"ە": "\ue001", "ة": "\ue002", "ۃ": "\ue002", "ڤ": "\ue003"})
_KEPT: Final = str.maketrans({"\ue001": "ە", "\ue002": "ة", "\ue003": "ڤ"})

# (1) Sorani begins a vowel with ئ: ئەحمەد, ئازاد, ئومێد.
_CARRIER: Final = re.compile("(?<![\u0620-\u06d5])ئ(?=[ا\ue001ەێۆیيو])[ا\ue001]?")

# (2) Letters that are not a plain letter with an accent, or whose accent changes the sound.
_LATIN: Final = str.maketrans(
    {
        **dict.fromkeys("šşșŝ", "sh"),
        **dict.fromkeys("čçć", "ch"),
        **dict.fromkeys("žẑ", "zh"),
        **dict.fromkeys("ġğǧḡ", "gh"),
        **dict.fromkeys("ḫẖḵ", "kh"),
        **dict.fromkeys("ŧṯ", "th"),
        **dict.fromkeys("ḏ", "dh"),
        **dict.fromkeys("ıî", "i"),
        **dict.fromkeys("əä", "a"),
        **dict.fromkeys("ø", "o"),
        **dict.fromkeys("æ", "a"),
        "ß": "ss",
        "đ": "d",
        "ł": "l",
        "ǰ": "j",
        "ʾ": "",
        "ʿ": "",
        "ŋ": "ng",
    }
)
_CARON_J: Final = re.compile("ǧ|j\u030c")
# Turkish, Azeri and Kurmanji write c for j; one of their own letters gives them away.
_TURKIC_OR_KURMANJI: Final = re.compile("[şğıəêîûŞĞİƏÊÎÛ]")
_NOT_LETTER: Final = re.compile("[^a-z\u0620-\u064a\u0671-\u06d5]")
# (4) Letter groups, longest first; what follows is the project's spelling of the sound.
_GROUPS: Final = (
    (re.compile("dsch|dzh|dj"), "j"),
    (re.compile("tsch"), "ch"),
    (re.compile("sch"), "sh"),
    (re.compile("tch"), "ch"),  # after sch: Mastchi is no Mashi
    (re.compile("oo|ou"), "u"),
    (re.compile("ee"), "i"),
    (re.compile("aa"), "a"),
    (re.compile("ph"), "f"),
    (re.compile("ck"), "k"),
)
# (4) The ending of relation after a vowel is spelt in a dozen ways (Rezai, Rezaei, Rezayi, Rezaie),
# and y after a consonant is i.
_YEH_LATIN: Final = re.compile(
    "(?<=[aou])(?:i{2,}|ye?i|eyi|eiy|ei|ie|iy|ye)(?=$|an$)|(?<=[^aeiouy])i?y$"
)
# (5) Doubling is free for Latin consonants; the Arabic script doubles only what it spells out.
_DOUBLE_LATIN: Final = re.compile(r"(kh|gh|sh|ch|zh|th|dh|[b-df-hj-np-tv-z])\1+(?!h)")
_DOUBLE_ARABIC: Final = re.compile(r"([وی])\1+")
# (4) Here sh is s and h: Isaac (Eshaq) and Ashabi. A vowel between the two parts them.
_ISAAC_LATIN: Final = re.compile("^(?=[ei]sh?a[qgk]|ashab)([aei])sh(?=a)")
# (6) Compounds, in both scripts. The article inside them is written a dozen ways: it goes.
_ABD_LATIN: Final = re.compile("^abd[aeou](?:l(?=[^aeiouy]))?(?=..)(?!l?i$)(?!y$)")
_ABU_LATIN: Final = re.compile("^ab[ou]+l(?=[^aeiouy].)")
_ABU_ARABIC: Final = re.compile("^ابوال(?=..)")
_LAH_LATIN: Final = re.compile("(?<=..)[aou]l+ah?(?=i$|iz|ian|iyan|zad|pur|por|nia|$)")
_DIN_LATIN: Final = re.compile("(?<=..)[aeou](?:dd|ld)(?:[iy]n|ine)(?=i$|$)")
# (4) Sorani writes the short vowel ە, which Persian does not write, or as a final ه.
_SHORT_E: Final = (
    (re.compile("(?<=..)وللا(?=$|ی)"), "الله"),
    (re.compile("ە$"), "ه"),
    (re.compile("ە"), ""),
)
_ABD_ARABIC: Final = re.compile("^عبد(?:[او]ل(?!ه(?:$|ی|زاد|پور|نیا))(?=..)|ا?(?=له))")
_LAH_ARABIC: Final = re.compile("(?<=..)(?:ا?لله|اله)(?=ی|زاده|پور|نیا|$)")
_DIN_ARABIC: Final = re.compile("(?<=..)الدین(?=ی$|$)")
_ARTICLE_ARABIC: Final = re.compile("^ال(?=...)")


def is_arabic(word: str) -> bool:
    """Say whether a folded word is in the Arabic script."""
    return word[:1] >= "\u0600"


def writes_c_for_j(text: str) -> bool:
    """Say whether a text has a letter that only Turkish, Azeri or Kurmanji spelling uses."""
    return not text.isascii() and _TURKIC_OR_KURMANJI.search(text) is not None


def _latin_letters(text: str, *, c_for_j: bool) -> str:
    """Bring Latin letters of any school to a-z, rules 2 and 3."""
    lower = text.lower()
    if c_for_j:
        lower = lower.replace("c", "j").replace("x", "kh")
    if lower.isascii():
        return lower
    plain = _CARON_J.sub("j" if "č" in lower or "š" in lower else "gh", lower).translate(_LATIN)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    return " ".join(bare.lower().split())


def letters(text: str, *, c_for_j: bool | None = None) -> str:
    """Fold letters only (rules 1 to 3): words stay apart, spelling stays as written.

    Args:
        text: a name or a word.
        c_for_j: whether c is the sound j, as in Kurmanji; by default, seen from the text.

    Madda goes too (آ becomes ا): many sources leave it out.

    Returns: lower-case a-z, Persian letters (ە, ة and ڤ kept), digits, spaces and signs.
    """
    cleaned = clean(text)
    turn = writes_c_for_j(cleaned) if c_for_j is None else c_for_j
    if cleaned.isascii() and not turn:
        return cleaned.lower()
    arabic = fold_letters(_CARRIER.sub("ا", cleaned.translate(_KEEP))).translate(_KEPT)
    return _latin_letters(arabic, c_for_j=turn)


def _fold_latin(word: str) -> str:
    """Fold one Latin word, rules 4 to 6."""
    folded = word
    for group, sound in _GROUPS:
        folded = group.sub(sound, folded)
    folded = _ISAAC_LATIN.sub(r"\1seh", folded)
    folded = _ABD_LATIN.sub("abdo", folded)
    folded = _DIN_LATIN.sub("edin", _LAH_LATIN.sub("olah", folded))
    folded = _DOUBLE_LATIN.sub(r"\1", _ABU_LATIN.sub("abu", folded))
    folded = _YEH_LATIN.sub("i", folded)
    return "abdolah" + folded[6:] if folded.startswith("abdoah") else folded


@cache
def _whole() -> tuple[str, ...]:
    """Give the beginnings of words whose ال is no article (الیاس, الهامی)."""
    return tuple(form for form in lexicon.forms("whole") if len(form) > 3)


def _fold_arabic(word: str) -> str:
    """Fold one word of the Arabic script, rules 4 to 6."""
    folded = word
    for sorani, persian in _SHORT_E if "ە" in word else ():
        folded = sorani.sub(persian, folded)
    if not folded.startswith(_whole()):
        folded = _ARTICLE_ARABIC.sub("", folded)
    folded = _ABD_ARABIC.sub("عبد", folded)
    folded = _DIN_ARABIC.sub("دین", _LAH_ARABIC.sub("له", folded))
    return _DOUBLE_ARABIC.sub(r"\1", _ABU_ARABIC.sub("ابو", folded))


@lru_cache(maxsize=1 << 18)
def fold_word(word: str) -> str:
    """Fold one word (rules 4 to 7) whose letters are folded already; "" when nothing is left."""
    bare = _NOT_LETTER.sub("", word)
    if not bare:
        return ""
    folded = _fold_arabic(bare) if is_arabic(bare) else _fold_latin(bare)
    return lexicon.meaning("short", bare) or folded
