"""What a flag of a linkage means, as a sentence in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dadkhah import bundled
from dadkhah.people.phrases import field_words
from dadkhah.text import to_persian_numbers

__all__ = ["explain_flag"]


def explain_flag(flag: str) -> tuple[str, str]:
    """Explain a flag of a linkage, such as "names-misplaced:12" or "training-turned:place".

    Returns:
        The sentence in English and in Persian; the flag itself where it is not known.
    """
    code, _, said = flag.partition(":")
    if code not in _sentences():
        return flag, flag
    sentence = _sentences()[code]
    english = sentence.get("one", sentence["en"]) if said == "1" else sentence["en"]
    field = field_words(said)
    count = f"{int(said):,}" if said.isascii() and said.isdigit() else said
    return (
        english.format(n=count, field=field[0]),
        sentence["fa"].format(n=to_persian_numbers(count), field=field[1]),
    )


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    sentences: dict[str, dict[str, str]] = bundled.read("dadkhah.people", "data/flags.yaml")
    return sentences
