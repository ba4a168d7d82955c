"""Read the kept report of an estimate into what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dadkhah.estimate import document

__all__ = ["Answer", "Family", "ListUsed", "Sentence", "read_answer"]

Both = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A gate or a reason: what it says and what would change it, in both languages.

    Args:
        passed: for a gate, whether the lists pass it.
    """

    code: str
    text: Both
    remedy: Both
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What one model family says."""

    name: str
    role: str
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsed:
    """A list that entered, and how many people it holds."""

    title: str
    people: int
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An estimate, an "at least", or a refusal.

    Args:
        kind: "estimate", "at-least" or "refusal".
        level: in per cent, or None.
        truth: the known number of a simulated world, or None.
        told: sentences on the plan, what departs from it, and where the width comes from.
    """

    kind: str
    headline: Both
    low: float | None
    middle: float | None
    high: float | None
    level: float | None
    documented: int | None
    reported: int | None
    scope: str
    stratum: str
    assumption: str
    lists: tuple[ListUsed, ...]
    gates: tuple[Sentence, ...]
    reasons: tuple[Sentence, ...]
    outside: tuple[Sentence, ...]
    families: tuple[Family, ...]
    truth: float | None = None
    strata: tuple[Answer, ...] = ()
    told: tuple[Both, ...] = ()

    @property
    def holds_truth(self) -> bool | None:
        """Whether the interval holds the known number, where there is one."""
        if self.truth is None or self.low is None:
            return None
        return self.low <= self.truth and (self.high is None or self.truth <= self.high)


def read_answer(result: Mapping[str, Any], settings: Mapping[str, Any] | None = None) -> Answer:
    """Read a run's result.

    Args:
        result: the JSON of dadkhah.estimate.report; fractions may be decimal text.
        settings: of the run; `truth` is the known number of a simulated world.
    """
    figures = result.get("answer")
    numbers = figures if isinstance(figures, Mapping) else result
    level = _number(numbers.get("level"))
    strata = result.get("strata") or ()
    return Answer(
        kind=str(result.get("kind", "refusal")).replace("_", "-"),
        headline=dict(result.get("headline") or {}),
        low=_number(numbers.get("low")),
        middle=_number(numbers.get("middle")),
        high=_number(numbers.get("high")),
        level=level * 100 if level is not None and level <= 1 else level,
        documented=_whole(result.get("documented")),
        reported=_whole(result.get("reported")),
        scope=str(result.get("scope") or ""),
        stratum=str(result.get("stratum") or ""),
        assumption=str(result.get("assumption") or ""),
        lists=tuple(_list(item) for item in _each(result.get("lists"))),
        gates=tuple(_sentence(item) for item in _each(result.get("gates"))),
        reasons=tuple(_sentence(item) for item in _each(result.get("reasons"))),
        outside=tuple(_sentence(item) for item in _each(result.get("outside"))),
        families=tuple(_family(item) for item in _each(result.get("families"))),
        truth=_truth((settings or {}).get("truth", result.get("truth"))),
        strata=tuple(read_answer(item) for item in _each(_values(strata))),
        told=_told(result),
    )


def _told(result: Mapping[str, Any]) -> tuple[Both, ...]:
    """What the report says of its plan and its width, in both languages."""
    if not result.get("plan") and not result.get("width"):
        return ()
    english, persian = (
        document.footing({"plan": {}, "width": {}, **result}, language) for language in ("en", "fa")
    )
    return tuple({"en": en, "fa": fa} for en, fa in zip(english, persian, strict=True))


def _values(strata: Any) -> Any:
    return list(strata.values()) if isinstance(strata, Mapping) else strata


def _each(items: Any) -> Sequence[Mapping[str, Any]]:
    return [item for item in items or () if isinstance(item, Mapping)]


def _sentence(item: Mapping[str, Any]) -> Sentence:
    return Sentence(
        code=str(item.get("code", "")),
        text=_both(item, "english", "persian"),
        remedy=_both(item, "remedy", "remedy_persian"),
        passed=bool(item.get("passed")),
    )


def _both(item: Mapping[str, Any], english: str, persian: str) -> dict[str, str]:
    return {"en": str(item.get(english) or ""), "fa": str(item.get(persian) or "")}


def _list(item: Mapping[str, Any]) -> ListUsed:
    return ListUsed(
        title=str(item.get("title") or item.get("list") or ""),
        people=_whole(item.get("people")) or 0,
        scope=str(item.get("scope") or ""),
    )


def _family(item: Mapping[str, Any]) -> Family:
    return Family(
        name=str(item.get("family", "")),
        role=str(item.get("role", "")),
        low=_number(item.get("low")),
        middle=_number(item.get("middle")),
        high=_number(item.get("high")),
    )


def _truth(value: Any) -> float | None:
    """Read the truth: a number, or a mapping that gives the total."""
    return _number(value.get("total")) if isinstance(value, Mapping) else _number(value)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    found = _number(value)
    return None if found is None else round(found)
