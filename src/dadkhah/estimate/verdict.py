"""From what the families say to one of three honest answers.

An interval rests on two families that make room for unlike people in two ways: latent classes
with a prior that expects some kinds to be hard to list, and ease by degree. It runs from the lower
of their lower ends to the higher of their upper ends. The other families suppose more than lists of
this field allow (people alike, or alike but for what the lists force upon them); in worlds with a
known truth their intervals miss it, always below. They are shown, and can only forbid.
The steps, in order; any of them forbids an interval:

1. a gate forbids an interval;
2. one of the two families has no finite interval;
3. its chains do not agree, or find two separate answers; or those of another family find two that
   the interval does not hold;
4. families disagree beyond `AGREE`, or the interval is wider than `WIDE`;
5. the answer is nearly the prior.

Without an interval the answer is Chao's guarded bound, and a refusal when even that says no more
than the documented number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dadkhah.estimate.graded import FAMILY as GRADED_FAMILY
from dadkhah.estimate.reasons import number, reason
from dadkhah.estimate.values import Finding, Floats, Gate, Overlaps, Reason

__all__ = ["AGREE", "DOUBT", "SPEAKING", "WARY_FAMILY", "WIDE", "Verdict", "decide"]

AGREE = 1.5
"""Most that one family's middle may be of another's."""
DOUBT = 0.25
"""Chance of strong unlikeness that is told beside an interval."""
WIDE = 5.0
"""Most that the upper end may be of the lower."""
LIKE_PRIOR = 0.8
"""Most that the answer may share with the prior."""
WARY_FAMILY = "latent classes, wary prior"
SPEAKING = (WARY_FAMILY, GRADED_FAMILY)
"""The families that an interval is made of."""
_DRAWS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be said, before it is dressed as an answer."""

    kind: str
    low: float = 0.0
    middle: float = 0.0
    high: float = math.inf
    draws: Floats | None = None
    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


def decide(
    table: Overlaps,
    findings: tuple[Finding, ...],
    gates: tuple[Gate, ...],
    *,
    level: float,
    seed: int,
) -> Verdict:
    """Weigh the findings; see the steps above."""
    heard = [
        f for f in findings
        if f.role != "bound" and math.isfinite(f.high) and f.draws is not None
    ]  # fmt: skip
    barred = any(not g.passed and g.stops == "interval" for g in gates)
    said = [f for f in heard if f.family in SPEAKING]
    if len(said) < len(SPEAKING):
        return _at_least(table, findings, (reason("no-finite-estimate"),), seed)
    pooled = _outer(said)
    half = (1.0 - level) / 2.0
    low, middle, high = (float(q) for q in np.quantile(pooled, [half, 0.5, 1.0 - half]))
    parted, held = _parted(heard, low, high)
    reasons = (*_unsettled(said), *parted, *_apart(heard, low, high))
    if barred or reasons:
        return _at_least(table, findings, (*reasons, *_unlike(said)), seed)
    first = min(heard, key=lambda f: f.middle)
    last = max(heard, key=lambda f: f.middle)
    return Verdict(
        kind="estimate",
        low=low,
        middle=middle,
        high=high,
        draws=pooled[None, :],
        findings=findings,
        notes=(_between("families-differ", first, last), *held, *_unsettled(heard), *_unlike(said)),
    )


def _outer(said: list[Finding]) -> Floats:
    """Draws whose every quantile is the outer one of the families'.

    Mixing would let the family that sees little unlikeness eat half of the other's tail.
    """
    middle = np.arange(_DRAWS) + 0.5
    each = np.array([np.quantile(f.draws, middle / _DRAWS) for f in said if f.draws is not None])
    outer: Floats = np.where(middle < _DRAWS / 2, each.min(axis=0), each.max(axis=0))
    return outer


def _unsettled(found: list[Finding]) -> list[Reason]:
    """Chains that disagree."""
    loose = [f for f in found if not f.detail.get("settled", True)]
    if not loose:
        return []
    return [reason("chains-disagree", rhat=max(f.detail["split_rhat"] for f in loose))]


def _parted(heard: list[Finding], low: float, high: float) -> tuple[list[Reason], list[Reason]]:
    """Two separate answers of one family: those the interval does not hold, and those it does."""
    apart: list[Reason] = []
    held: list[Reason] = []
    for found in heard:
        modes = found.detail.get("modes", ())
        if len(modes) > 1:
            told = reason("two-answers", first=number(modes[0]), second=number(modes[-1]))
            inside = low <= modes[0] and modes[-1] <= high and found.family not in SPEAKING
            (held if inside else apart).append(told)
    return apart[:1], held[:1]


def _unlike(said: list[Finding]) -> list[Reason]:
    """Do the lists leave a real chance that people were very unlike?"""
    chance = max((f.detail.get("uneven_chance", 0.0) for f in said), default=0.0)
    told = f"{min(chance, 0.99):.0%}"  # no number of draws makes a certainty
    return [reason("some-hard-to-list", chance=told)] if chance > DOUBT else []


def _apart(heard: list[Finding], low: float, high: float) -> list[Reason]:
    """Families that disagree, an upper end that bounds nothing, an answer that is the prior."""
    found = []
    first = min(heard, key=lambda f: f.middle)
    last = max(heard, key=lambda f: f.middle)
    if last.middle > AGREE * first.middle:
        found.append(_between("families-disagree", first, last))
    if high > WIDE * low:
        found.append(reason("upper-end-absurd", low=number(low), high=number(high)))
    if any(f.detail.get("prior_overlap", 0.0) > LIKE_PRIOR for f in heard):
        found.append(reason("posterior-is-prior"))
    return found


def _between(code: str, low: Finding, high: Finding) -> Reason:
    return reason(
        code,
        lowest_family=low.family,
        lowest=number(low.middle),
        highest_family=high.family,
        highest=number(high.middle),
    )


def _at_least(
    table: Overlaps, findings: tuple[Finding, ...], reasons: tuple[Reason, ...], seed: int
) -> Verdict:
    """Chao's guarded bound, with draws of it for sums over strata."""
    bound = next(f for f in findings if f.role == "bound")
    if bound.low <= table.documented:
        return Verdict(kind="refusal", findings=findings, reasons=reasons)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 17]))
    centre, spread = bound.detail["log_unseen"], bound.detail["log_spread"]
    draws: Floats = table.documented + np.exp(rng.normal(centre, spread, (1, _DRAWS)))
    return Verdict(kind="at-least", low=bound.low, draws=draws, findings=findings, reasons=reasons)
