"""Which language a stretch of text is in, and which way it runs."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dadkhah import bundled
from dadkhah.text import direction as direction_of
from dadkhah.text import script

__all__ = ["detect", "direction", "lexicon"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 2
SAMPLE_CHARACTERS: Final = 20_000


def detect(text: str, among: Sequence[str] = ()) -> str:
    """Name the language of a text: a BCP 47 code, or "" when the text does not show it.

    Args:
        text: any length; its first 20,000 characters are looked at.
        among: languages of the text around it, the likeliest first: taken when the text itself is
            too short to show its own and is in the script of one of them.
    """
    sample = text[:SAMPLE_CHARACTERS]
    scores = _scores(sample)
    best = max(scores, key=lambda code: scores[code], default="")
    if best and scores[best] >= _ENOUGH and list(scores.values()).count(scores[best]) == 1:
        return best
    scripts = _languages()
    written = _main_script(sample)
    near = [code for code in among if code in scripts and scripts[code]["script"] == written]
    return near[0] if near else ""


def direction(text: str, language: str = "") -> str:
    """Say which way a text runs: by most of its letters, else by its language.

    The first strong letter alone (UAX #9, P2) mistakes a Persian sentence that opens with a
    Latin name.
    """
    written = _main_script(text)
    if written == "Arabic":
        return "rtl"
    if written == "Latin":
        return "ltr"
    if language in ("fa", "ar", "ckb", "ur", "he"):
        return "rtl"
    return direction_of(text)


@functools.cache
def lexicon(name: str) -> Mapping[str, Any]:
    """Read one of this room's data files."""
    return dict(bundled.read("dadkhah.sources", f"data/{name}.yaml"))


@functools.cache
def _languages() -> Mapping[str, Mapping[str, Any]]:
    return {
        code: {**entry, "words": frozenset(entry["words"])}
        for code, entry in lexicon("languages").items()
        if code != "version"
    }


def _scores(sample: str) -> dict[str, int]:
    words = Counter(word.lower() for word in _WORD.findall(sample))
    letters = Counter(sample.lower())
    scores = {}
    for code, entry in _languages().items():
        by_words = sum(count for word, count in words.items() if word in entry["words"])
        by_letters = sum(letters[letter] for letter in entry["letters"])
        if by_words or by_letters:
            scores[code] = 2 * by_words + by_letters
    return scores


@functools.lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return script(letter)


def _main_script(text: str) -> str:
    counts = Counter(_script_of(letter) for letter in text[:SAMPLE_CHARACTERS])
    arabic, latin = counts["Arabic"], counts["Latin"]
    if arabic == latin:
        return ""
    return "Arabic" if arabic > latin else "Latin"
