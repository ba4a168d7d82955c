"""Streams of chance: one per purpose, so a change in one leaves the rest."""

from __future__ import annotations

import random

__all__ = ["stream"]


def stream(purpose: str, seed: int) -> random.Random:
    """Open the stream of a purpose; the same seed gives the same numbers on every machine."""
    return random.Random(f"{purpose}:{seed}")  # noqa: S311 - an invented world, not a secret
