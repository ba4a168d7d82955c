"""The question that every engine answers: which mentions lie in one block, and by which rules."""

from __future__ import annotations

from typing import Final

__all__ = ["PAIRS", "TOGETHER", "part_of"]

# Mentions of a collection that says that it lists nobody twice are never paired with each other.
PAIRS: Final = """
select a.row as l, b.row as r, {bit} as rules, {part} as part
from {rows} a join {rows} b on a.block = b.block
where a.row < b.row and a.sole <> b.sole
"""
# A pair is found in as many blocks as it shares; it counts once, by all its rules.
TOGETHER: Final = """
select part, l, r, cast(bit_or(rules) as int) as rules from {pairs} group by part, l, r
"""


def part_of(mentions: int, parts: int) -> str:
    """Number, in SQL, the part in which a pair is put by its left mention.

    Parts have about as many pairs each: an early mention is the left one of more pairs than a late
    one, so that the share x of the mentions has 2x - x^2 of the pairs.
    """
    share = f"cast(a.row as double) / {mentions}"
    done = f"floor({parts} * (2 * {share} - {share} * {share}))"
    return f"cast(least({parts - 1}, {done}) as int)"
