"""Step: recall of the blocking keys on true pairs, and candidates per name in a million names."""

from __future__ import annotations

import random

from pools import RNG_SEED
from retrieval import figure
from split import rows_of

from dadkhah import names
from dadkhah.names.keys import keys_of_words
from dadkhah.names.table import word_parts

ASIDE = {"title", "honorific", "patronymic", "nom_de_guerre"}
PEOPLE = 1_000_000
QUERIES = 2_000


Half = tuple[tuple[str, ...], tuple[str, ...]]


def _folded(text: str) -> tuple[tuple[str, str], ...]:
    """Give the kinds and folds of the words that name a person."""
    return tuple((part.kind, part.folded) for part in word_parts(text) if part.kind not in ASIDE)


def _halves(left: str, right: str) -> tuple[Half, Half] | None:
    """Cut a record into given name and rest, in both scripts, when both cut alike."""
    a, b = _folded(left), _folded(right)
    if len(a) < 2 or len(a) != len(b) or {a[0][0], b[0][0]} != {"given"}:
        return None
    one, other = (tuple(fold for _, fold in side) for side in (a, b))
    return (one[:1], other[:1]), (one[1:], other[1:])


def synthetic(count: int, chance: random.Random) -> list[Half]:
    """Draw names in both scripts: a given name and a family name of two real records."""
    records = [row for part in ("train", "dev", "test") for row in rows_of("victims", part)]
    halves = [cut for left, right, _ in records if (cut := _halves(left, right))]
    drawn = [(chance.choice(halves)[0], chance.choice(halves)[1]) for _ in range(count)]
    return [(one[0] + other[0], one[1] + other[1]) for one, other in drawn]


def recall(part: str) -> str:
    """Measure how many true pairs share a key."""
    pairs = [(left, right) for left, right, _ in rows_of("victims", part)
             if names.fold(left) and names.fold(right)]  # fmt: skip
    keyed = [(set(names.keys(left)), set(names.keys(right))) for left, right in pairs]
    counted = [(one, other) for one, other in keyed if one and other]
    hits = sum(bool(one & other) for one, other in counted)
    return figure(f"true pairs that share a key ({part})", hits, len(counted))


def missed(part: str) -> list[int]:
    """Give the lines whose two names share no key."""
    return [line for left, right, line in rows_of("victims", part)
            if not set(names.keys(left)) & set(names.keys(right))]  # fmt: skip


def run(part: str = "test", people: int = PEOPLE) -> str:
    """Measure recall, then the candidates of names in the other script among the synthetic."""
    chance = random.Random(RNG_SEED)
    drawn = synthetic(people, chance)
    asked = {
        place: keys_of_words(drawn[place][1]) for place in chance.sample(range(people), QUERIES)
    }
    postings: dict[str, list[int]] = {key: [] for found in asked.values() for key in found}
    keys = 0
    for place, (persian, _) in enumerate(drawn):
        for key in keys_of_words(persian):
            keys += 1
            if key in postings:
                postings[key].append(place)
    sizes, hits = [], 0
    for place, found in asked.items():
        candidates = {row for key in found for row in postings[key]}
        sizes.append(len(candidates))
        hits += place in candidates
    sizes.sort()
    return "\n".join(
        [
            recall(part),
            figure(f"own person among the candidates of {people:,}", hits, QUERIES),
            f"candidates per name: mean {sum(sizes) / len(sizes):.1f}, "
            f"median {sizes[len(sizes) // 2]}, 95% {sizes[int(len(sizes) * 0.95)]}, "
            f"most {sizes[-1]}",
            f"keys per name: {keys / people:.2f}",
        ]
    )
