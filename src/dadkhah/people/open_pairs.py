"""What a linkage leaves open, made of trained chances: groups of doubt, and what lies beyond them.

A pair ties two mentions into a group by its mean chance over the tables of parameters, not by the
trained ones alone, which know little of names that are unlike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from dadkhah.people.classification import Classified, log_ratios
from dadkhah.people.compared import Compared, bar_sole, lists_of
from dadkhah.people.comparison import Encoded, compare_pairs
from dadkhah.people.doubt import FLOOR, Detail, Doubt, find_doubt
from dadkhah.people.draws import likeliest
from dadkhah.people.faint import Faint, with_faint
from dadkhah.people.parameters import (
    Odds,
    draw_parameters,
    learn_apart,
    log_chances,
    weigh_given,
    with_persons,
)
from dadkhah.people.repeats import find_repeats, with_lists
from dadkhah.people.sampling import Others
from dadkhah.people.seen import Seen, see_pairs
from dadkhah.records import Judgement

__all__ = ["Open", "find_open", "settle_open"]

Floats = NDArray[np.float64]
Levels = Mapping[str, NDArray[np.int8]]
Rows = NDArray[np.int64]
# Pairs less likely than e to this do not add up to one person among millions.
_FAINTEST = -16.0
# Of a pair that no key brought together the rest is never believed.
_MOST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Groups of doubt, and what is needed to find the faint pairs beyond them.

    `odds` are those of the patterns of candidates, `beyond` those of the patterns of sampled pairs
    that are none, `beyond_of` the pattern of each of these.
    """

    doubt: Doubt
    odds: Odds
    beyond: Odds
    beyond_of: Rows
    sample: Others


def find_open(
    compared: Compared,
    encoded: Encoded,
    classified: Classified,
    sample: Others,
    background: Levels,
) -> Open:
    """Find the groups of mentions that linkage leaves open.

    Pairs of the sample tie mentions too: in a small case it holds every pair, and nothing is lost
    that no key brought together.

    Args:
        sample: pairs that are no candidates; background: their levels.
    """
    patterns, chances, prior = compared.patterns, classified.chances, classified.prior
    other_given = weigh_given(
        patterns.levels["given"], classified.probability, patterns.count,
        relatives=classified.relatives,
    )  # fmt: skip

    def weigh_levels(levels: Levels) -> Floats:
        return log_ratios(levels, chances) + np.where(levels["given"] == 0, other_given, 0.0)

    def weigh(left: Rows, right: Rows) -> Floats:
        levels = compare_pairs(encoded, left, right)
        return bar_sole(compared, weigh_levels(levels), left, right)

    candidates, fields = compared.candidates, [*chances, "given"]
    background, beyond_of = _distinct(background, fields)
    seen = see_pairs(compared, classified.probability, sample, background, beyond_of)
    detail = _detail(compared, encoded, classified, sample.total, other_given, seen)
    odds = log_chances(patterns.levels, fields, detail)
    beyond = log_chances(background, fields, detail)
    repeats = find_repeats(compared, classified, sample.total)
    detail = with_persons(detail, prior, seen, repeats, compared.settings.seed)
    detail = with_lists(detail, repeats)
    tied = np.flatnonzero((odds.mean >= FLOOR)[patterns.of])
    more = np.flatnonzero((beyond.mean >= FLOOR)[beyond_of])
    left, right = (
        np.concatenate([side[tied].astype(np.int64), other[more]])
        for side, other in zip((candidates.left, candidates.right), sample.pairs, strict=True)
    )
    of = patterns.of[tied]
    ties = np.concatenate([odds.mean[of], beyond.mean[beyond_of[more]]])
    both = weigh_levels(patterns.levels)[of], weigh_levels(background)[beyond_of[more]]
    weight = np.concatenate(both)
    weight = bar_sole(compared, weight, left, right)
    ids = compared.table["id"]
    log_prior = float(np.log(prior / (1 - prior)))
    doubt = find_doubt(ids, left, right, weight, log_prior, weigh, detail, ties)
    return Open(doubt=doubt, odds=odds, beyond=beyond, beyond_of=beyond_of, sample=sample)


def _distinct(levels: Levels, fields: Sequence[str]) -> tuple[Levels, Rows]:
    """Give the distinct patterns of levels, and the pattern of each pair."""
    rows = np.stack([levels[name] for name in fields], axis=1)
    as_bytes = np.ascontiguousarray(rows).view(f"V{rows.shape[1]}").ravel()
    _, first, of = np.unique(as_bytes, return_index=True, return_inverse=True)
    return {name: levels[name][first] for name in fields}, of.astype(np.int64)


def settle_open(
    compared: Compared, found: Open, judgements: Iterable[Judgement]
) -> tuple[Doubt, Mapping[str, int]]:
    """Add the faint pairs to the groups, and give the likeliest person of each mention in doubt."""
    person = likeliest(found.doubt, judgements)
    faint, ids = _faint(compared, found), compared.table["id"].to_list()
    return with_faint(found.doubt, ids, faint, person, compared.settings.seed), person


def _faint(compared: Compared, found: Open) -> Faint:
    """Gather the pairs below the floor."""
    patterns, candidates, sample = compared.patterns, compared.candidates, found.sample
    odds, beyond, beyond_of = found.odds, found.beyond, found.beyond_of
    below = (odds.mean < FLOOR) & (odds.mean > _FAINTEST)
    missing = max(sample.total - patterns.count.sum(), 0.0) / max(len(sample.pairs[0]), 1)
    stands = np.where(beyond.mean >= FLOOR, max(missing - 1.0, 0.0), missing)
    return Faint(
        left=candidates.left,
        right=candidates.right,
        of=patterns.of,
        chance=np.where(below, expit(odds.mean), 0.0).astype(np.float32),
        others=(*sample.pairs, (stands * np.minimum(expit(beyond.mean), _MOST))[beyond_of]),
        expected=odds.each @ np.where(below, patterns.count, 0)
        + np.minimum(beyond.each, _MOST) @ (stands * np.bincount(beyond_of)),
        lists=lists_of(compared.table),
        sole=compared.sole,
    )


def _detail(
    compared: Compared,
    encoded: Encoded,
    classified: Classified,
    total: float,
    other_given: float,
    seen: Seen,
) -> Detail:
    """Give what lies behind the weights: the trained fields, and the given name beside them."""
    chances = classified.chances
    fields = [*chances, "given"]
    mentions = int((~compared.table["unidentified"]).sum())
    apart = chances
    if not classified.relatives:
        apart = learn_apart(compared.patterns.levels, seen, classified.probability, chances)
    ratios, priors = draw_parameters(
        chances,
        classified.prior,
        total,
        mentions,
        compared.settings.seed,
        seen,
        apart,
        relatives=classified.relatives,
    )
    given = np.zeros((len(ratios), 1, ratios.shape[2]))
    given[:, :, 0] = other_given

    def levels_of(left: Rows, right: Rows) -> NDArray[np.int8]:
        levels = compare_pairs(encoded, left, right)
        return np.stack([levels[name] for name in fields], axis=1)

    return Detail(levels=levels_of, ratios=np.concatenate([ratios, given], axis=1), priors=priors)
