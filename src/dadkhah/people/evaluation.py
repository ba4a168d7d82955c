"""How good a linkage is against labels: precision, recall, F1, B-cubed, each with an interval."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError

__all__ = [
    "Evaluation",
    "Rate",
    "drawn_rate",
    "evaluate",
    "evaluate_blocking",
    "evaluate_clusters",
    "wilson",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its interval: `middle` of `of` cases, low to high at `level`."""

    low: float
    middle: float
    high: float
    of: int
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Pairs found against pairs that are true.

    `f1`'s interval joins the ends of the other two: it is wider than it need be, never narrower.
    """

    precision: Rate
    recall: Rate
    f1: Rate
    found: int
    true: int
    right: int


def wilson(right: float, of: float, level: float = 0.95) -> Rate:
    """Give a share and Wilson's score interval.

    Source: Wilson 1927; Brown, Cai and DasGupta 2001.
    """
    if of <= 0:
        return Rate(low=0.0, middle=0.0, high=1.0, of=0, level=level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = right / of
    centre = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return Rate(
        low=(centre - half) / scale if right > 0 else 0.0,
        middle=share,
        high=(centre + half) / scale if right < of else 1.0,
        of=round(of),
        level=level,
    )


def drawn_rate(middle: float, draws: NDArray[np.float64], of: int, level: float = 0.95) -> Rate:
    """Give a share, and the interval that draws of it leave.

    Where all draws agree (every label that it rests on was right), they know too little, and
    Wilson's interval stands.

    Args:
        draws: the share in each draw, of a bootstrap or a posterior.
        of: how many labels it rests on.
    """
    low, high = (float(at) for at in np.quantile(draws, ((1 - level) / 2, (1 + level) / 2)))
    if math.isclose(low, high, abs_tol=1e-6):
        return wilson(middle * of, of, level)
    return Rate(low=low, middle=middle, high=high, of=of, level=level)


def evaluate(pairs: pl.DataFrame, truth: Mapping[str, str]) -> Evaluation:
    """Compare pairs called one person with the labels.

    Args:
        pairs: columns left and right (mention ids), each pair once; filter to the decision or
            probability that is to be judged.
        truth: the true person of each labelled mention; pairs with an unlabelled side are left out.

    Raises:
        LinkageError: `evaluation-no-labels` when nothing is labelled.
    """
    if not truth:
        raise LinkageError(
            "evaluation-no-labels",
            "No mention is labelled, so nothing can be measured.",
            todo="Label a sample of pairs first.",
        )
    sides = zip(pairs["left"].to_list(), pairs["right"].to_list(), strict=True)
    known = [(truth[a], truth[b]) for a, b in sides if a in truth and b in truth]
    right = sum(a == b for a, b in known)
    return _evaluation(right, len(known), _true_pairs(truth))


def _true_pairs(truth: Mapping[str, str]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(truth.values()).values())


def _evaluation(right: int, found: int, true: int) -> Evaluation:
    rates = wilson(right, found), wilson(right, true)
    return Evaluation(
        precision=rates[0], recall=rates[1], f1=_joined(*rates), found=found, true=true, right=right
    )


def _joined(precision: Rate, recall: Rate) -> Rate:
    return Rate(
        low=_f1(precision.low, recall.low),
        middle=_f1(precision.middle, recall.middle),
        high=_f1(precision.high, recall.high),
        of=precision.of + recall.of,
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def evaluate_blocking(
    candidates: pl.DataFrame, ids: Sequence[str], truth: Mapping[str, str]
) -> Rate:
    """Say what share of the true pairs were compared at all.

    Args:
        candidates: left_row and right_row, as on a Linkage.
        ids: mention ids by row.
    """
    number: dict[str, int] = {}
    codes = [number.setdefault(truth[i], len(number)) if i in truth else -1 for i in ids]
    person = pl.Series("person", codes, dtype=pl.Int64)
    left = person[candidates["left_row"].cast(pl.Int64)]
    right = person[candidates["right_row"].cast(pl.Int64)]
    return wilson(int(((left == right) & (left >= 0)).sum()), _true_pairs(truth))


def evaluate_clusters(
    clusters: Iterable[Sequence[str]], truth: Mapping[str, str]
) -> tuple[Evaluation, Evaluation]:
    """Judge whole people: by the pairs within them, and by B-cubed.

    B-cubed asks of each mention how much of its cluster is its person, and how much of its person
    is in its cluster; its intervals take mentions as independent.

    Source: Bagga and Baldwin 1998; Amigó et al. 2009.

    Returns:
        The pairwise evaluation and the B-cubed one.
    """
    labelled = [[m for m in cluster if m in truth] for cluster in clusters]
    sizes = Counter(truth.values())
    counted = [Counter(truth[m] for m in cluster) for cluster in labelled if cluster]
    right = sum(n * (n - 1) // 2 for each in counted for n in each.values())
    found = sum(each.total() * (each.total() - 1) // 2 for each in counted)
    purity = sum(n * n / each.total() for each in counted for n in each.values())
    whole = sum(n * n / sizes[person] for each in counted for person, n in each.items())
    mentions = sum(each.total() for each in counted)
    rates = wilson(purity, mentions), wilson(whole, mentions)
    cubed = Evaluation(
        precision=rates[0], recall=rates[1], f1=_joined(*rates),
        found=mentions, true=mentions, right=round(purity),
    )  # fmt: skip
    return _evaluation(right, found, _true_pairs(truth)), cubed
