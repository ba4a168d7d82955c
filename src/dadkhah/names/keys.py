"""Keys and search tokens: few short strings under which every spelling of a name is found."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from dadkhah.names.reading import Name, Part
from dadkhah.names.skeleton import fine_skeletons, skeletons
from dadkhah.names.table import word_parts

__all__ = ["keys", "keys_of_words", "search_tokens"]

_ASIDE: Final = frozenset({"title", "honorific", "patronymic", "nom_de_guerre"})
_OTHERS: Final = frozenset({"patronymic", "nom_de_guerre"})
LONG: Final = 7  # consonants from which a key without one of them is still telling
TELLING: Final = 3  # consonants that two words together must have to be a key
TELLING_FIRST: Final = 7  # the same for the first two words, which are often two given names


def _core(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give the parts that name the person; all parts when only styles are left."""
    core = tuple(part for part in parts if part.kind not in _ASIDE)
    return core or parts


def keys(name: Name | str) -> tuple[str, ...]:
    """Give the blocking keys of a name: two names of one person nearly always share one.

    Of the finer skeletons of the words: all of them run together, in order and turned (s:); the
    whole but for one letter when it is long enough (s: too, so that one wrong, lost or added
    letter is found); two words of the name in alphabetical order (w:), so that a name meets one
    that lacks a word. So names meet whatever the script, the spacing and the order.

    Args:
        name: a name or its text. An unidentified or empty name has no keys.

    Returns: distinct keys in a fixed order, about ten.
    """
    parts = word_parts(name if isinstance(name, str) else name.written)
    found = keys_of_words(tuple(part.folded for part in _core(parts)))
    styled = [part.folded for part in parts if part.kind not in _OTHERS]
    whole = "".join(fine_skeletons(one)[0] for one in styled)
    return tuple(dict.fromkeys([*found, f"s:{whole}"])) if whole else found


def keys_of_words(folded: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keys of the folded words that name a person, in order."""
    words = [word for one in folded if (word := fine_skeletons(one)[0])]
    if not words:
        return ("v:",) if folded else ()
    found: dict[str, None] = {}
    for run in _runs(folded, words):
        found[f"s:{run}"] = None
    whole = "".join(words)
    if len(whole) >= LONG:
        for place in range(len(whole)):
            found[f"s:{whole[:place]}{whole[place + 1 :]}"] = None
    found.update(dict.fromkeys(_pairs(words)))
    return tuple(found)


def _pairs(words: list[str]) -> list[str]:
    """Pair the last word with the first two, and these two when they tell enough."""
    last = len(words) - 1
    pairs = [(0, last, TELLING), (1, last, TELLING), (0, 1, TELLING_FIRST)]
    return [
        f"w:{min(words[one], words[other])}.{max(words[one], words[other])}"
        for one, other, least in pairs
        if one < other <= last and len(words[one]) + len(words[other]) >= least
    ]


def _runs(folded: tuple[str, ...], words: list[str]) -> list[str]:
    """Run the words together: in order, turned either way, and in their second reading."""
    runs = ["".join(words), "".join(words[-1:] + words[:-1]), "".join(words[1:] + words[:1])]
    second = "".join(fine_skeletons(one)[-1] for one in folded)
    return list(dict.fromkeys([*runs, second]))


def search_tokens(text: str) -> tuple[str, ...]:
    """Give the tokens under which a name is indexed, and under which it is looked for.

    Two spellings of one word share at least one token, in either script, joined or apart.
    An index holds each token of each name; a query matches when each of its words finds one.

    Returns: distinct tokens of lower-case a-z, in the order of the words.
    """
    parts = word_parts(text)
    found: dict[str, None] = {}
    for part in parts:
        found.update(dict.fromkeys(_tokens(part.folded)))
    for left, right in pairwise(parts):
        found.update(dict.fromkeys(_tokens(left.folded + right.folded)))
    return tuple(found)


def _tokens(folded: str) -> tuple[str, ...]:
    """Give the tokens of one word: its skeletons, t and d being one (Vartan, Vardan)."""
    return tuple(skeleton.replace("d", "t") for skeleton in skeletons(folded))
