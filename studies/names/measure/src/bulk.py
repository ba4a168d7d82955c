"""Step: how many names a second are read, encoded and keyed, by processor time, on one thread."""

from __future__ import annotations

import random
import time

from blocking import synthetic
from pools import RNG_SEED

from dadkhah import names

COUNT = 200_000


def run() -> str:
    """Measure names in both scripts, most of them distinct, from text to arrays and keys."""
    lines = []
    warm = names.words_of(["علی", "Ali"])
    names.encode(warm)
    names.key_table(warm)
    drawn = synthetic(COUNT, random.Random(RNG_SEED))
    for script, texts in zip(("Persian", "Latin"), zip(*drawn, strict=True), strict=True):
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
