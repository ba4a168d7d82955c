"""One file per format; each gives what `Reader` asks for."""

from __future__ import annotations

from typing import Protocol

from dadkhah.sources.derived import DerivedText
from dadkhah.sources.encoding import Decoded

__all__ = ["Reader"]


class Reader(Protocol):
    """What a reader of running text does: decoded text in, derived text out.

    A table's reader gives a `tables.Table` instead; it has no derived text, for a row is quoted as
    it stands.
    """

    def derive(self, decoded: Decoded) -> DerivedText:
        """Join, set apart and order the text, keeping the way back to every character."""
        ...
