"""Candidate pairs, compared: what their patterns of levels say, and the table they come from."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.blocking import Candidates, sole_lists
from dadkhah.people.comparison import encode_mentions
from dadkhah.people.decisions import weigh_evidence
from dadkhah.people.doubt import NEVER
from dadkhah.people.pair_table import pair_table
from dadkhah.people.patterns import find_patterns
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.slips import asked_by_name
from dadkhah.people.wording import Wording

__all__ = ["Compared"]

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


class Compared:
    """Candidate pairs as patterns of levels, and what speaks for and against each pattern."""

    def __init__(
        self,
        table: pl.DataFrame,
        wording: Wording,
        candidates: Candidates,
        settings: LinkageSettings,
        tell: Progress,
    ) -> None:
        self.table, self.candidates, self.settings = table, candidates, settings
        self.sole = sole_lists(table, settings)
        self.encoded = encode_mentions(table, wording)
        self.patterns = find_patterns(
            self.encoded, candidates.left, candidates.right, settings, tell
        )
        self.evidence = weigh_evidence(self.patterns.levels, self.patterns.apart)

    def barred(self, weight: Floats, left: Rows, right: Rows) -> Floats:
        """Bar pairs of one list that names nobody twice."""
        return np.where(self.sole[left] == self.sole[right], NEVER, weight)

    def table_of(self, probability: Floats, decision: NDArray[np.int8]) -> pl.DataFrame:
        asked = asked_by_name(
            self.table, self.candidates.left, self.candidates.right, self.patterns.of,
            self.patterns.levels["name"], self.evidence.veto,
        )  # fmt: skip
        shown = np.where((decision == 0) & asked, 1, decision).astype(np.int8)
        return pair_table(
            self.table, self.candidates, self.patterns, probability, shown, self.evidence
        )

    def ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self.candidates.left, self.candidates.right

    def rows(self) -> pl.DataFrame:
        ends = {"left_row": self.candidates.left, "right_row": self.candidates.right}
        return pl.DataFrame({name: rows.view(np.uint32) for name, rows in ends.items()})

    def lists(self) -> NDArray[np.int32]:
        """Number the collection of each mention; -1 where nobody is named."""
        lists = self.table["collection"].fill_null("").rank("dense").cast(pl.Int32).to_numpy()
        return np.where(self.table["unidentified"].to_numpy(), -1, lists).astype(np.int32)
