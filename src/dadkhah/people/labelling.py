"""Which pairs to label, and what the labels say of the register: precision, recall, calibration.

The population is every pair within a group of doubt. A sample is drawn by bands of probability,
more where the answer is less sure; each labelled pair then stands for as many as its band holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.doubt import Doubt
from dadkhah.people.evaluation import Rate, drawn_rate, wilson

__all__ = ["BANDS", "Band", "Labelled", "labels_needed", "measure_labels", "sample_pairs"]

BANDS: Final = (0.0, 0.02, 0.2, 0.5, 0.8, 0.95, 0.99)
_LEAST: Final = 8
_ROUNDS: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band of probability: its pairs in all, those labelled, how many of these are one person,
    and the mean probability stated for them."""

    low: float
    pairs: int
    labelled: int
    same: int
    stated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What a labelled sample says of the register's pairs.

    `recall` is among pairs within groups of doubt; what blocking never brought together is not in
    it. Intervals are of a bootstrap within bands; with too few labels in a band they are too
    narrow.
    """

    precision: Rate
    recall: Rate
    f1: Rate
    bands: tuple[Band, ...]


def labels_needed(width: float, share: float = 0.9, level: float = 0.95) -> int:
    """Say how many pairs to label for an interval of a wanted whole width about a share.

    Raises:
        LinkageError: `evaluation-width`, when the width is not between 0 and 1.
    """
    if not 0 < width < 1:
        raise LinkageError(
            "evaluation-width",
            "The width of the interval must lie between 0 and 1.",
            where=str(width),
            todo="Choose for example 0.1.",
        )
    z = NormalDist().inv_cdf(0.5 + level / 2)
    wanted = math.ceil(z * z * share * (1 - share) / (width / 2) ** 2)
    while (rate := wilson(share * wanted, wanted, level)).high - rate.low > width:
        wanted += 1
    return wanted


def sample_pairs(doubt: Doubt, count: int, *, seed: int = 1) -> pl.DataFrame:
    """Draw pairs to label, by bands of probability.

    Returns:
        left, right, probability, band (its lower end), band_pairs; in random order, so that whoever
        labels cannot tell the band.
    """
    probability = 1 / (1 + np.exp(-(doubt.weight.astype(np.float64) + doubt.prior)))
    band = np.digitize(probability, BANDS) - 1
    rng = np.random.default_rng(seed)
    chosen = [
        rng.choice(np.flatnonzero(band == b), size=n, replace=False)
        for b, n in enumerate(_shares(band, probability, count))
    ]
    picked = rng.permutation(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)
    sizes = np.bincount(band, minlength=len(BANDS))
    return pl.DataFrame(
        {
            "left": [doubt.ids[at] for at in doubt.left[picked]],
            "right": [doubt.ids[at] for at in doubt.right[picked]],
            "probability": probability[picked],
            "band": np.array(BANDS)[band[picked]],
            "band_pairs": sizes[band[picked]],
        }
    )


def _shares(
    band: NDArray[np.int64], probability: NDArray[np.float64], count: int
) -> NDArray[np.int64]:
    """Share the labels out by size and doubt of the bands (Neyman 1934), some in each."""
    sizes = np.bincount(band, minlength=len(BANDS))
    spread = np.sqrt(np.maximum(probability * (1 - probability), 1e-3))
    wanted = np.bincount(band, weights=spread, minlength=len(BANDS))
    share = np.round(count * wanted / max(wanted.sum(), 1e-9)).astype(np.int64)
    return np.asarray(np.minimum(np.maximum(share, _LEAST), sizes), dtype=np.int64)


def measure_labels(
    sample: pl.DataFrame, person: Mapping[str, str], *, seed: int = 1, level: float = 0.95
) -> Labelled:
    """Measure the register by a labelled sample.

    Args:
        sample: of `sample_pairs`, with a column `same` (true, false, or null where not labelled).
        person: the person of each mention in the register.

    Raises:
        LinkageError: `evaluation-no-labels` when nothing is labelled.
    """
    known = sample.filter(pl.col("same").is_not_null())
    if not known.height:
        raise LinkageError(
            "evaluation-no-labels",
            "No pair is labelled, so nothing can be measured.",
            todo="Fill the column “same” with yes or no.",
        )
    same = known["same"].to_numpy().astype(np.float64)
    found = np.array([_one(person, *row) for row in known.select("left", "right").iter_rows()])
    band = known["band"].to_numpy()
    size = known["band_pairs"].to_numpy().astype(np.float64)
    rows = [np.flatnonzero(band == each) for each in np.unique(band)]
    rng = np.random.default_rng(seed)
    picks = [np.concatenate([rng.choice(r, len(r)) for r in rows]) for _ in range(_ROUNDS)]
    weight = np.concatenate([np.full(len(r), size[r[0]] / len(r)) for r in rows])
    order = np.concatenate(rows)
    middle = _rates(same[order], found[order], weight)
    draws = np.array([_rates(same[pick], found[pick], weight) for pick in picks])
    rests = [int(each.sum()) for each in (found, same, np.maximum(found, same))]
    rates = [drawn_rate(share, draws[:, at], rests[at], level) for at, share in enumerate(middle)]
    bands = tuple(_bands(known, same))
    return Labelled(precision=rates[0], recall=rates[1], f1=rates[2], bands=bands)


def _one(person: Mapping[str, str], left: str, right: str) -> float:
    return float(left in person and person[left] == person.get(right))


def _rates(
    same: NDArray[np.float64], found: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float, float]:
    right = float((weight * same * found).sum())
    said, true = float((weight * found).sum()), float((weight * same).sum())
    precision = right / said if said else 1.0
    recall = right / true if true else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _bands(known: pl.DataFrame, same: NDArray[np.float64]) -> Iterable[Band]:
    band, stated = known["band"].to_numpy(), known["probability"].to_numpy()
    for low in np.unique(band):
        own = band == low
        yield Band(
            low=float(low),
            pairs=int(known["band_pairs"].to_numpy()[own][0]),
            labelled=int(own.sum()),
            same=int(same[own].sum()),
            stated=float(stated[own].mean()),
        )
