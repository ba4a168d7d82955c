"""Search tokens: few short texts under which every spelling of a name is found."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from dadkhah.names.parts import word_parts
from dadkhah.names.skeleton import skeletons

__all__ = ["search_needs", "search_tokens"]

_STYLES: Final = frozenset({"title", "honorific"})


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


def search_needs(text: str) -> tuple[tuple[str, ...], ...]:
    """Give what a query asks of a name: for each of its words, tokens of which one must be held.

    A word may be written together with its neighbour in the name looked for (Ali Reza, علیرضا), so
    the tokens of both together count for each. Styles are not asked for, unless they stand alone.

    Returns: nothing when the query holds no word of a name; then it finds nobody.
    """
    parts = word_parts(text)
    asked = [part for part in parts if part.kind not in _STYLES] or list(parts)
    folds = [part.folded for part in asked]
    together = ["", *(left + right for left, right in pairwise(folds)), ""]
    return tuple(
        tuple(dict.fromkeys(token for fold in (folded, *together[place : place + 2]) if fold
                            for token in _tokens(fold)))
        for place, folded in enumerate(folds)
    )  # fmt: skip


def _tokens(folded: str) -> tuple[str, ...]:
    """Give the tokens of one word: its skeletons, t and d being one (Vartan, Vardan)."""
    return tuple(skeleton.replace("d", "t") for skeleton in skeletons(folded))
