"""From what the families say to one of three honest answers.

The steps, in order; every one that applies is told, and any of 1-6 forbids an interval:

1. a gate forbids an interval;
2. fewer than two families have a finite interval;
3. chains do not agree, or agree on two separate answers;
4. the lists leave a real chance that people were as unlike as three to one in how easily they
   were listed (`DOUBT`): then those hardest to list are mostly on no list, and any upper end is
   a guess;
5. families disagree beyond `AGREE`, or the interval is wider than `WIDE`;
6. the answer is nearly the prior.

Otherwise an estimate. Half its draws are those of the latent classes with the wary prior, half
those of the other families in equal parts: the disagreement between models is in the interval,
and so is the unlikeness of people that the lists cannot exclude.

Without an interval the answer is Chao's guarded bound, and a refusal when even that says no more
than the documented number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dadkhah.estimate.reasons import number, reason
from dadkhah.estimate.values import Diagnostics, Finding, Floats, Gate, Overlaps, Reason

__all__ = ["AGREE", "DOUBT", "WARY_FAMILY", "WIDE", "Verdict", "decide"]

AGREE = 1.5
"""Most that one family's middle may be of another's."""
DOUBT = 0.25
"""Most chance of strong unlikeness that an interval may live with."""
WIDE = 5.0
"""Most that the upper end may be of the lower."""
LIKE_PRIOR = 0.8
"""Most that the answer may share with the prior."""
WARY_FAMILY = "latent classes, wary prior"
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
    diagnostics: Diagnostics | None,
    *,
    level: float,
    seed: int,
) -> Verdict:
    """Weigh the findings; see the steps above."""
    heard = [
        f for f in findings
        if f.role == "interval" and math.isfinite(f.high) and f.draws is not None
    ]  # fmt: skip
    barred = any(not g.passed and g.stops == "interval" for g in gates)
    if len(heard) < 2 or diagnostics is None:
        return _at_least(table, findings, (reason("no-finite-estimate"),), seed)
    pooled = _pooled(heard, seed)
    half = (1.0 - level) / 2.0
    low, middle, high = (float(q) for q in np.quantile(pooled, [half, 0.5, 1.0 - half]))
    reasons = (*_unsettled(heard, diagnostics), *_unlike(heard), *_apart(heard, low, high))
    if barred or reasons:
        return _at_least(table, findings, reasons, seed)
    first = min(heard, key=lambda f: f.middle)
    last = max(heard, key=lambda f: f.middle)
    return Verdict(
        kind="estimate",
        low=low,
        middle=middle,
        high=high,
        draws=pooled[None, :],
        findings=findings,
        notes=(_between("families-differ", first, last),),
    )


def _pooled(heard: list[Finding], seed: int) -> Floats:
    """Half the draws from the wary family, half from the others in equal parts."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 19]))
    others = [f for f in heard if f.family != WARY_FAMILY]
    parts = [(f, 1.0 / len(others)) for f in others]
    if len(others) < len(heard):
        wary = next(f for f in heard if f.family == WARY_FAMILY)
        parts = [(f, 0.5 * share) for f, share in parts] + [(wary, 0.5)]
    return np.concatenate(
        [rng.choice(f.draws, round(_DRAWS * share)) for f, share in parts if f.draws is not None]
    )


def _unsettled(heard: list[Finding], diagnostics: Diagnostics) -> list[Reason]:
    """Chains that disagree, and chains that agree on two answers."""
    found = []
    loose = [f for f in heard if not f.detail.get("settled", True)]
    if loose:
        worst = max(f.detail["split_rhat"] for f in loose)
        found.append(reason("chains-disagree", rhat=worst))
    if len(diagnostics.modes) > 1:
        first, second = diagnostics.modes[0], diagnostics.modes[-1]
        found.append(reason("two-answers", first=number(first), second=number(second)))
    return found


def _unlike(heard: list[Finding]) -> list[Reason]:
    """Do the lists leave a real chance that people were very unlike?"""
    chance = max((f.detail.get("uneven_chance", 0.0) for f in heard), default=0.0)
    return [reason("some-hard-to-list", chance=f"{chance:.0%}")] if chance > DOUBT else []


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
