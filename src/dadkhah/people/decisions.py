"""What a machine may decide about a pair, what a person must, and what is vetoed.

Nothing is decided on a name alone. A machine says "same" only at a high probability, when fields
other than the name agree and none speaks against; the rest, down to the review level, waits for a
person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dadkhah.people.fields import FIELDS, field_of
from dadkhah.people.intervals import Span, interval_gap
from dadkhah.people.settings import LinkageSettings

__all__ = ["DECISIONS", "Evidence", "deaths_apart", "decide", "weigh_evidence"]

DECISIONS: Final = ("different", "review", "same")
Levels = NDArray[np.int8]
_DEATHS_APART_DAYS: Final = 731


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Per pair: how many fields other than the name agree, what conflicts, and the veto if any."""

    agree: NDArray[np.int8]
    conflict: NDArray[np.int8]
    veto: NDArray[np.bool_]


def weigh_evidence(levels: Mapping[str, Levels], apart: NDArray[np.bool_]) -> Evidence:
    """Count the fields that agree and conflict, and find the vetoes.

    A veto is two siblings or two namesakes (the names are alike and the given names are not, or
    the fathers agree and the names do not) or two deaths years apart; `apart` marks the latter. A
    machine never joins a pair with a veto.
    """
    fields = [name for name in levels if not field_of(name).of_name]
    agree = sum(levels[name] >= field_of(name).agrees for name in fields)
    conflict = sum(
        (levels[name] >= 0) & (levels[name] <= field_of(name).conflicts) for name in fields
    )
    unlike = (levels["name"] <= 1) & (levels["father"] >= FIELDS["father"].agrees)
    siblings = unlike | (levels["given"] == 0)
    return Evidence(
        agree=np.asarray(agree, dtype=np.int8),
        conflict=np.asarray(conflict, dtype=np.int8),
        veto=np.asarray(siblings | apart, dtype=np.bool_),
    )


def deaths_apart(
    death: Span, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark pairs whose deaths, as stated, cannot be within two years of each other."""
    gap, _, said = interval_gap(death, left, right)
    return np.asarray(said & (gap > _DEATHS_APART_DAYS), dtype=np.bool_)


def decide(
    probability: NDArray[np.float64],
    levels: Mapping[str, Levels],
    evidence: Evidence,
    settings: LinkageSettings,
) -> NDArray[np.int8]:
    """Decide each pair: 2 same by machine, 1 for a person to review, 0 neither."""
    sure = (
        (probability >= settings.threshold)
        & (levels["name"] >= FIELDS["name"].agrees)
        & (levels["given"] > FIELDS["given"].conflicts)
        & (evidence.agree >= settings.fields)
        & (evidence.conflict == 0)
        & ~evidence.veto
    )
    shown = probability >= settings.review
    return np.where(sure, 2, np.where(shown, 1, 0)).astype(np.int8)
