"""What training leaves open: draws of the chances of each level, and of the prior.

The chances among one person's pairs are drawn from a Dirichlet distribution about those that pairs
show of which neither is a copy, worth as many pairs as people bear out; those among two people's
about those trained. Keys hardly show training a pair of one person whose names are unlike, and its
answer for the lowest level of the name is nought or nearly; that chance is drawn from its posterior
over all pairs, candidates or not, with a guess beforehand.

Source: Fellegi and Sunter 1969; Sadinle 2014, section 3 (Dirichlet priors on m and u).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from dadkhah.people.doubt import Detail
from dadkhah.people.fields import field_of
from dadkhah.people.likenesses import rarer
from dadkhah.people.repeats import Repeats
from dadkhah.people.seen import Seen

__all__ = [
    "TABLES",
    "Odds",
    "draw_parameters",
    "learn_apart",
    "log_chances",
    "weigh_given",
    "with_persons",
]

Chances = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
Floats = NDArray[np.float64]
Levels = Mapping[str, NDArray[np.int8]]
TABLES: Final = 20
# Pairs that the guess at the chance of names that are unlike is worth.
_GUESS: Final = 100.0
# Accounts of one person whose names are unlike still share a word, nearly always: the guess at
# each of the lowest levels that training takes for one.
_UNLIKE: Final = {"rarity": (0.002, 0.008, 0.001)}
_LOWEST: Final = np.geomspace(2e-4, 0.2, 120)
# Each pair has two mentions, which other pairs have too: pairs say as much as half of them would.
_REPEATED: Final = 2.0
# Given names that differ: 2 of 100 pairs of one person, half of pairs of relatives; and what that
# guess is worth.
_GIVEN: Final = (0.02, 0.5)
_GIVEN_WORTH: Final = 20.0
_ROUNDS: Final = 20
_HALVINGS: Final = 60


def draw_parameters(
    chances: Chances,
    prior: float,
    total: float,
    mentions: int,
    seed: int,
    seen: Seen | None = None,
    apart: Chances | None = None,
    *,
    relatives: bool = False,
) -> tuple[Floats, Floats]:
    """Draw tables of log ratios (tables x fields x levels) and log prior odds.

    The first table is as trained.

    Args:
        chances: of each level, among one person's pairs and among two people's.
        prior: the chance that two mentions at random are one person.
        total: pairs in all. mentions: named mentions in all.
        seen: all pairs; without them the lowest level of a name stays as open as its guess.
        apart: the chances about which tables are drawn, by default those trained.
        relatives: whether most pairs with unlike names that look like one person's are relatives'.
    """
    rng = np.random.default_rng(seed)
    same = min(max(prior * total, 1.0), float(mentions))
    width = max(len(m) for m, _ in chances.values())
    ratios = np.zeros((TABLES + 1, len(chances), width))
    for at, (name, (m, u)) in enumerate(chances.items()):
        about = np.array((apart or chances)[name][0])
        drawn_m = _draw(rng, about, same / _REPEATED, np.array(field_of(name).m))
        drawn_u = _draw(rng, np.array(u), total / _REPEATED, np.full(len(u), 0.5))
        if field_of(name).of_name:
            low = _draw_lowest(rng, name, chances, prior, seen, relatives=relatives)
            drawn_m = _with_lowest(drawn_m, low, _lowest_guess(name))
        ratios[0, at, : len(m)] = np.log(np.array(m) / np.array(u))
        ratios[1:, at, : len(m)] = np.log(drawn_m / drawn_u)
    shares = rng.gamma(same / _REPEATED, prior / same * _REPEATED, TABLES)
    shares = np.concatenate([[prior], np.clip(shares, 1e-12, 0.5)])
    return ratios, np.log(shares / (1 - shares))


def _draw(rng: np.random.Generator, chances: Floats, worth: float, guess: Floats) -> Floats:
    drawn = rng.dirichlet(chances * worth + guess, TABLES)
    drawn = np.maximum(drawn, 1e-9)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def _with_lowest(m: Floats, low: Floats, guess: Floats) -> Floats:
    """Set the chance of the lowest levels together, and cut the others to size."""
    rest = m[:, len(guess) :] / m[:, len(guess) :].sum(axis=1, keepdims=True)
    lowest = low[:, None] * guess / guess.sum()
    return np.concatenate([lowest, rest * (1 - low[:, None])], axis=1)


def _lowest_guess(name: str) -> Floats:
    """Give what is guessed of the lowest levels of a name: those of names that differ."""
    return np.array(_UNLIKE.get(name, field_of(name).m[:1]))


def _draw_lowest(
    rng: np.random.Generator,
    name: str,
    chances: Chances,
    prior: float,
    seen: Seen | None,
    *,
    relatives: bool,
) -> Floats:
    """Draw the chance that two accounts of one person have names of the lowest level."""
    guess = float(_lowest_guess(name).sum())
    log = (_GUESS * guess - 1) * np.log(_LOWEST) + (_GUESS * (1 - guess) - 1) * np.log1p(-_LOWEST)
    log += np.log(_LOWEST)  # the grid is even in the logarithm
    if seen is not None and not relatives:
        log += _likelihood(name, chances, prior, seen)
    share = np.cumsum(np.exp(log - log.max()))
    at = (np.arange(TABLES) + rng.random(TABLES)) / TABLES
    found = _LOWEST[np.searchsorted(share, at * share[-1])]
    if seen is not None and relatives:
        odds, pairs = _lowest_odds(name, chances, prior, seen)
        found *= min(1.0, rarer(odds, pairs, seen.joins * guess) / guess)
    return np.asarray(rng.permutation(found), dtype=np.float64)


def _likelihood(name: str, chances: Chances, prior: float, seen: Seen) -> Floats:
    """Say how well each chance of the lowest level explains all pairs of that level."""
    odds, pairs = _lowest_odds(name, chances, prior, seen)
    explained = np.array([pairs @ np.log1p(odds * low) for low in _LOWEST])
    return np.asarray(explained - seen.joins * _LOWEST, dtype=np.float64)


def _lowest_odds(name: str, chances: Chances, prior: float, seen: Seen) -> tuple[Floats, Floats]:
    """Give the odds of patterns of the lowest level, were it certain of one person; and pairs."""
    guess, level = _lowest_guess(name), seen.levels[name]
    lowest = (level >= 0) & (level < len(guess))
    own = np.log(guess / guess.sum() / np.array(chances[name][1][: len(guess)]))
    ratio = own[level[lowest]]
    for other, (m, u) in chances.items():
        if other != name:
            ratio += np.append(np.log(np.array(m) / np.array(u)), 0.0)[seen.levels[other][lowest]]
    return np.exp(np.log(prior / (1 - prior)) + ratio), seen.pairs[lowest]


def with_persons(detail: Detail, prior: float, seen: Seen, repeats: Repeats, seed: int) -> Detail:
    """Turn the prior odds of a pair into those of one more mention for a person.

    Where most people are named several times, a mention that nothing else names is rare, and so
    are new people; and a mention can be of those only whom its own list has not named yet. The
    odds are those by which, given who all others are, as many mentions would stand alone as do.
    Never less than the odds of a pair.

    Source: Good 1953 (what is unseen, from what was seen once); Sadinle 2017 (of two
    lists the odds of a link are those of being linked, over the people who are still free); Besag
    1975 (each mention given all others).
    """
    alone = np.full(len(detail.priors), seen.alone + 1.0)
    alone[1:] = np.random.default_rng(seed).gamma(alone[1:])
    again = np.clip(seen.mentions - alone, 1.0, seen.mentions - 0.5)
    mentions, persons, sole = seen.lists.T
    named = persons * np.where(sole > 0.0, 0.0, np.exp(repeats.one - repeats.two))
    odds = _odds_of_joining(again, mentions, seen.persons - persons + 1.0 + named)
    least = np.log(prior / (1 - prior)) + repeats.two
    shift = repeats.two + np.maximum(odds - least, 0.0)
    return dataclasses.replace(detail, priors=detail.priors + shift)


def _odds_of_joining(again: Floats, mentions: Floats, free: Floats) -> Floats:
    """Give the log odds by which so many mentions would join one of the persons free to them.

    Args:
        again: mentions that join, of each table.
        mentions: of each list. free: the persons whom a mention of the list may be.
    """
    low, high = np.full(len(again), -50.0), np.full(len(again), 20.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        joined = expit(middle[:, None] + np.log(free)) @ mentions
        low, high = (
            np.where(joined < again, middle, low), np.where(joined < again, high, middle)
        )  # fmt: skip
    return low


def learn_apart(levels: Levels, seen: Seen, chance: Floats, chances: Chances) -> Chances:
    """Learn the chances among one person's pairs anew, from mentions of which none is a copy.

    A copy repeats its mistakes, so that pairs of it taught that accounts of one person seldom
    differ (CR-12: what has a common origin counts once).

    Args:
        levels: of the patterns of candidates. chance: of each pattern, of being one person.
    """
    weight, found = seen.apart * chance, {}
    for name, (m, u) in chances.items():
        said = levels[name] >= 0
        own = np.bincount(levels[name][said], weights=weight[said], minlength=len(m))
        own += np.array(field_of(name).m)
        tied = field_of(name).tied if field_of(name).of_name else 0
        low = np.array(m[:tied])
        rest = own[tied:] * (1 - low.sum()) / own[tied:].sum()
        found[name] = (tuple(np.concatenate([low, rest]).tolist()), u)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Chances of patterns: `each` by every table, `mean` the log odds of their mean without the
    first table, which is as trained."""

    each: Floats
    mean: Floats


def log_chances(levels: Levels, fields: Sequence[str], detail: Detail) -> Odds:
    """Say how likely each pattern of levels is one person, by every table of parameters."""
    each = np.zeros((len(detail.priors), len(levels[fields[0]])))
    for table, prior in enumerate(detail.priors):
        each[table] = prior
        for at, name in enumerate(fields):
            each[table] += np.append(detail.ratios[table, at], 0.0)[levels[name]]
    each = expit(each)
    mean = np.clip(each[1:].mean(axis=0), 1e-300, 1 - 1e-16)
    return Odds(each=each, mean=np.log(mean) - np.log1p(-mean))


def weigh_given(
    given: NDArray[np.int8], chance: Floats, count: NDArray[np.integer], *, relatives: bool = False
) -> float:
    """Say how much (nats) given names that differ speak against, of names alike as a whole.

    The given name is no field of the model, since it is part of the name; its weight is found
    from the chances that the model gives, with a guess beforehand; by the guess alone where most
    such pairs are relatives'.
    """
    asked = given >= 0
    differ, pairs = given[asked] == 0, count[asked].astype(np.float64)
    odds = np.log(chance[asked] + 1e-12) - np.log1p(1e-12 - chance[asked])
    ratio = float(np.log(_GIVEN[0] / _GIVEN[1]))
    if relatives:
        expected = _GIVEN[0] * float(pairs[~differ] @ chance[asked][~differ])
        return min(ratio, float(np.log(rarer(np.exp(odds[differ]), pairs[differ], expected))))
    for _ in range(_ROUNDS):
        same = pairs * expit(odds + ratio * differ)
        m, u = (
            (each[differ].sum() + _GIVEN_WORTH * guess) / (each.sum() + _GIVEN_WORTH)
            for each, guess in zip((same, pairs - same), _GIVEN, strict=True)
        )
        ratio = float(np.log(m / u))
    return ratio
