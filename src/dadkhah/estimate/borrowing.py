"""Parts too thin to be estimated alone, judged by the others, where that was assumed beforehand.

Whoever asks for it writes why the parts may be judged by each other; without those words a thin
part keeps its own answer. What it rests on is `together`: rates of a part lean on those of the
others, as far as the parts are seen to be alike. The steps; any of them leaves the thin part as is:

1. a part is thin when it has no interval for want of people (`THIN`), names at least `LEAST` people
   on at least two lists, and holds at most a third of everybody;
2. at least three parts stand on their own, and they hold at least half of everybody;
3. all parts taken as one table pass every gate;
4. the model answers the standing parts as they answer themselves: the intervals meet;
5. it would make the thin part's overlaps: not fewer, nor more, people on two lists or more than
   chance allows;
6. its upper end is not below the part's own lower bound, nor more than `WIDE` times its lower end.

The kinds of people that ease by degree does not see enter as they do for one table: by the ratio
of what the wary latent classes find unseen, over all parts, to what the shared model finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import binom

from dadkhah.estimate.gates import gates
from dadkhah.estimate.latent import sample
from dadkhah.estimate.overlaps import tidy
from dadkhah.estimate.reasons import reason
from dadkhah.estimate.sensitivity import WARY
from dadkhah.estimate.together import Together, together
from dadkhah.estimate.values import Answer, Draws, Estimate, Finding, Floats, Overlaps
from dadkhah.estimate.verdict import WIDE

__all__ = ["FAMILY", "LEAST", "THIN", "joined", "lend"]

FAMILY = "ease by degree, parts together"
LEAST = 10
"""Fewest documented people of a part that may borrow."""
THIN = frozenset(
    {
        "families-disagree", "list-too-small", "lists-not-connected", "lists-too-few",
        "no-finite-estimate", "overlap-too-small", "overlaps-mostly-zero", "posterior-is-prior",
        "some-hard-to-list", "upper-end-absurd",
    }
)  # fmt: skip
"""Reasons that more people would mend; any other is a fault that no other part can mend."""
_MOST_SHARE = 1.0 / 3.0
_LEAST_STANDING = 3
_STANDING_SHARE = 0.5
_SURPRISE = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What borrowing reads: tables, their own answers, and how they were asked."""

    tables: Sequence[Overlaps]
    answers: Sequence[Answer]
    level: float
    seed: int
    why: str


def joined(tables: Sequence[Overlaps]) -> Overlaps:
    """All parts as one table over every list."""
    names = tuple(dict.fromkeys(name for table in tables for name in table.lists))
    patterns, counts = [], []
    for table in tables:
        place = [names.index(name) for name in table.lists]
        for pattern, count in zip(table.patterns, table.counts, strict=True):
            row = [0] * len(names)
            for j, x in zip(place, pattern, strict=True):
                row[j] = x
            patterns.append(tuple(row))
            counts.append(count)
    return tidy(Overlaps(lists=names, patterns=tuple(patterns), counts=tuple(counts)))


def lend(
    tables: Sequence[Overlaps], answers: Sequence[Answer], *, why: str, level: float, seed: int
) -> tuple[Answer, ...]:
    """Give thin parts an interval that leans on the others; leave all other answers as they are.

    Args:
        tables: one per part, in the order of their answers.
        why: why the parts may be judged by each other, in words; shown with every such answer.

    Returns:
        Answers in the same order. Draws of parts that borrowed are made together (`Draws.joint`).
    """
    asked = _Asked(tables=tables, answers=answers, level=level, seed=seed, why=why)
    thin = [row for row in range(len(tables)) if _is_thin(asked, row)]
    if not thin or not why.strip() or not _standing(asked):
        return tuple(answers)
    found = together(tables, seed=seed)
    if found is None or not _agrees(asked, found):
        return tuple(answers)
    more = _unseen_by_kinds(asked, found)
    given = list(answers)
    for row in thin:
        given[row] = _lent(asked, found, row, more)
    return tuple(given)


def _is_thin(asked: _Asked, row: int) -> bool:
    """Step 1."""
    answer, table = asked.answers[row], asked.tables[row]
    everybody = sum(t.documented for t in asked.tables)
    reasons = {why.code for why in getattr(answer, "reasons", ())}
    return (
        not isinstance(answer, Estimate)
        and reasons <= THIN
        and LEAST <= table.documented <= _MOST_SHARE * everybody
        and sum(size > 0 for size in table.sizes()) >= 2
    )


def _standing(asked: _Asked) -> bool:
    """Steps 2 and 3."""
    alone = [
        t.documented
        for t, a in zip(asked.tables, asked.answers, strict=True)
        if isinstance(a, Estimate)
    ]
    everybody = sum(t.documented for t in asked.tables)
    if len(alone) < _LEAST_STANDING or sum(alone) < _STANDING_SHARE * everybody:
        return False
    whole = gates(joined(asked.tables))
    return all(gate.passed or gate.stops == "nothing" for gate in whole)


def _agrees(asked: _Asked, found: Together) -> bool:
    """Step 4."""
    for row, answer in enumerate(asked.answers):
        if isinstance(answer, Estimate):
            low, high = np.quantile(found.people[row], _ends(asked.level))
            if high < answer.low or low > answer.high:
                return False
    return True


def _ends(level: float) -> tuple[float, float]:
    return (1.0 - level) / 2.0, (1.0 + level) / 2.0


def _unseen_by_kinds(asked: _Asked, found: Together) -> Floats:
    """How many times the unseen the wary classes find of what the shared model finds, per draw."""
    whole = joined(asked.tables)
    people = sample(whole, seed=asked.seed, prior=WARY, draws=1000).people.ravel()
    rng = np.random.default_rng(np.random.SeedSequence([asked.seed, 67]))
    known = whole.documented
    unseen = np.maximum(found.people.sum(axis=0) - known, 1.0)
    ratio: Floats = (rng.choice(people, unseen.size) - known) / unseen
    return ratio


def _lent(asked: _Asked, found: Together, row: int, more: Floats) -> Answer:
    """Steps 5 and 6, and the interval: at every level the outer of the two."""
    own, table, people = asked.answers[row], asked.tables[row], found.people[row]
    if _unlike(table, found.shared[row]):
        return replace(own, notes=(*own.notes, reason("part-unlike-others")))
    middle = (np.arange(people.size) + 0.5) / people.size
    wider = table.documented + (people - table.documented) * more
    each = np.array([np.quantile(people, middle), np.quantile(wider, middle)])
    outer = np.where(middle < 0.5, each.min(axis=0), each.max(axis=0))
    low, centre, high = _three(outer, asked.level)
    if high < _own_bound(own) or high > WIDE * low:
        return replace(own, notes=(*own.notes, reason("part-unlike-others")))
    # Each draw keeps its rank, so that draws of the parts still belong together.
    drawn = outer[np.argsort(np.argsort(people, kind="stable"), kind="stable")]
    finding = Finding(family=FAMILY, low=low, middle=centre, high=high, draws=drawn,
                      detail={"spread": found.spread, "parts_differ": found.scale})  # fmt: skip
    versions = next(a.draws.versions for a in asked.answers if a.draws is not None)
    return Estimate(
        low=low, middle=centre, high=high, level=asked.level, documented=table.documented,
        stratum=table.stratum, assumption=own.assumption, seed=own.seed, gates=own.gates,
        findings=(*own.findings, finding), diagnostics=own.diagnostics,
        notes=(reason("strength-borrowed", why=asked.why), *own.notes),
        draws=Draws(values=drawn[None, :], seed=asked.seed, versions=versions, joint=True),
    )  # fmt: skip


def _three(draws: Floats, level: float) -> tuple[float, float, float]:
    low, high = _ends(level)
    found = np.quantile(draws, [low, 0.5, high])
    return float(found[0]), float(found[1]), float(found[2])


def _own_bound(own: Answer) -> float:
    """The part's own lower bound, where it has one."""
    return max((f.low for f in own.findings if f.role == "bound"), default=0.0)


def _unlike(table: Overlaps, shared: Floats) -> bool:
    """Would the shared model make so few, or so many, people on two lists or more?"""
    twice = sum(n for p, n in zip(table.patterns, table.counts, strict=True) if sum(p) > 1)
    fewer = float(binom.cdf(twice, table.documented, shared).mean())
    more = float(binom.sf(twice - 1, table.documented, shared).mean())
    return min(fewer, more) < _SURPRISE
