"""Where a team plugs in a model of its own: off unless one is given, and always marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dadkhah.records import Claim, Mention, Passage, Source

__all__ = ["Proposer"]


class Proposer(Protocol):
    """A reader of passages that proposes mentions and claims.

    What it proposes is written with the author "<name> <version>", status "unreviewed", and never
    for a passage that is furniture, whatever the proposer itself says.
    """

    name: str
    version: str

    def propose(
        self, passages: Sequence[Passage], source: Source
    ) -> tuple[Sequence[Mention], Sequence[Claim]]:
        """Give mentions and claims for the passages of one source."""
        ...
