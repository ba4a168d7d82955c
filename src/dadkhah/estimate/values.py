"""The values estimation speaks in: overlaps, draws, gates, and the three honest answers.

    Overlaps -> Gate... -> Finding per model family -> Estimate | AtLeast | Refusal

Everything is frozen and can be written as JSON with `to_json()`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

__all__ = [
    "Answer",
    "AtLeast",
    "Diagnostics",
    "Draws",
    "Estimate",
    "Finding",
    "Floats",
    "Gate",
    "Overlaps",
    "Reason",
    "Refusal",
]

Floats = npt.NDArray[np.float64]


def _plain(value: Any) -> Any:
    """Turn a value of this room into dicts, lists, numbers and text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


class _Plain:
    """What every value here can do: be written as JSON."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Write the value as dicts, lists, numbers and text; draws are left to `Draws`."""
        written = {
            f.name: _plain(getattr(self, f.name))
            for f in dataclasses.fields(self)  # type: ignore[arg-type]
            if f.name != "draws" or isinstance(self, Diagnostics)
        }
        kind = getattr(self, "kind", "")
        return {"kind": kind, **written} if kind else written


class _Told(_Plain):
    """An answer, told in words wherever a notebook shows it."""

    __slots__ = ()

    def __repr__(self) -> str:
        from dadkhah.estimate.telling import tell  # words lie above the values they tell

        return tell(self)  # type: ignore[arg-type]

    def _repr_html_(self) -> str:
        from dadkhah.estimate.telling import tell_html

        return tell_html(self)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Overlaps(_Plain):
    """How many people each combination of lists holds; the combination "no list" is unknown.

    Args:
        lists: names of the independent lists, in order.
        patterns: one tuple of 0 and 1 per row, in the order of `lists`; never all 0.
        counts: people with exactly that pattern.
        stratum: which part of the population; empty for all of it.
        structural_zeros: lists that could not list anybody in this stratum (ST-09).
        contradicted: lists declared a structural zero that list somebody here after all.
        merged: for each list that stands for several, the names of those it stands for.
    """

    lists: tuple[str, ...]
    patterns: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]
    stratum: str = ""
    structural_zeros: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        part = f", {self.stratum!r}" if self.stratum else ""
        return (
            f"Overlaps({', '.join(self.lists)}: {self.documented:,} people in "
            f"{len(self.patterns)} patterns{part})"
        )

    @property
    def documented(self) -> int:
        """People on at least one list."""
        return sum(self.counts)

    @property
    def reported(self) -> int:
        """Sum of the lists' lengths; people on two lists are in it twice."""
        return sum(n * sum(p) for p, n in zip(self.patterns, self.counts, strict=True))

    def sizes(self) -> tuple[int, ...]:
        """People on each list, in the order of `lists`."""
        rows = list(zip(self.patterns, self.counts, strict=True))
        return tuple(sum(n for p, n in rows if p[j]) for j in range(len(self.lists)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws(_Plain):
    """Draws of the number of people, one row per chain, with what is needed to draw them again.

    Args:
        joint: made together with those of other strata, draw by draw; a sum must keep them paired.
    """

    values: Floats
    seed: int
    versions: Mapping[str, str] = field(default_factory=dict)
    joint: bool = False

    def pooled(self) -> Floats:
        """All draws in one row."""
        return np.asarray(self.values, dtype=np.float64).ravel()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(_Plain):
    """Why an answer is what it is, in both languages, with what would change it."""

    code: str
    english: str
    persian: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""
    remedy_persian: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(_Plain):
    """One test that overlaps must pass; `stops` says what a failure forbids.

    `stops` is "everything" (only a refusal is left), "interval" (an "at least" is still
    possible) or "nothing" (a warning that every report shows).
    """

    code: str
    passed: bool
    english: str
    persian: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""
    remedy_persian: str = ""
    stops: str = "nothing"

    def reason(self) -> Reason:
        """The failed gate as a reason."""
        return Reason(
            code=self.code,
            english=self.english,
            persian=self.persian,
            evidence=self.evidence,
            remedy=self.remedy,
            remedy_persian=self.remedy_persian,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(_Plain):
    """What one model family says; `high` is infinite where it gives no upper end.

    `role` is "interval" (an interval is made of it), "check" (it can forbid an interval), "bound"
    (a lower bound only) or "shown" (a comparison that decides nothing). `draws` are draws of the
    number of people.
    """

    family: str
    low: float
    middle: float
    high: float
    role: str = "interval"
    detail: Mapping[str, Any] = field(default_factory=dict)
    draws: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics(_Plain):
    """How well the chains mixed and how well the model repeats the data (ST-18, ST-19).

    Args:
        trace: numbers of people along each chain, thinned. ranks: per chain, how many of its draws
            fall in each of equal parts of all draws, ranked.
    """

    split_rhat: float
    bulk_draws: float
    tail_draws: float
    chains: int
    draws: int
    modes: tuple[float, ...] = ()
    predictive: Mapping[str, float] = field(default_factory=dict)
    trace: tuple[tuple[float, ...], ...] = ()
    ranks: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Estimate(_Told):
    """An interval for the number of people, with its level, from families that agree."""

    kind: ClassVar[str] = "estimate"
    low: float
    middle: float
    high: float
    level: float
    documented: int
    stratum: str = ""
    assumption: str = ""
    seed: int = 0
    findings: tuple[Finding, ...] = ()
    gates: tuple[Gate, ...] = ()
    notes: tuple[Reason, ...] = ()
    diagnostics: Diagnostics | None = None
    draws: Draws | None = None
    strata: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AtLeast(_Told):
    """A number that the truth is not below, with its level, and why no more can be said."""

    kind: ClassVar[str] = "at-least"
    low: float
    level: float
    documented: int
    reasons: tuple[Reason, ...] = ()
    stratum: str = ""
    assumption: str = ""
    seed: int = 0
    findings: tuple[Finding, ...] = ()
    gates: tuple[Gate, ...] = ()
    notes: tuple[Reason, ...] = ()
    diagnostics: Diagnostics | None = None
    draws: Draws | None = None
    strata: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Refusal(_Told):
    """No number beyond the documented, with the reasons and what would make one possible."""

    kind: ClassVar[str] = "refusal"
    reasons: tuple[Reason, ...]
    documented: int = 0
    stratum: str = ""
    assumption: str = ""
    seed: int = 0
    findings: tuple[Finding, ...] = ()
    gates: tuple[Gate, ...] = ()
    notes: tuple[Reason, ...] = ()
    diagnostics: Diagnostics | None = None
    draws: Draws | None = None
    strata: tuple[Answer, ...] = ()


Answer = Estimate | AtLeast | Refusal
