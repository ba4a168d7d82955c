"""Why a contribution may be refused: the published list."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

__all__ = ["codes", "said"]


@functools.cache
def said() -> Mapping[str, Mapping[str, str]]:
    """Give the list: by code, the sentence in each language."""
    path = Path(__file__).parent / "data" / "reasons.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def codes() -> tuple[str, ...]:
    """Give the codes of the list, in its order."""
    return tuple(said())
