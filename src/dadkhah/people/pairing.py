"""The question that every engine answers: which mentions lie in one block, and by which rules."""

from __future__ import annotations

from typing import Final

__all__ = ["PAIRS"]

# Mentions of a collection that says that it lists nobody twice are never paired with each other.
PAIRS: Final = """
select a.row as l, b.row as r, bit_or({bit}) as rules
from block_rows a join block_rows b on a.block = b.block
where a.row < b.row and a.sole <> b.sole and a.row >= {first} and a.row < {end}
group by a.row, b.row
"""
