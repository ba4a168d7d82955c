"""Text made even for matching, without moving a single character.

Every change replaces one character by one, so that an offset in the levelled text is the same
offset in the passage, and a quote can be cut from the passage as it stands.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Final

__all__ = ["JOINER", "level"]

JOINER: Final = "\u200c"

_SAME: Final = {
    **dict.fromkeys("\u2018\u2019\u02bc\u02bb\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u066c\u066b", ","),
    **dict.fromkeys("يىېےئ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("أإٱ", "ا"),
    **dict.fromkeys("ةۀە", "ه"),
    "ؤ": "و",
}


def level(text: str) -> str:
    """Level quotes, dashes, spaces, digits and the letters of Arabic and Persian keyboards.

    Returns: text of the same length; vowel signs and hamza above become a joiner.
    """
    return "".join(map(_levelled, text))


@functools.lru_cache(maxsize=8192)
def _levelled(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return JOINER
    return letter
