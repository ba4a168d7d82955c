"""How likely a pair is one person: Splink's expectation-maximisation over levels of agreement.

The population is every pair of named mentions, not only the candidates: candidates share a key,
so agreement among them is less telling than it is among pairs at random. Splink counts each pair
once and cannot weigh a sample of the pairs that no key brought together; so

1. the prior and the chance of each level among two people (u) are first settled over the
   candidates and the weighted sample together, by expectation-maximisation over the few distinct
   patterns of levels; where the pairs that this takes for one person's are namesakes, m is not
   learned but stays where each field guesses;
2. Splink's EM estimates the chances among one person's pairs (m), u and the prior held;
3. where people judged pairs, the expectation-maximisation of the first step runs on from there
   with these pairs known, and with what they say of others of their pattern;
4. Splink gives each pattern its probability.

Source: Fellegi and Sunter 1969; Winkler 2000; Larsen and Rubin 2001; Splink 5 documentation,
"estimate_u" and "EM".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from dadkhah.people.fields import UNSAID, field_of
from dadkhah.people.judged import Judged
from dadkhah.people.likenesses import are_namesakes, are_relatives
from dadkhah.people.settings import LinkageSettings
from dadkhah.people.training import Chances, predict, train

__all__ = ["Classified", "Patterns", "classify", "log_ratios"]

Levels = Mapping[str, NDArray[np.int8]]
MOST_ROUNDS: Final = 300
SETTLED: Final = 1e-4
START_SHARE: Final = 0.05
# As many judged pairs weigh as much as the model, for the others of their pattern.
MODEL_STRENGTH: Final = 4.0
FEWEST_TOLD: Final = 5.0
RELATIVES: Final = "training-relatives"


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

    @property
    def relatives(self) -> bool:
        """Whether most pairs that training took for one person's were relatives'."""
        return RELATIVES in self.flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The distinct patterns of levels: far fewer than pairs.

    `count` counts the candidates of each pattern, `others` the pairs that are no candidates,
    weighted up from the sample; `same` and `different` the pairs that people judged.
    """

    table: pl.DataFrame
    code: NDArray[np.int64]
    count: NDArray[np.float64]
    others: NDArray[np.float64]
    total: float
    same: NDArray[np.float64]
    different: NDArray[np.float64]


def classify(
    levels: Levels,
    background: Levels,
    total: float,
    settings: LinkageSettings,
    count: NDArray[np.int64] | None = None,
    judged: Judged | None = None,
) -> Classified:
    """Train on the candidate pairs and give each its probability.

    Args:
        levels: of the candidates, or of each of their patterns.
        count: how many pairs show each pattern; by default one does.
        background: of a sample of pairs that are no candidates.
        total: how many pairs there are in all, candidates or not.
        judged: pairs whose class people know.
    """
    modelled = [name for name in levels if field_of(name).in_model]
    used = [name for name in modelled if len(np.unique(levels[name])) > 1]
    patterns = _patterns(levels, background, used, total, count, judged)
    prior, chances = _settle(patterns)
    unlearned = ("training-namesakes",) if are_namesakes(chances) else ()
    if not unlearned:
        chances = train(_training_sample(patterns, settings), chances, prior, settings)
        chance = expit(np.log(prior / (1 - prior)) + log_ratios(levels, chances))
        if are_relatives(levels, chance, np.ones(len(chance)) if count is None else count):
            unlearned = (RELATIVES,)
    if unlearned:
        prior, chances = _settle(patterns, taught=False)
    if judged is not None:
        prior, chances = _settle(patterns, (prior, chances))
    probability = predict(patterns.table, chances, prior, settings)
    told = _told(patterns, probability)
    parameters, flags = _report(chances, prior * total / max(patterns.count.sum(), 1), told)
    return Classified(
        probability=probability[patterns.code],
        parameters=parameters,
        prior=prior,
        flags=(*flags, *unlearned),
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
    judged: Judged | None,
) -> Patterns:
    size = len(next(iter(levels.values())))
    end = size + len(next(iter(background.values())))
    pairs = np.ones(size) if count is None else count.astype(np.float64)
    known = judged or Judged(
        levels=dict.fromkeys(used, np.zeros(0, np.int8)), same=np.zeros(0, np.bool_)
    )
    code = np.zeros(end + len(known.same), dtype=np.int64)
    for name in used:
        parts = levels[name], background[name], known.levels[name]
        said = np.concatenate(parts).astype(np.int64) - UNSAID
        code = code * _radix(name) + said
    distinct, inverse = np.unique(code, return_inverse=True)
    columns, rest = {}, distinct
    for name in reversed(used):
        rest, digit = np.divmod(rest, _radix(name))
        columns[name] = (digit + UNSAID).astype(np.int8)
    table = pl.DataFrame({name: columns[name] for name in used})
    others = np.bincount(inverse[size:end], minlength=len(distinct)).astype(np.float64)
    same, different = (
        np.bincount(inverse[end:][own], minlength=len(distinct)).astype(np.float64)
        for own in (known.same, ~known.same)
    )
    weight = max(total - pairs.sum(), 0.0) / max(others.sum(), 1.0)
    return Patterns(
        table=table,
        code=inverse[:size],
        count=np.asarray(
            np.bincount(inverse[:size], weights=pairs, minlength=len(distinct)), dtype=np.float64
        ),
        others=others * weight,
        total=total,
        same=same,
        different=different,
    )


def _radix(name: str) -> int:
    return len(field_of(name).levels) + 1


def _settle(
    patterns: Patterns, start: tuple[float, Chances] | None = None, *, taught: bool = True
) -> tuple[float, Chances]:
    """Settle prior, m and u together over all pairs, the unseen ones by the weighted sample.

    Pairs that no key brought together are taken as two people; one pair's worth of each field's
    own guess keeps m off the edge.

    Args:
        start: where to start; by default where each field guesses.
        taught: whether m is learned; otherwise it stays where each field guesses.
    """
    fields = list(patterns.table.columns)
    levels = {name: patterns.table[name].to_numpy() for name in fields}
    probability = np.zeros(len(patterns.count))
    if start is None:
        prior = min(0.5, max(1.0, START_SHARE * patterns.count.sum()) / patterns.total)
        m = {name: np.array(field_of(name).m) for name in fields}
    else:
        prior, m = start[0], {name: np.array(start[1][name][0]) for name in fields}
        probability = _odds(levels, prior, start[1])
    for _ in range(MOST_ROUNDS):
        same, apart = _shared_out(patterns, probability)
        u = {name: _shares(levels[name], apart, np.ones(len(m[name]))) for name in fields}
        before, probability = probability, _odds(levels, prior, {n: (m[n], u[n]) for n in fields})
        same, _ = _shared_out(patterns, probability)
        if taught:
            m = {name: _shares(levels[name], same, np.array(field_of(name).m)) for name in fields}
        m = {name: _bound(m[name], u[name], field_of(name).tied) for name in fields}
        prior = float(min(max(same.sum() / patterns.total, 1 / patterns.total), 0.5))
        if np.abs(probability - before).max() < SETTLED:
            break
    return prior, {name: (tuple(m[name].tolist()), tuple(u[name].tolist())) for name in fields}


def _odds(
    levels: Levels, prior: float, chances: Mapping[str, tuple[ArrayLike, ArrayLike]]
) -> NDArray[np.float64]:
    """Give each pattern its probability."""
    odds = np.full(len(next(iter(levels.values()))), np.log(prior / (1 - prior)))
    for name, (m, u) in chances.items():
        odds += np.append(np.log(np.asarray(m) / np.asarray(u)), 0.0)[levels[name]]
    return np.asarray(expit(odds), dtype=np.float64)


def _shared_out(
    patterns: Patterns, probability: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count the pairs of each pattern that are one person, and two.

    A judged pair is what a person said; the others of its pattern are likelier to be what most
    judged ones were.
    """
    known = patterns.same + patterns.different
    learned = (MODEL_STRENGTH * probability + patterns.same) / (MODEL_STRENGTH + known)
    learned = np.where(known > 0, learned, probability)
    rest = np.maximum(patterns.count - known, 0.0)
    same = rest * learned + patterns.same
    return same, rest * (1 - learned) + patterns.different + patterns.others


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


def _told(patterns: Patterns, probability: NDArray[np.float64]) -> dict[str, float]:
    """Count the pairs of one person, as found, of which both sides say each field."""
    same = probability * patterns.count
    return {c.name: float(same[c.to_numpy() != UNSAID].sum()) for c in patterns.table}


def _report(
    chances: Chances, share: float, told: Mapping[str, float]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Tabulate the parameters, and say where training did not find two classes of pairs."""
    rows = [
        {"field": name, "level": level, "label": field_of(name).levels[level], "m": m[level],
         "u": u[level], "weight": float(np.log2(m[level] / u[level]))}
        for name, (m, u) in chances.items() for level in range(len(m))
    ]  # fmt: skip
    flags = [] if 0.0005 < share < 0.9 else ["training-one-class"]
    for name, (m, u) in chances.items():
        if told[name] >= FEWEST_TOLD and m[-1] / u[-1] <= m[0] / u[0]:
            flags.append(f"training-turned:{name}")
    return pl.DataFrame(rows), tuple(flags)
