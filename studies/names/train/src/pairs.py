"""Labelled pairs of names for the score: true ones as sources vary them, and the hardest wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pools import RNG_SEED, Pool, nearest_wrong

from dadkhah.names.table import word_parts

Labelled = tuple[str, str, int]
NEAREST = 4
VARIED = 0.30


# How other schools write what Persian practice writes; one is drawn for a whole name.
SCHOOLS = (
    (("eh", "a"), ("o", "u"), ("e", "i")),  # ALA-LC and kin, vowels
    (("q", "gh"),),
    (("gh", "q"),),
    (("sh", "sch"), ("j", "dsch"), ("kh", "ch"), ("z", "s")),  # German
    (("sh", "ch"), ("u", "ou"), ("j", "dj")),  # French
    (("i", "ee"), ("u", "oo"), ("v", "w")),  # informal, Dari
)


def respelled(text: str, chance: random.Random) -> str:
    """Write a Latin name as another school would; a name in another script stays."""
    if not text.isascii():
        return text
    said = text.lower()
    for own, other in chance.choice(SCHOOLS):
        said = said.replace(own, other)
    return said.title()


def _varied(text: str, chance: random.Random) -> str:
    """Write a name as another source would: without style, turned, short, in another school."""
    parts = list(word_parts(text))
    words = [part.written for part in parts]
    if len(words) < 2 or any(part.kind in ("initial", "nom_de_guerre") for part in parts):
        return text
    styled = [part.written for part in parts if part.kind not in ("title", "honorific")]
    if 1 < len(styled) < len(words):
        return " ".join(styled)
    way = chance.randrange(6)
    if way == 0:
        return " ".join(words[-1:] + words[:-1])
    if way == 1:
        return f"{words[0][0]}. " + " ".join(words[1:])
    if way == 2 and len(words) > 2:
        return " ".join(words[:-1])
    return respelled(text, chance)


def sibling(text: str, given: Sequence[str], chance: random.Random) -> str | None:
    """Give a name that differs in the given name alone."""
    parts = word_parts(text)
    if len(parts) < 2 or parts[0].kind != "given":
        return None
    other = chance.choice(given)
    if other == parts[0].written:
        return None
    return " ".join([other, *(part.written for part in parts[1:])])


def labelled(pool: Pool, part: str, count: int) -> list[Labelled]:
    """Make labelled pairs from one part: per query a true pair, nearest wrong ones, a sibling.

    Args:
        count: how many queries per direction.
    """
    chance = random.Random(RNG_SEED + len(part))
    found: list[Labelled] = []
    for own, other, way in ((pool.persian, pool.latin, 0), (pool.latin, pool.persian, 1)):
        queries = sorted({pair[way] for pair in pool.part[part]})
        given = [parts[0].written for text in other.texts if (parts := word_parts(text))
                 and parts[0].kind == "given"]  # fmt: skip
        for fold in chance.sample(queries, min(count, len(queries))):
            text = own.texts[own.place[fold]]
            right = other.texts[other.place[sorted(pool.true[fold])[0]]]
            said = _varied(right, chance) if chance.random() < VARIED else right
            found.append((text, said, 1))
            rows = nearest_wrong(pool, own, fold, other, NEAREST)
            found += [(text, other.texts[row], 0) for row in rows]
            brother = sibling(right, given, chance)
            if brother:
                found.append((text, brother, 0))
    return found
