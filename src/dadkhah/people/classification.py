"""How likely a pair is one person: Splink's expectation-maximisation over levels of agreement.

Pairs are compared outside Splink, because names across scripts are scored in bulk. Splink then
sees each pair as a row that holds its levels, joined to one neutral row, so that its own training
and prediction run on our levels by its public interface.

The population is every pair of named mentions, not only the candidates: candidates share a key,
so agreement among them is less telling than it is among pairs at random. Splink counts each pair
once and cannot weigh a sample of the pairs that no key brought together; so

1. the prior and the chance of each level among two people (u) are first settled over the
   candidates and the weighted sample together, by expectation-maximisation over the few distinct
   patterns of levels;
2. Splink's EM estimates the chances among one person's pairs (m), u and the prior held;
3. Splink gives each pattern its probability.

Source: Fellegi and Sunter 1969; Winkler 2000; Splink 5 documentation, "estimate_u" and "EM".
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel
from splink.comparison_library import CustomComparison

from dadkhah.people.engine import open_engine
from dadkhah.people.fields import UNSAID, Field, field_of
from dadkhah.people.settings import LinkageSettings

__all__ = ["Classified", "classify", "log_ratios"]

# Splink warns of every level that no pair has; the parameters table shows the same.
logging.getLogger("splink").setLevel(logging.ERROR)

Levels = Mapping[str, NDArray[np.int8]]
Chances = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
MOST_ROUNDS: Final = 300
SETTLED: Final = 1e-4
START_SHARE: Final = 0.05
LEAST_M: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """A probability per pair, the parameters behind it, and what looked wrong in training.

    `prior` is the chance that two named mentions at random are one person; `chances` are those of
    each level of each field, among one person's pairs and among two people's.
    """

    probability: NDArray[np.float64]
    parameters: pl.DataFrame
    prior: float
    flags: tuple[str, ...]
    chances: Chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The distinct patterns of levels: far fewer than pairs.

    `count` counts the candidates of each pattern, `others` the pairs that are no candidates,
    weighted up from the sample.
    """

    table: pl.DataFrame
    code: NDArray[np.int64]
    count: NDArray[np.float64]
    others: NDArray[np.float64]
    total: float


def classify(
    levels: Levels,
    background: Levels,
    total: float,
    settings: LinkageSettings,
    count: NDArray[np.int64] | None = None,
) -> Classified:
    """Train on the candidate pairs and give each its probability.

    Args:
        levels: of the candidates, or of each of their patterns.
        count: how many pairs show each pattern; by default one does.
        background: of a sample of pairs that are no candidates.
        total: how many pairs there are in all, candidates or not.
    """
    modelled = [name for name in levels if field_of(name).in_model]
    used = [name for name in modelled if len(np.unique(levels[name])) > 1]
    patterns = _patterns(levels, background, used, total, count)
    prior, chances = _settle(patterns)
    chances = _train(_training_sample(patterns, settings), chances, prior, settings)
    probability = _predict(patterns.table, chances, prior, settings)
    parameters, flags = _report(chances, prior * total / max(patterns.count.sum(), 1))
    return Classified(
        probability=probability[patterns.code],
        parameters=parameters,
        prior=prior,
        flags=flags,
        chances=chances,
    )


def log_ratios(levels: Levels, chances: Chances) -> NDArray[np.float64]:
    """Say by how much (nats) levels are likelier of one person than of two."""
    total = np.zeros(len(next(iter(levels.values()))))
    for name, (m, u) in chances.items():
        total += np.append(np.log(np.array(m) / np.array(u)), 0.0)[levels[name]]
    return total


def _patterns(
    levels: Levels,
    background: Levels,
    used: list[str],
    total: float,
    count: NDArray[np.int64] | None,
) -> Patterns:
    size = len(next(iter(levels.values())))
    pairs = np.ones(size) if count is None else count.astype(np.float64)
    code = np.zeros(size + len(next(iter(background.values()))), dtype=np.int64)
    for name in used:
        said = np.concatenate([levels[name], background[name]]).astype(np.int64) - UNSAID
        code = code * _radix(name) + said
    distinct, inverse = np.unique(code, return_inverse=True)
    columns, rest = {}, distinct
    for name in reversed(used):
        rest, digit = np.divmod(rest, _radix(name))
        columns[name] = (digit + UNSAID).astype(np.int8)
    table = pl.DataFrame({name: columns[name] for name in used})
    others = np.bincount(inverse[size:], minlength=len(distinct)).astype(np.float64)
    weight = max(total - pairs.sum(), 0.0) / max(others.sum(), 1.0)
    return Patterns(
        table=table,
        code=inverse[:size],
        count=np.asarray(
            np.bincount(inverse[:size], weights=pairs, minlength=len(distinct)), dtype=np.float64
        ),
        others=others * weight,
        total=total,
    )


def _radix(name: str) -> int:
    return len(field_of(name).levels) + 1


def _settle(patterns: Patterns) -> tuple[float, Chances]:
    """Settle prior, m and u together over all pairs, the unseen ones by the weighted sample.

    Pairs that no key brought together are taken as two people; one pair's worth of each field's
    own guess keeps m off the edge.
    """
    fields = list(patterns.table.columns)
    levels = {name: patterns.table[name].to_numpy() for name in fields}
    probability = np.zeros(len(patterns.count))
    prior = min(0.5, max(1.0, START_SHARE * patterns.count.sum()) / patterns.total)
    m = {name: np.array(field_of(name).m) for name in fields}
    for _ in range(MOST_ROUNDS):
        apart = patterns.count * (1 - probability) + patterns.others
        u = {name: _shares(levels[name], apart, np.ones(len(m[name]))) for name in fields}
        odds = np.full(len(probability), np.log(prior / (1 - prior)))
        for name in fields:
            odds += np.append(np.log(m[name] / u[name]), 0.0)[levels[name]]
        before, probability = probability, expit(odds)
        same = patterns.count * probability
        m = {name: _shares(levels[name], same, np.array(field_of(name).m)) for name in fields}
        prior = float(min(max(same.sum() / patterns.total, 1 / patterns.total), 0.5))
        if np.abs(probability - before).max() < SETTLED:
            break
    return prior, {name: (tuple(m[name].tolist()), tuple(u[name].tolist())) for name in fields}


def _shares(
    levels: NDArray[np.int8], weight: NDArray[np.float64], guess: NDArray[np.float64]
) -> NDArray[np.float64]:
    said = levels >= 0
    sums = np.bincount(levels[said], weights=weight[said], minlength=len(guess)) + guess
    return np.asarray(sums / sums.sum(), dtype=np.float64)


def _training_sample(patterns: Patterns, settings: LinkageSettings) -> pl.DataFrame:
    counts = patterns.count.astype(np.int64)
    if counts.sum() > settings.training_pairs:
        rng = np.random.default_rng(settings.seed)
        counts = rng.multinomial(settings.training_pairs, patterns.count / patterns.count.sum())
    return patterns.table[np.repeat(np.arange(len(counts)), counts)]


def _train(
    pairs: pl.DataFrame, chances: Chances, prior: float, settings: LinkageSettings
) -> Chances:
    """Let Splink's EM estimate m, with u and the prior held."""
    with open_engine(settings) as database:
        linker = _linker(database, pairs, chances, prior)
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on("joint"),
            estimate_without_term_frequencies=True,
            fix_u_probabilities=True,
            fix_probability_two_random_records_match=True,
        )
        model = linker.misc.save_model_to_json(out_path=None)
    found = {each["output_column_name"]: each["comparison_levels"] for each in model["comparisons"]}
    return {
        name: (_m(found[name], m, frozenset(pairs[name].unique())), u)
        for name, (m, u) in chances.items()
    }


def _m(
    levels: list[dict[str, Any]], settled: tuple[float, ...], seen: frozenset[int]
) -> tuple[float, ...]:
    """Read m from a trained comparison, kept off 0; a level that no pair has stays as settled."""
    said = [each for each in levels if not each.get("is_null_level")]
    trained = [float(each["m_probability"]) for each in reversed(said)]
    m = [max(x, LEAST_M) if at in seen else settled[at] for at, x in enumerate(trained)]
    return tuple(each / sum(m) for each in m)


def _predict(
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


def _report(chances: Chances, share: float) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Tabulate the parameters, and say where training did not find two classes of pairs."""
    rows = [
        {"field": name, "level": level, "label": field_of(name).levels[level], "m": m[level],
         "u": u[level], "weight": float(np.log2(m[level] / u[level]))}
        for name, (m, u) in chances.items() for level in range(len(m))
    ]  # fmt: skip
    flags = [] if 0.0005 < share < 0.9 else ["training-one-class"]
    for name, (m, u) in chances.items():
        if m[-1] / u[-1] <= m[0] / u[0]:
            flags.append(f"training-turned:{name}")
    return pl.DataFrame(rows), tuple(flags)
