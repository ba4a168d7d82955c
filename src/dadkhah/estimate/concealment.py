"""Small cells are not published: who is the one person on three secret lists must stay unsaid.

A cell below the least count is hidden. List lengths and the total are published too, so a hidden
cell that is alone on a list, off a list, or in all could be worked out: then the smallest cell
beside it is hidden as well, until none stands alone. What is hidden shows as hidden.
"""

from __future__ import annotations

from typing import Any

from dadkhah.estimate.values import Overlaps

__all__ = ["LEAST", "publishable"]

LEAST = 5


def publishable(table: Overlaps, *, least: int = LEAST) -> list[dict[str, Any]]:
    """Give patterns with counts fit to publish; a hidden count is None.

    Args:
        least: smallest count that may be shown; 1 hides nothing.
    """
    hidden = {i for i, n in enumerate(table.counts) if 0 < n < least}
    rows = range(len(table.counts))
    groups = [set(rows)]
    for j in range(len(table.lists)):
        on = {i for i in rows if table.patterns[i][j]}
        groups += [on, set(rows) - on]
    while alone := next((g for g in groups if len(g & hidden) == 1 and g - hidden), None):
        hidden.add(min(alone - hidden, key=lambda i: table.counts[i]))
    return [
        {"lists": [name for name, on in zip(table.lists, pattern, strict=True) if on],
         "people": None if i in hidden else n}
        for i, (pattern, n) in enumerate(zip(table.patterns, table.counts, strict=True))
    ]  # fmt: skip
