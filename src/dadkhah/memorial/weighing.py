"""How heavy a line of a list is: by that long lists are cut."""

from __future__ import annotations

import functools
from typing import Final

from dadkhah.memorial import words
from dadkhah.memorial.slips import Slip

__all__ = ["WEIGH", "weigh"]

LINE_BYTES: Final = 52  # of a line of the wall, beside the id and the name
TONGUE_BYTES: Final = 32  # of the mark of another direction or language
AID_BYTES: Final = 42
FACTS_BYTES: Final = 420  # of what tells one entry without a name from another
NO_NAME_BYTES: Final = 60


def weigh(one: Slip, language: str) -> int:
    """Give the bytes of a line of a list, or a few more."""
    own = "a" if language == "fa" else "l"
    more = 0 if own in one.scripts or not one.scripts else TONGUE_BYTES
    if more and language == "en":
        more += AID_BYTES + one.weight
    if one.group == "unnamed":
        more += FACTS_BYTES
    return LINE_BYTES + len(one.id) + (one.weight or NO_NAME_BYTES) + more


WEIGH: Final = {each: functools.partial(weigh, language=each) for each in words.LANGUAGES}
