"""Splink's own training and prediction, run on our levels by its public interface.

Pairs are compared outside Splink, because names across scripts are scored in bulk. Splink then
sees each pair as a row that holds its levels, joined to one neutral row.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel
from splink.comparison_library import CustomComparison

from dadkhah.people.engine import open_engine
from dadkhah.people.fields import UNSAID, Field, field_of
from dadkhah.people.settings import LinkageSettings

__all__ = ["Chances", "predict", "train"]

# Splink warns of every level that no pair has; the parameters table shows the same.
logging.getLogger("splink").setLevel(logging.ERROR)

Chances = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
LEAST_M: Final = 1e-3


def train(
    pairs: pl.DataFrame, chances: Chances, prior: float, settings: LinkageSettings
) -> Chances:
    """Let Splink's EM estimate m, with u and the prior held; m stays where it cannot."""
    pairs = pairs.with_columns(
        pl.when(pl.col(name).is_between(0, field_of(name).tied - 1))
        .then(pl.lit(0, pl.Int8))
        .otherwise(name)
        .alias(name)
        for name in chances
    )
    joint = {name: _joined(m, u, field_of(name).tied) for name, (m, u) in chances.items()}
    with open_engine(settings) as database:
        linker = _linker(database, pairs, joint, prior)
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on("joint"),
                estimate_without_term_frequencies=True,
                fix_u_probabilities=True,
                fix_probability_two_random_records_match=True,
            )
        except ValueError as why:
            # where hardly any pair is one person's, a chance falls below what Splink can hold
            if "below the minimum" not in str(why):
                raise
            return chances
        model = linker.misc.save_model_to_json(out_path=None)
    found = {each["output_column_name"]: each["comparison_levels"] for each in model["comparisons"]}
    return {
        name: (_m(found[name], m, u, frozenset(pairs[name].unique()), field_of(name).tied), u)
        for name, (m, u) in chances.items()
    }


def _joined(
    m: tuple[float, ...], u: tuple[float, ...], tied: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Take the lowest levels for one, which stands in the place of the lowest."""
    none = (1e-12,) * (tied - 1)
    return (sum(m[:tied]), *none, *m[tied:]), (sum(u[:tied]), *none, *u[tied:])


def _m(
    levels: list[dict[str, Any]],
    before: tuple[float, ...],
    u: tuple[float, ...],
    seen: frozenset[int],
    tied: int,
) -> tuple[float, ...]:
    """Read m from a trained comparison, kept off 0; a level that no pair has stays as settled.

    What levels that were trained as one have is shared among them as they were settled, and none
    has more than its share among two people.
    """
    said = [each for each in levels if not each.get("is_null_level")]
    trained = [float(each["m_probability"]) for each in reversed(said)]
    low = max(trained[0], LEAST_M) if 0 in seen else sum(before[:tied])
    most = [low * each / sum(u[:tied]) for each in u[:tied]]
    shares = (low * each / sum(before[:tied]) for each in before[:tied])
    m = [min(max(own, LEAST_M), top) for own, top in zip(shares, most, strict=True)]
    m += [
        max(trained[at], LEAST_M) if at in seen else before[at] for at in range(tied, len(before))
    ]
    return tuple(each / sum(m) for each in m)


def predict(
    patterns: pl.DataFrame, chances: Chances, prior: float, settings: LinkageSettings
) -> NDArray[np.float64]:
    """Ask Splink for the probability of each distinct pattern."""
    with open_engine(settings) as database:
        predicted = _linker(database, patterns, chances, prior).inference.predict()
        rows = pl.DataFrame(predicted.as_pyarrow_table())  # type: ignore[no-untyped-call]
    ordered = rows.select("unique_id_l", "match_probability").sort("unique_id_l")
    return ordered["match_probability"].to_numpy()


def _linker(
    connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame, chances: Chances, prior: float
) -> Linker:
    """Give a linker whose left rows hold the levels of pairs, each with a neutral right row.

    One right row for all would be simpler, but Splink joins the two sides stacked in one table,
    and a key that all rows share would make that join quadratic.
    """
    api = DuckDBAPI(connection=connection)
    left = rows.with_row_index("unique_id").with_columns(
        pl.col("unique_id").alias("joint"), pl.lit("a").alias("source_dataset")
    )
    neutral = (pl.lit(UNSAID, pl.Int8).alias(name) for name in chances)
    right = left.with_columns(pl.lit("b").alias("source_dataset"), *neutral)
    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=prior,
        comparisons=[_comparison(name, field_of(name), *chances[name]) for name in chances],
        blocking_rules_to_generate_predictions=[block_on("joint")],
        max_iterations=25,
        em_convergence=0.001,
        retain_matching_columns=False,
    )
    tables = [
        api.register(left.to_arrow(), dataset_display_name="a"),
        api.register(right.to_arrow(), dataset_display_name="b"),
    ]
    return Linker(tables, settings, log_level=None, validate_settings=False)


def _comparison(
    name: str, field: Field, m: tuple[float, ...], u: tuple[float, ...]
) -> CustomComparison:
    null = CustomLevel(f'"{name}_l" = {UNSAID}', label_for_charts="not said")
    levels: list[Any] = [null.configure(is_null_level=True)]
    for level in reversed(range(len(field.levels))):
        chosen = CustomLevel(f'"{name}_l" = {level}', label_for_charts=field.levels[level])
        levels.append(chosen.configure(m_probability=m[level], u_probability=u[level]))
    return CustomComparison(levels, output_column_name=name)
