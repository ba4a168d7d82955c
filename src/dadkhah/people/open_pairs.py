"""What a linkage leaves open, made of trained chances: groups of doubt, and what lies beyond them.

A pair ties two mentions into a group by its mean chance over the tables of parameters, not by the
trained ones alone, which know little of names that are unlike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from dadkhah.people.classification import Classified, log_ratios
from dadkhah.people.compared import Compared, bar_sole, lists_of
from dadkhah.people.comparison import compare_pairs
from dadkhah.people.doubt import FLOOR, Detail, Doubt, find_doubt
from dadkhah.people.draws import likeliest
from dadkhah.people.faint import Faint, with_faint
from dadkhah.people.parameters import Odds, Seen, draw_parameters, log_chances, weigh_given
from dadkhah.people.sampling import Others
from dadkhah.records import Judgement

__all__ = ["find_open"]

Floats = NDArray[np.float64]
Levels = Mapping[str, NDArray[np.int8]]
Rows = NDArray[np.int64]
# Pairs less likely than e to this do not add up to one person among millions.
_FAINTEST = -16.0
# Of a pair that no key brought together the rest is never believed.
_MOST = 0.5


def find_open(
    compared: Compared,
    classified: Classified,
    sample: Others,
    background: Levels,
    judgements: Iterable[Judgement],
) -> tuple[Doubt, Mapping[str, int]]:
    """Find what linkage leaves open, and the likeliest person of each mention in doubt.

    Args:
        sample: pairs that are no candidates; background: their levels.
    """
    patterns, chances, prior = compared.patterns, classified.chances, classified.prior
    other_given = weigh_given(patterns.levels["given"], classified.probability, patterns.count)

    def weigh_levels(levels: Levels) -> Floats:
        return log_ratios(levels, chances) + np.where(levels["given"] == 0, other_given, 0.0)

    def weigh(left: Rows, right: Rows) -> Floats:
        levels = compare_pairs(compared.encoded, left, right)
        return bar_sole(compared, weigh_levels(levels), left, right)

    detail = _detail(compared, classified, sample.total, other_given)
    candidates, fields = compared.candidates, [*chances, "given"]
    odds = log_chances(patterns.levels, fields, detail)
    ties = odds.mean.astype(np.float32)[patterns.of]
    tied = np.flatnonzero(ties >= FLOOR)
    left, right = (side[tied].astype(np.int64) for side in (candidates.left, candidates.right))
    weight = bar_sole(compared, weigh_levels(patterns.levels)[patterns.of[tied]], left, right)
    ids = compared.table["id"].to_list()
    log_prior = float(np.log(prior / (1 - prior)))
    doubt = find_doubt(ids, left, right, weight, log_prior, weigh, detail, ties[tied].astype(float))
    person = likeliest(doubt, judgements)
    beyond = log_chances(background, fields, detail)
    faint = _faint(compared, sample, odds, ties, beyond)
    return with_faint(doubt, ids, faint, person, compared.settings.seed), person


def _faint(
    compared: Compared, sample: Others, odds: Odds, ties: NDArray[np.float32], beyond: Odds
) -> Faint:
    """Gather the pairs below the floor.

    Args:
        odds: of the patterns of candidates; ties: of the candidates themselves.
        beyond: of the sampled pairs that are no candidates.
    """
    patterns, candidates = compared.patterns, compared.candidates
    below = np.flatnonzero((ties < FLOOR) & (ties > _FAINTEST))
    missing = max(sample.total - patterns.count.sum(), 0.0) / max(len(sample.pairs[0]), 1)
    counts = np.bincount(patterns.of[below], minlength=len(patterns.count))
    return Faint(
        left=candidates.left[below],
        right=candidates.right[below],
        chance=expit(ties[below]),
        others=(*sample.pairs, missing * np.minimum(expit(beyond.mean), _MOST)),
        expected=odds.each @ counts + missing * np.minimum(beyond.each, _MOST).sum(axis=1),
        lists=lists_of(compared.table),
        sole=compared.sole,
    )


def _detail(compared: Compared, classified: Classified, total: float, other_given: float) -> Detail:
    """Give what lies behind the weights: the trained fields, and the given name beside them."""
    chances, trained = classified.chances, classified.patterns
    fields = [*chances, "given"]
    mentions = int((~compared.table["unidentified"]).sum())
    seen = Seen(
        levels={name: trained.table[name].to_numpy() for name in chances},
        pairs=trained.count + trained.others,
    )
    ratios, priors = draw_parameters(
        chances, classified.prior, total, mentions, compared.settings.seed, seen
    )
    given = np.zeros((len(ratios), 1, ratios.shape[2]))
    given[:, :, 0] = other_given

    def levels_of(left: Rows, right: Rows) -> NDArray[np.int8]:
        levels = compare_pairs(compared.encoded, left, right)
        return np.stack([levels[name] for name in fields], axis=1)

    return Detail(levels=levels_of, ratios=np.concatenate([ratios, given], axis=1), priors=priors)
