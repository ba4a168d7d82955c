"""What a linkage is told, and the sentence under which it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dadkhah.errors import LinkageError

__all__ = ["ENGINES", "LinkageSettings", "Progress"]

ENGINES: Final = ("duckdb", "spark")
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageSettings:
    """How mentions are linked.

    Args:
        threshold: from this probability on, a machine may decide, if fields other than the name
            agree too.
        review: from this probability on, a pair is put before a person.
        fields: how many fields other than the name must agree for a machine's decision.
        most_pairs: refuse to compare more candidate pairs than this.
        largest_block: mentions that may share one key; a larger block is left out and reported.
        pairs_each: pairs that a rule of blocking may give for each mention; of the keys that would
            give more, the most common are left out. A small case is allowed more.
        training_pairs: at most this many candidate pairs teach the model.
        no_duplicates: ids of the collections that say that they list no person twice.
        seed: of the sample of pairs that teaches the model.
        memory_mebibytes: what DuckDB may use.
        engine: "duckdb", or "spark" (the extra `spark` and Java), which pairs mentions.
        threads: on which pairs are compared.
    """

    threshold: float = 0.99
    review: float = 0.2
    fields: int = 2
    most_pairs: int = 50_000_000
    largest_block: int = 1500
    pairs_each: float = 1.0
    training_pairs: int = 400_000
    no_duplicates: frozenset[str] = frozenset()
    seed: int = 1
    memory_mebibytes: int = 768
    engine: str = "duckdb"
    threads: int = 2

    def __post_init__(self) -> None:
        if not 0 < self.review < self.threshold < 1:
            raise LinkageError(
                "linkage-settings",
                "The review level must lie above 0 and under the threshold, the threshold under 1.",
                where=f"review {self.review}, threshold {self.threshold}",
                todo="Choose for example review 0.2 and threshold 0.99.",
            )
        if self.engine not in ENGINES:
            raise LinkageError(
                "linkage-settings",
                "Linkage runs on DuckDB or on Spark.",
                where=f"engine {self.engine}",
                todo="Choose duckdb or spark.",
            )
