"""What a flag of a linkage means, as a sentence in English and Persian."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from dadkhah import bundled
from dadkhah.people.phrases import field_words

__all__ = ["explain_flag"]

_PERSIAN: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def explain_flag(flag: str) -> tuple[str, str]:
    """Explain a flag of a linkage, such as "names-misplaced:12" or "training-turned:place".

    Returns:
        The sentence in English and in Persian; the flag itself where it is not known.
    """
    code, _, said = flag.partition(":")
    if code not in _sentences():
        return flag, flag
    english, persian = _sentences()[code]
    field = field_words(said)
    count = f"{int(said):,}" if said.isascii() and said.isdigit() else said
    return (
        english.format(n=count, field=field[0]),
        persian.format(n=count.replace(",", "٬").translate(_PERSIAN), field=field[1]),
    )


@cache
def _sentences() -> Mapping[str, tuple[str, str]]:
    data = bundled.read("dadkhah.people", "data/flags.yaml")
    return {code: (each["en"], each["fa"]) for code, each in data.items()}
