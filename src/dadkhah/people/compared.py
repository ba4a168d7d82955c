"""Candidate pairs, compared: what their patterns of levels say, and the table they come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.blocking import Candidates, sole_lists
from dadkhah.people.comparison import Encoded
from dadkhah.people.decisions import Evidence, weigh_evidence
from dadkhah.people.doubt import NEVER
from dadkhah.people.pair_table import pair_table
from dadkhah.people.patterns import Patterns, find_patterns
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.slips import asked_by_name

__all__ = [
    "Compared",
    "bar_sole",
    "compare_candidates",
    "lists_of",
    "rows_of",
    "table_of_pairs",
]

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Candidate pairs as patterns of levels, and what speaks for and against each pattern.

    `sole` is of each mention the collection that names nobody twice, by number, or one of its own.
    """

    table: pl.DataFrame
    candidates: Candidates
    settings: LinkageSettings
    sole: NDArray[np.int32]
    patterns: Patterns
    evidence: Evidence


def compare_candidates(
    table: pl.DataFrame,
    encoded: Encoded,
    candidates: Candidates,
    settings: LinkageSettings,
    tell: Progress,
) -> Compared:
    """Compare the candidates of a table.

    Args:
        encoded: the mentions of the table.
    """
    patterns = find_patterns(encoded, candidates.left, candidates.right, settings, tell)
    return Compared(
        table=table,
        candidates=candidates,
        settings=settings,
        sole=sole_lists(table, settings),
        patterns=patterns,
        evidence=weigh_evidence(patterns.levels, patterns.apart),
    )


def bar_sole(compared: Compared, weight: Floats, left: Rows, right: Rows) -> Floats:
    """Bar pairs of one list that names nobody twice."""
    return np.where(compared.sole[left] == compared.sole[right], NEVER, weight)


def table_of_pairs(
    compared: Compared, probability: Floats, decision: NDArray[np.int8]
) -> pl.DataFrame:
    """List the pairs that are decided or wait; those asked by name alone wait too."""
    candidates, patterns, evidence = compared.candidates, compared.patterns, compared.evidence
    asked = asked_by_name(
        compared.table, candidates.left, candidates.right, patterns.of,
        patterns.levels["name"], evidence.veto,
    )  # fmt: skip
    shown = np.where((decision == 0) & asked, 1, decision).astype(np.int8)
    return pair_table(compared.table, candidates, patterns, probability, shown, evidence)


def rows_of(candidates: Candidates) -> pl.DataFrame:
    """Give the rows of the candidates as a table."""
    ends = {"left_row": candidates.left, "right_row": candidates.right}
    return pl.DataFrame({name: rows.view(np.uint32) for name, rows in ends.items()})


def lists_of(table: pl.DataFrame) -> NDArray[np.int32]:
    """Number the collection of each mention; -1 where nobody is named."""
    lists = table["collection"].fill_null("").rank("dense").cast(pl.Int32).to_numpy()
    return np.where(table["unidentified"].to_numpy(), -1, lists).astype(np.int32)
