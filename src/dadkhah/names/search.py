"""Search tokens: few short texts under which every spelling of a name is found."""

from __future__ import annotations

from itertools import pairwise

from dadkhah.names.parts import word_parts
from dadkhah.names.skeleton import skeletons

__all__ = ["search_tokens"]


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
