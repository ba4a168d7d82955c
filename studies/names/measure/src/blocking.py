"""Step: recall of the blocking keys on true pairs, and candidates per name in a million names."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from pools import RNG_SEED
from retrieval import figure
from split import rows_of

from dadkhah import names
from dadkhah.names.table import word_parts

PEOPLE = 1_000_000
QUERIES = 2_000


def _halves(left: str, right: str) -> tuple[str, str, str, str] | None:
    """Cut a record into given name and rest, in both scripts, when both cut alike."""
    a, b = word_parts(left), word_parts(right)
    if len(a) < 2 or len(a) != len(b) or {a[0].kind, b[0].kind} != {"given"}:
        return None
    rest = (" ".join(part.written for part in side[1:]) for side in (a, b))
    return (a[0].written, b[0].written, *rest)  # type: ignore[return-value]


def synthetic(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Draw names in both scripts: a given name and a family name of two real records."""
    records = [row for part in ("train", "dev", "test") for row in rows_of("victims", part)]
    halves = [cut for left, right, _ in records if (cut := _halves(left, right))]
    drawn = [(chance.choice(halves), chance.choice(halves)) for _ in range(count)]
    return [(f"{one[0]} {other[2]}", f"{one[1]} {other[3]}") for one, other in drawn]


def recall(part: str) -> str:
    """Measure how many true pairs share a key."""
    pairs = [(left, right) for left, right, _ in rows_of("victims", part)
             if names.fold(left) and names.fold(right)]  # fmt: skip
    keyed = [(set(names.keys(left)), set(names.keys(right))) for left, right in pairs]
    counted = [(one, other) for one, other in keyed if one and other]
    hits = sum(bool(one & other) for one, other in counted)
    return figure(f"true pairs that share a key ({part})", hits, len(counted))


def run(part: str = "test", people: int = PEOPLE) -> str:
    """Measure recall, then the candidates of names in the other script among the synthetic."""
    chance = random.Random(RNG_SEED)
    drawn = synthetic(people, chance)
    postings: dict[str, list[int]] = defaultdict(list)
    lengths: Counter[int] = Counter()
    for place, (persian, _) in enumerate(drawn):
        found = names.keys(persian)
        lengths[len(found)] += 1
        for key in found:
            postings[key].append(place)
    sizes, hits = [], 0
    for place in chance.sample(range(people), QUERIES):
        candidates = {row for key in names.keys(drawn[place][1]) for row in postings.get(key, ())}
        sizes.append(len(candidates))
        hits += place in candidates
    sizes.sort()
    mean = sum(sizes) / len(sizes)
    return "\n".join(
        [
            recall(part),
            figure(f"own person among the candidates of {people:,}", hits, QUERIES),
            f"candidates per name: mean {mean:.1f}, median {sizes[len(sizes) // 2]}, "
            f"95% {sizes[int(len(sizes) * 0.95)]}, most {sizes[-1]}",
            f"keys per name: {sum(k * v for k, v in lengths.items()) / people:.2f}",
        ]
    )
