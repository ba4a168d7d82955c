"""The words of a name that tell one person from another."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dadkhah.names.reading import Part, units
from dadkhah.names.skeleton import skeletons

__all__ = ["all_words", "core_words", "given_name", "last_word"]

_ASIDE: Final = frozenset({"title", "honorific", "patronymic", "kunya", "nom_de_guerre"})


def _core(name: str) -> tuple[Part, ...]:
    parts = units(name)
    return tuple(part for part in parts if part.kind not in _ASIDE) or parts


@lru_cache(maxsize=1 << 16)
def core_words(name: str) -> tuple[str, ...]:
    """Give the consonant skeletons of the words that name a person, titles aside."""
    return tuple(skeletons(part.folded)[0] for part in _core(name) if part.folded)


@lru_cache(maxsize=1 << 16)
def all_words(name: str) -> tuple[str, ...]:
    """Give the skeletons of every word, titles too: Haji- and Mir- begin many family names."""
    return tuple(skeletons(part.folded)[0] for part in units(name) if part.folded)


def given_name(name: str) -> str:
    """Give the given name as written, or the first word where none is known to be one."""
    core = _core(name)
    given = [part.written for part in core if part.kind in ("given", "initial")]
    return " ".join(given) or (core[0].written if core else "")


def last_word(name: str) -> str:
    """Give the last word that names the person, as written."""
    core = _core(name)
    return core[-1].written if core else ""
