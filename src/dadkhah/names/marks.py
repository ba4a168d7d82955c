"""The words of a name that say what stands beside them: titles, "son of", "known as"."""

from __future__ import annotations

from typing import Final, Literal

from dadkhah.names import lexicon
from dadkhah.names.tokens import LETTER_GROUPS, SPELLED_LETTERS

__all__ = ["MARKERS", "Kind", "Mark", "begins_aside", "father_alone", "marked"]

Kind = Literal[
    "title",
    "honorific",
    "given",
    "patronymic",
    "nisba",
    "family",
    "kunya",
    "nom_de_guerre",
    "initial",
    "unknown",
]
# What a word is, how many tokens are used, and from which to which of them the part reaches.
Mark = tuple[Kind | Literal["skip"] | None, int, int, int]

MARKERS: Final[tuple[tuple[str, Kind], ...]] = (
    ("known_as", "nom_de_guerre"),
    ("child", "patronymic"),
)
_CHILD_TAKES_ONE: Final = frozenset(
    {"بن", "ابن", "بنت", "ibn", "bin", "ben", "ebn", "bint", "bent"}
)
# Markers of a father that begin no name: a text may begin with the words.
_AFTER_A_NAME: Final = frozenset({"ben", "پدر", "father"})
_TRAILING: Final = frozenset(
    {"sadat", "سادات", "khan", "خان", "beg", "beyg", "بیگ", "بیک", "خاتون", "khatun", "khatoon"}
)
_AND: Final = frozenset({"و", "and"})


def marked(words: tuple[str, ...], place: int) -> Mark:
    """Look for a marked word at a place."""
    here = words[place:]
    if place and (skipped := _passed_over(here)):
        return "skip", skipped, 0, 0
    if here[0] in lexicon.forms("kunya") and len(here) > 1 and place == 0:
        return "kunya", 2, 0, 2
    step = lexicon.longest("unidentified", here)
    # a short one (nn, na) may be a name or an initial beside others
    if len("".join(here[:step])) > 3 and len(words) > step:
        return "skip", step, 0, 0
    return _relation(here, place) or _style(here, place) or (None, 1, 0, 1)


def _passed_over(here: tuple[str, ...]) -> int:
    """Count the words, after a name, that are no name: a link, an age, a relative with her name."""
    if here[0] in lexicon.forms("order") and len(here) > 1:
        return 1
    step = lexicon.longest("relative", here)
    if step and len(here) > step:
        return len(here)
    step = lexicon.longest("known_as", here)
    return step if step == len(here) else lexicon.longest("remark", here)


def _relation(here: tuple[str, ...], place: int) -> Mark | None:
    """Look for a father's or another name, opened by its marker, or followed by oğlu."""
    for marker, kind in MARKERS:
        step = lexicon.longest(marker, here)
        if step and len(here) > step and not (place == 0 and here[0] in _AFTER_A_NAME):
            take = _reach(here, step, one=here[0] in _CHILD_TAKES_ONE)
            kept = father_alone(here[step : step + take]) if kind == "patronymic" else take
            return kind, step + take, step, step + kept
    if here[1:2] and here[1] in lexicon.forms("child_after"):
        return "patronymic", 2, 0, 1
    return None


def father_alone(named: tuple[str, ...]) -> int:
    """Count the words of the father's name, where both parents are named."""
    return next((place for place, word in enumerate(named) if place and word in _AND), len(named))


def _style(here: tuple[str, ...], place: int) -> Mark | None:
    """Look for a title, an honorific or an initial."""
    styles: tuple[Kind, ...] = ("title", "honorific")
    for style in styles:
        step = lexicon.longest(style, here)
        if step and (len(here) > step or (place and here[0] in _TRAILING)):
            return style, step, 0, step
    if _is_initial(here[0]) or here[0] in SPELLED_LETTERS:
        return "initial", 1, 0, 1
    return None


def _reach(here: tuple[str, ...], step: int, *, one: bool) -> int:
    """Count the words that a marker governs: one after ibn, else up to the next marker."""
    rest = here[step:]
    if one:
        return 1
    return next((count for count in range(1, len(rest)) if begins_aside(rest[count:])), len(rest))


def begins_aside(words: tuple[str, ...]) -> bool:
    """Say whether words begin what is said beside a name: child of, known as, aged, wife of."""
    kinds = ("child", "known_as", "relative", "remark")
    return any(lexicon.longest(kind, words) for kind in kinds)


def _is_initial(word: str) -> bool:
    """Say whether a token is a single letter, or a Latin group that stands for one."""
    return (len(word) == 1 and word.isalpha()) or word in LETTER_GROUPS
