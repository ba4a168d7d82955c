"""Places as linkage compares them: by the gazetteer, or by their own words in any script."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dadkhah import places
from dadkhah.errors import InputError
from dadkhah.names.reading import units
from dadkhah.names.skeleton import skeletons

__all__ = ["DIFFERENT", "NESTED", "SAME", "UNKNOWN", "compare_places", "place_words"]

UNKNOWN: Final = -1
DIFFERENT: Final = 0
NESTED: Final = 1
SAME: Final = 2
_TELLING: Final = 3
# Words for a kind of place that stand beside its name; a place of only such words keeps them.
_WORDS: Final = (
    "prison jail gaol castle central city town village province county ward cemetery detention",
    "centre center of the in at near camp hospital court",
    "زندان قلعه مرکزی شهر شهرستان استان روستا روستای بند گورستان بازداشتگاه در نزدیک اردوگاه",
    "بیمارستان دادگاه",
)
_GENERIC: Final = frozenset(word for line in _WORDS for word in line.split())


@lru_cache(maxsize=1 << 16)
def place_words(place: str) -> tuple[str, ...]:
    """Give the consonant skeletons of a place's own words: Sangab Prison and زندان سنگاب agree."""
    words = [word for word in place.replace("\u200c", " ").split() if word.lower() not in _GENERIC]
    folded = [part.folded for part in units(" ".join(words) or place) if part.folded]
    return tuple(dict.fromkeys(skeletons(word)[0] for word in folded))


@lru_cache(maxsize=1 << 16)
def compare_places(left: str, right: str) -> int:
    """Compare two places as written.

    Returns:
        SAME; NESTED when one may lie in the other; DIFFERENT; UNKNOWN when neither the gazetteer
        nor the words can tell (a prison against a city that no entry joins).
    """
    a, b = _read(left), _read(right)
    if a and b and a.gazetteer and b.gazetteer:
        answer = places.compatible(a, b)
        return {"definitely": SAME, "possibly": NESTED, "no": DIFFERENT}[answer]
    level_a, level_b = (place.level if place else "unknown" for place in (a, b))
    ours, theirs = set(place_words(left)), set(place_words(right))
    if not ours & theirs:
        return DIFFERENT if level_a == level_b else UNKNOWN
    alike = level_a == level_b or "unknown" in (level_a, level_b)
    return SAME if alike and _one_tells_the_other(ours, theirs) else NESTED


def _one_tells_the_other(ours: set[str], theirs: set[str]) -> bool:
    """Say whether one place's words are all the other's: San Juan is not San Luis.

    Few consonants are many places': those of one word (Daraa) are not those of two (Deir ez-Zor).
    """
    fewer, more = sorted((ours, theirs), key=len)
    return fewer == more or (fewer < more and len("".join(fewer)) >= _TELLING)


@lru_cache(maxsize=1 << 16)
def _read(place: str) -> places.Place | None:
    try:
        return places.read(place)
    except InputError:
        return None
