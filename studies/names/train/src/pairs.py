"""Labelled pairs of names for the score: true ones as sources vary them, and the hardest wrong."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from pools import RNG_SEED, TOTAL, Pool, Side, nearest_wrong

from dadkhah import names
from dadkhah.names import fold, scoring
from dadkhah.names.table import word_parts

Labelled = tuple[str, str, int]
NEAREST = 4
VARIED = 0.30
SLIPPED = 0.3
EQUAL = 0.3
LINES = 2
FEWEST_LETTERS = 5
LETTERS = ("ابپتجحخدرزسشصطعغفقکگلمنوهی", "abdefghijklmnoprstuvyz")  # by side: Persian, Latin

# How other schools write what Persian practice writes; one is drawn for a whole name.
SCHOOLS = (
    ((r"eh\b", "a"), (r"o(?!u)", "u"), (r"e(?![iey])", "i")),  # ALA-LC and kin, vowels
    ((r"q", "gh"),),
    ((r"gh", "q"),),
    ((r"sh", "sch"), (r"j", "dsch"), (r"kh", "ch"), (r"z(?!h)", "s")),  # German
    ((r"sh", "ch"), (r"(?<!o)u", "ou"), (r"j", "dj")),  # French
    ((r"(?<![ea])i(?!i)", "ee"), (r"(?<!o)u", "oo"), (r"v", "w")),  # informal, Dari
)


def respelled(text: str, chance: random.Random) -> str:
    """Write a Latin name as another school would; a name in another script stays."""
    if not text.isascii():
        return text
    said = text.lower()
    for own, other in chance.choice(SCHOOLS):
        said = re.sub(own, other, said)
    return " ".join(word.capitalize() for word in said.split())


def slipped(text: str, letters: str, chance: random.Random) -> str:
    """Write a name with one slip of the pen: a letter changed, left out, put in, or two turned."""
    places = [place for place, letter in enumerate(text) if place and letter.isalpha()]
    if len(places) < FEWEST_LETTERS:
        return text
    at, way, letter = chance.choice(places), chance.randrange(4), chance.choice(letters)
    if way == 0:
        return text[:at] + letter + text[at + 1 :]
    if way == 1:
        return text[:at] + letter + text[at:]
    if way == 2 and text[at + 1 : at + 2].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :]


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


def given_names(side: Side) -> list[str]:
    """List the given names of one side, as often as they occur."""
    return [parts[0].written for text in side.texts if (parts := word_parts(text))
            and parts[0].kind == "given"]  # fmt: skip


def other_spellings(pool: Pool, query: str) -> set[str]:
    """Give the other folds of one side that the lines set beside what this one is set beside."""
    return {other for across in pool.true[query] for other in pool.true[across]} - {query}


def wrong_within(
    pool: Pool, side: Side, query: str, given: Sequence[str], chance: random.Random
) -> list[Labelled]:
    """Set a name beside the nearest other ones of its side, and a sibling."""
    text, same = side.texts[side.place[query]], other_spellings(pool, query) | {query}
    rows = nearest_wrong(pool, side, query, side, NEAREST + len(same))
    wrong = [side.texts[row] for row in rows if side.folds[row] not in same][:NEAREST]
    brother = sibling(text, given, chance)
    return [(text, other, 0) for other in [*wrong, *([brother] if brother else [])]]


def _given_pairs(pool: Pool, part: str) -> dict[tuple[str, str], int]:
    """Count the first given names that the lines of one part set beside each other."""
    found: Counter[tuple[str, str]] = Counter()
    for pair in pool.part[part]:
        sides = [word_parts(side.texts[side.place[text]])
                 for side, text in zip((pool.persian, pool.latin), pair, strict=True)]  # fmt: skip
        if all(side[:1] and side[0].kind == "given" for side in sides):
            found[sides[0][0].folded, sides[1][0].folded] += 1
    return found


def single_words(pool: Pool, part: str, left: int, right: int) -> list[Labelled]:
    """Make labelled pairs of given names alone, that two lines at least set beside each other.

    Args:
        left, right: the sides, 0 Persian, 1 Latin; within one, equal words are true pairs too.
    """
    given = sorted(pair for pair, often in _given_pairs(pool, part).items() if often >= LINES)
    across = [defaultdict(set), defaultdict(set)]
    for pair in given:
        across[0][pair[0]].add(pair[1])
        across[1][pair[1]].add(pair[0])
    among = sorted(across[right])
    asked, table = (names.encode(words) for words in (sorted(across[left]), among))
    found: list[Labelled] = []
    for place, word in enumerate(sorted(across[left])):
        met = across[left][word]
        true = met if left != right else {each for other in met for each in across[1 - left][other]}
        rows = np.arange(len(among))
        total = scoring.features(asked, np.full(len(rows), place), table, rows)[:, TOTAL]
        order = [among[row] for row in np.argsort(-total, kind="stable")]
        found += [(word, other, 1) for other in sorted(true)[:2]]
        found += [(word, other, 0) for other in order[: NEAREST + len(true)] if other not in true]
    return found


def unequal(pairs: Sequence[Labelled]) -> list[Labelled]:
    """Leave out the pairs that the fold makes equal."""
    return [pair for pair in pairs if fold(pair[0]) != fold(pair[1])]


def labelled_within(pool: Pool, part: str, count: int, way: int) -> list[Labelled]:
    """Make labelled pairs of one script from one part.

    True ones are spellings that the lines set beside one name of the other script, one of another
    school, that varied as sources vary, some with a slip of the pen, and some equal.

    Args:
        way: the side, 0 Persian, 1 Latin.
    """
    chance = random.Random(RNG_SEED + len(part))
    side, found, equal = (pool.persian, pool.latin)[way], [], []
    queries = sorted({pair[way] for pair in pool.part[part]})
    given = given_names(side)
    for query in chance.sample(queries, min(count, len(queries))):
        text = side.texts[side.place[query]]
        said = [side.texts[side.place[other]] for other in sorted(other_spellings(pool, query))[:1]]
        school = respelled(text, chance)
        said += [school, _varied(school, chance)]
        said += [slipped(text, LETTERS[way], chance)] * (chance.random() < SLIPPED)
        found += [(text, other, 1) for other in said]
        found += wrong_within(pool, side, query, given, chance)
        equal += [(text, text, 1)] * (chance.random() < EQUAL)
    return unequal(found) + equal


def labelled(pool: Pool, part: str, count: int) -> list[Labelled]:
    """Make labelled pairs from one part: per query a true pair, nearest wrong ones, a sibling.

    Args:
        count: how many queries per direction.
    """
    chance = random.Random(RNG_SEED + len(part))
    found: list[Labelled] = []
    for own, other, way in ((pool.persian, pool.latin, 0), (pool.latin, pool.persian, 1)):
        queries = sorted({pair[way] for pair in pool.part[part]})
        given = given_names(other)
        for query in chance.sample(queries, min(count, len(queries))):
            text = own.texts[own.place[query]]
            right = other.texts[other.place[sorted(pool.true[query])[0]]]
            said = _varied(right, chance) if chance.random() < VARIED else right
            found.append((text, said, 1))
            rows = nearest_wrong(pool, own, query, other, NEAREST)
            found += [(text, other.texts[row], 0) for row in rows]
            brother = sibling(right, given, chance)
            if brother:
                found.append((text, brother, 0))
    return found
