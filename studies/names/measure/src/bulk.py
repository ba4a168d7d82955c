"""Step: how many names a second are read, encoded and keyed, by processor time, on one thread."""

from __future__ import annotations

import random
import time

from pools import RNG_SEED
from split import rows_of

from dadkhah import names

COUNT = 100_000


def _drawn(side: int, chance: random.Random) -> list[str]:
    """Draw names as written, styles and brackets too: the first word of one, the rest of one."""
    rows = [row for part in ("train", "dev", "test") for row in rows_of("victims", part)]
    cut = [str(row[side]).split(maxsplit=1) for row in rows]
    halves = [half for half in cut if len(half) == 2]
    return [f"{chance.choice(halves)[0]} {chance.choice(halves)[1]}" for _ in range(COUNT)]


def run() -> str:
    """Measure names in both scripts, most of them distinct, from text to arrays and keys."""
    lines = []
    warm = names.words_of(["علی", "Ali"])
    names.encode(warm)
    names.key_table(warm)
    for side, script in enumerate(("Persian", "Latin")):
        texts = _drawn(side, random.Random(RNG_SEED))
        begun = time.process_time()
        read = names.words_of(texts)
        middle = time.process_time()
        names.encode(read)
        encoded = time.process_time()
        names.key_table(read)
        ended = time.process_time()
        lines.append(
            f"{script}, {COUNT:,} names, {len(set(texts)):,} distinct, {len(read.folds):,} words: "
            f"{COUNT / (ended - begun):,.0f} names a second (read {COUNT / (middle - begun):,.0f}, "
            f"encode {COUNT / (encoded - middle):,.0f}, keys {COUNT / (ended - encoded):,.0f})"
        )
    return "\n".join(lines)
