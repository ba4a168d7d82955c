"""One piece of a report, before it is HTML or paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Block", "Page"]

Page = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece: kind is title, lead, heading, text, items, table or chart.

    A chart's text is its alternative in words; `svg` is the drawing.
    """

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    svg: str = ""
