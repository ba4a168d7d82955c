"""Pairs as a table: both mentions, a probability, a decision, and the levels it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.blocking import Candidates
from dadkhah.people.decisions import DECISIONS, Evidence
from dadkhah.people.fields import OTHER, field_of
from dadkhah.people.judgements import effective
from dadkhah.people.patterns import Patterns
from dadkhah.records import Judgement

__all__ = ["pair_table", "with_judgements"]


def pair_table(
    table: pl.DataFrame,
    candidates: Candidates,
    patterns: Patterns,
    probability: NDArray[np.float64],
    decision: NDArray[np.int8],
    evidence: Evidence,
) -> pl.DataFrame:
    """List the pairs that are decided or wait, the likeliest first, with what they rest on.

    Args:
        probability, evidence: of patterns. decision: of pairs.
    """
    kept = np.flatnonzero(decision > 0)
    kept = kept[np.argsort(-probability[patterns.of[kept]], kind="stable")]
    of = patterns.of[kept]
    said = pl.DataFrame(
        {
            "probability": probability,
            "by": pl.Series(["machine"] * len(probability), dtype=pl.String),
            "agree": evidence.agree,
            "conflict": evidence.conflict,
            **patterns.levels,
        }
    ).with_columns(_why(list(patterns.levels)).alias("why"))
    return (
        pl.DataFrame(
            {
                "left": table["id"].gather(candidates.left[kept]),
                "right": table["id"].gather(candidates.right[kept]),
                "decision": pl.Series(DECISIONS, dtype=pl.String).gather(decision[kept]),
            }
        )
        .hstack(said[of])
        .select(
            "left",
            "right",
            "probability",
            "decision",
            pl.exclude("left", "right", "probability", "decision"),
        )
    )


def _why(levels: Sequence[str]) -> pl.Expr:
    """Say in a few words per field what the pair rests on: "father: the same; place: different"."""
    said = [
        pl.when(pl.col(name) >= 0).then(
            pl.format(
                "{}: {}",
                pl.lit(name.removeprefix(OTHER)),
                pl.col(name).replace_strict(
                    list(range(-1, len(field.levels))), ["", *field.levels], return_dtype=pl.String
                ),
            )
        )
        for name, field in ((name, field_of(name)) for name in levels)
    ]
    return pl.concat_str(said, separator="; ", ignore_nulls=True)


def with_judgements(
    pairs: pl.DataFrame, judgements: Iterable[Judgement]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Let a person's decision stand in place of the machine's; "different" takes a pair out."""
    decided = [each for each in effective(judgements) if not each.by_machine]
    if not decided:
        return pairs, ()
    known = pl.DataFrame(
        {
            "left": [each.left for each in decided] + [each.right for each in decided],
            "right": [each.right for each in decided] + [each.left for each in decided],
            "judged": [each.decision for each in decided] * 2,
        }
    )
    joined = pairs.join(known, on=["left", "right"], how="left", maintain_order="left")
    against = joined.filter(
        ((pl.col("judged") == "different") & (pl.col("probability") >= 0.99))
        | ((pl.col("judged") == "same") & (pl.col("conflict") > 0))
    )
    flags = (f"judged-against-the-model:{against.height}",) if against.height else ()
    said = pl.col("judged").is_not_null()
    kept = joined.with_columns(
        decision=pl.coalesce("judged", "decision"),
        by=pl.when(said).then(pl.lit("person")).otherwise("by"),
    )
    return kept.drop("judged"), flags
