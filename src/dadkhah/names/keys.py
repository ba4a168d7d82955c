"""Keys and search tokens: few short strings under which every spelling of a name is found."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from dadkhah.names.reading import Name, Part
from dadkhah.names.skeleton import skeletons
from dadkhah.names.table import word_parts

__all__ = ["keys", "search_tokens"]

_ASIDE: Final = frozenset({"title", "honorific", "patronymic", "nom_de_guerre"})
HEAD: Final = 3
TAIL: Final = 4
LONG: Final = 7  # consonants from which a key without one of them is still telling


def _core(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give the parts that name the person; all parts when only styles are left."""
    core = tuple(part for part in parts if part.kind not in _ASIDE)
    return core or parts


@lru_cache(maxsize=1 << 18)
def _bare(folded: str) -> str:
    """Give the likeliest skeleton of a word without its breaths (h), which come and go."""
    return skeletons(folded)[0].replace("h", "").replace("a", "")


def keys(name: Name | str) -> tuple[str, ...]:
    """Give the blocking keys of a name: two names of one person nearly always share one.

    Of the skeletons of the words, run together: the whole, the whole but for one letter (when it
    is long enough), and its beginning with its end, the words in order and turned. So names meet
    whatever the script, the spacing and the order, and in spite of one wrong letter.

    Args:
        name: a name or its text. An unidentified or empty name has no keys.

    Returns: distinct keys in a fixed order, about nine.
    """
    core = _core(word_parts(name if isinstance(name, str) else name.written))
    words = [word for part in core if (word := _bare(part.folded))]
    if not words:
        return tuple(f"v:{part.folded[:1]}" for part in core[:1])
    whole = "".join(words)
    turned = words[-1] + "".join(words[:-1])
    found = [f"s:{whole}", f"s:{turned}"]
    found += [f"e:{one[:HEAD]}.{one[-TAIL:]}" for one in (whole, turned) if len(whole) > HEAD]
    if len(whole) >= LONG:
        found += [f"s:{whole[:place]}{whole[place + 1 :]}" for place in range(len(whole))]
    return tuple(dict.fromkeys(found))


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
