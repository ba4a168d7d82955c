"""Invented worlds whose truth is known: does the method hold where we can look? (ST-22)

A world has kinds of people, lists with a rate per kind, and perhaps a list that copies another or
a pair that avoids each other. `trial` estimates one world; a study repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dadkhah.errors import EstimateError
from dadkhah.estimate.overlaps import tidy
from dadkhah.estimate.values import AtLeast, Estimate, Floats, Overlaps

__all__ = ["Design", "Kind", "design_like", "trial", "world"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of people: its share, and the range its list rates are drawn from."""

    share: float
    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How worlds are made.

    Args:
        copied: for (from, to, chance): who is on `from` is put on `to` with this chance.
        avoided: for (first, second, factor): who is on `first` is on `second` only `factor` times
            as often.
        rates: lists x kinds; drawn anew for every world when not given.
        spread: people also differ by degree: standard deviation of their ease, in logits.
    """

    people: int
    lists: int
    kinds: tuple[Kind, ...]
    copied: tuple[tuple[int, int, float], ...] = ()
    avoided: tuple[tuple[int, int, float], ...] = ()
    rates: tuple[tuple[float, ...], ...] = ()
    spread: float = 0.0


def _rates(design: Design, rng: np.random.Generator) -> Floats:
    if design.rates:
        return np.array(design.rates)
    least = [kind.least for kind in design.kinds]
    most = [kind.most for kind in design.kinds]
    return rng.uniform(least, most, (design.lists, len(design.kinds)))


def world(design: Design, *, seed: int) -> Overlaps:
    """Make one world and forget everybody who is on no list.

    Raises:
        EstimateError: world-design-bad.
    """
    if design.people < 1 or not 1 <= design.lists <= 20 or not design.kinds:
        raise EstimateError(
            "world-design-bad",
            "A world needs people, 1 to 20 lists and at least one kind of people.",
            todo="Correct the design.",
        )
    rng = np.random.default_rng(seed)
    shares = np.array([kind.share for kind in design.kinds])
    kinds = rng.choice(len(shares), design.people, p=shares / shares.sum())
    chances = _rates(design, rng)[:, kinds].T.copy()
    if design.spread:
        ease = np.exp(design.spread * rng.standard_normal((design.people, 1)))
        odds = chances / np.maximum(1.0 - chances, 1e-12) * ease
        chances = odds / (1.0 + odds)
    on = rng.random(chances.shape) < chances
    for first, second, factor in design.avoided:
        chances[:, second] *= np.where(on[:, first], factor, 1.0)
        on[:, second] = rng.random(design.people) < chances[:, second]
    for source, target, chance in design.copied:
        on[:, target] |= on[:, source] & (rng.random(design.people) < chance)
    codes, counts = np.unique(on @ (1 << np.arange(design.lists)), return_counts=True)
    rows = [(int(c), int(n)) for c, n in zip(codes, counts, strict=True) if c]
    return tidy(
        Overlaps(
            lists=tuple(f"L{j + 1}" for j in range(design.lists)),
            patterns=tuple(tuple(c >> j & 1 for j in range(design.lists)) for c, _ in rows),
            counts=tuple(n for _, n in rows),
        )
    )


def trial(design: Design, *, seed: int, **settings: Any) -> Mapping[str, Any]:
    """Estimate one world and say whether the answer holds its truth.

    Args:
        settings: passed on to `estimate`.
    """
    from dadkhah.estimate.answer import estimate  # worlds are below answers, a study above both

    answer = estimate(world(design, seed=seed), seed=seed, assumption="simulated", **settings)
    row: dict[str, Any] = {"kind": answer.kind, "truth": design.people,
                           "documented": answer.documented}  # fmt: skip
    if isinstance(answer, Estimate):
        row |= {"low": answer.low, "middle": answer.middle, "high": answer.high,
                "holds": answer.low <= design.people <= answer.high}  # fmt: skip
    elif isinstance(answer, AtLeast):
        row |= {"low": answer.low, "holds": answer.low <= design.people}
    for found in answer.findings:
        if found.role == "interval":
            row |= {f"{found.family} low": found.low, f"{found.family} high": found.high}
    row["reasons"] = [why.code for why in getattr(answer, "reasons", ())]
    return row


def design_like(table: Overlaps, *, people: int, kinds: int = 1) -> Design:
    """A design with this table's list sizes, for a coverage study of the case at hand (ST-22).

    Args:
        people: the supposed truth.
        kinds: 1 for people alike; 2 for a third of them three times as easy to list as the rest.
    """
    mean = np.array(table.sizes(), dtype=float) / people
    if kinds == 1:
        rates = mean[:, None]
        groups: tuple[Kind, ...] = (Kind(share=1.0, least=0.0, most=1.0),)
    else:
        easy = np.minimum(mean * 3.0 / (1.0 + 2.0 / 3.0), 0.95)
        rates = np.stack([easy, np.maximum((mean - easy / 3.0) * 1.5, 1e-4)], axis=1)
        groups = (Kind(share=1 / 3, least=0, most=1), Kind(share=2 / 3, least=0, most=1))
    return Design(
        people=people,
        lists=len(table.lists),
        kinds=groups,
        rates=tuple(tuple(float(x) for x in row) for row in rates),
    )
