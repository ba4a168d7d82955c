"""How likely a pair is one person: Splink's expectation-maximisation over levels of agreement.

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

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit

from dadkhah.people.fields import UNSAID, field_of
from dadkhah.people.settings import LinkageSettings
from dadkhah.people.training import Chances, predict, train

__all__ = ["Classified", "Patterns", "classify", "log_ratios"]

Levels = Mapping[str, NDArray[np.int8]]
MOST_ROUNDS: Final = 300
SETTLED: Final = 1e-4
START_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """A probability per pair, the parameters behind it, and what looked wrong in training.

    `prior` is the chance that two named mentions at random are one person; `chances` are those of
    each level of each field, among one person's pairs and among two people's. `patterns` are what
    training saw.
    """

    probability: NDArray[np.float64]
    parameters: pl.DataFrame
    prior: float
    flags: tuple[str, ...]
    chances: Chances
    patterns: Patterns


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
    chances = train(_training_sample(patterns, settings), chances, prior, settings)
    probability = predict(patterns.table, chances, prior, settings)
    parameters, flags = _report(chances, prior * total / max(patterns.count.sum(), 1))
    return Classified(
        probability=probability[patterns.code],
        parameters=parameters,
        prior=prior,
        flags=flags,
        chances=chances,
        patterns=patterns,
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
        m = {name: _bound(m[name], u[name], field_of(name).tied) for name in fields}
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


def _bound(m: NDArray[np.float64], u: NDArray[np.float64], tied: int) -> NDArray[np.float64]:
    """Keep each of the lowest levels from saying more for one person than they do together.

    Relatives share a word of unlike names, and a town and a day too: training would take them for
    one person, and then the shared word for evidence.
    """
    together = m[:tied].sum() / u[:tied].sum()
    low = np.minimum(m[:tied], together * u[:tied])
    return np.concatenate([low, m[tied:] * (1 - low.sum()) / m[tied:].sum()])


def _training_sample(patterns: Patterns, settings: LinkageSettings) -> pl.DataFrame:
    counts = patterns.count.astype(np.int64)
    if counts.sum() > settings.training_pairs:
        rng = np.random.default_rng(settings.seed)
        counts = rng.multinomial(settings.training_pairs, patterns.count / patterns.count.sum())
    return patterns.table[np.repeat(np.arange(len(counts)), counts)]


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
