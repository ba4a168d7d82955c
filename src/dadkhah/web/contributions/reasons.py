"""Why a contribution may be refused: the published list."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dadkhah import bundled

__all__ = ["codes", "said"]


@functools.cache
def said() -> Mapping[str, Mapping[str, str]]:
    """Give the list: by code, the sentence in each language."""
    return dict(bundled.read("dadkhah.web.contributions", "data/reasons.yaml"))


def codes() -> tuple[str, ...]:
    """Give the codes of the list, in its order."""
    return tuple(said())
