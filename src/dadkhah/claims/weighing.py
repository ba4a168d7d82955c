"""What the claims about one thing say together: agreement, conflict, contradiction; nothing lost.

Every value stays, with its claims and the number of independent origins behind it (CR-12). Where
one value is shown first, the rule that chose it is named (CR-15). A contested number is shown as
its smallest and largest, never as anything between (CR-16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from dadkhah import predicates
from dadkhah.claims.origins import Origins, independent, origins
from dadkhah.claims.readings import Relation, compare
from dadkhah.predicates import Predicate
from dadkhah.records import Claim, Collection, Mention, Source

__all__ = ["RULES", "STATES", "Value", "Values", "weigh"]

STATES: Final = ("single", "agree", "compatible", "several", "conflict", "contradiction")
RULES: Final = (
    "only-value", "all-agree", "most-precise", "accepted", "most-origins", "smallest-and-largest",
    "all-stand", "none-chosen",
)  # fmt: skip
_MANY: Final = frozenset({
    "person.other_name", "person.title", "person.event", "person.relative", "person.statement",
    "person.reference", "person.affiliation", "person.occupation", "group.place", "figure.scope",
    "figure.place", "figure.period", "event.place", "act.place", "act.method", "place.description",
    "order.known_copies",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One reading with the claims that give it.

    `reading` is the claim's value, its target's id, or its words where nothing was read.
    `origins` counts independent origins; `denied_by` are claims that say it is not so.
    """

    reading: Any
    written: tuple[str, ...]
    claims: tuple[str, ...]
    origins: int
    accepted: bool = False
    denied_by: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """All that is claimed under one predicate, and how it stands together.

    `shown` is the reading to show first, None when the rule chooses none; `low` and `high` bound
    numbers, `high` None when some claim leaves it open; `contradictions` are pairs of claim ids
    that one source, or one speaker, sets against each other, or that deny each other.
    """

    predicate: str
    state: str
    values: tuple[Value, ...]
    origins: int
    shown: Any
    rule: str
    low: int | None = None
    high: int | None = None
    contradictions: tuple[tuple[str, str], ...] = ()


def weigh(
    claims: Iterable[Claim],
    sources: Sequence[Source],
    mentions: Sequence[Mention],
    collections: Sequence[Collection] = (),
) -> Mapping[str, Values]:
    """Weigh the claims about one thing, per predicate; what is withdrawn does not count.

    Args:
        claims: of one mention, or of all the mentions judged to be one person.
        sources, mentions, collections: what the claims come from, for their common origins.

    Raises:
        RecordError: predicate-unknown.
    """
    live = [claim for claim in claims if claim.status != "withdrawn"]
    traced = origins(live, mentions, sources, collections)
    grouped: dict[str, list[Claim]] = {}
    for claim in live:
        grouped.setdefault(claim.predicate, []).append(claim)
    return {name: _weighed(predicates.get(name), own, traced) for name, own in grouped.items()}


def _weighed(predicate: Predicate, claims: list[Claim], traced: Origins) -> Values:
    values = _values(predicate, claims, traced)
    pairs = _contradictions(predicate, claims, traced)
    state = _state(predicate, values, bool(pairs))
    shown, rule = _shown(predicate, values, state)
    low, high = _bounds(values) if predicate.value == "number" else (None, None)
    return Values(
        predicate=predicate.name,
        state=state,
        values=values,
        origins=independent((c.id for c in claims if c.stance != "denies"), traced),
        shown=shown,
        rule=rule,
        low=low,
        high=high,
        contradictions=pairs,
    )


def _reading(claim: Claim) -> Any:
    if claim.target:
        return claim.target
    return claim.value if claim.value is not None else claim.written


def _values(predicate: Predicate, claims: list[Claim], traced: Origins) -> tuple[Value, ...]:
    """Group the claims by equal readings, the best supported first."""
    groups: list[list[Claim]] = []
    for claim in claims:
        home = next((g for g in groups if _relation(predicate, claim, g[0]) == "same"), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    values = [_value(group, traced) for group in groups]
    return tuple(sorted(values, key=lambda v: (-v.accepted, -v.origins, v.claims)))


def _value(group: list[Claim], traced: Origins) -> Value:
    says = [claim for claim in group if claim.stance in ("asserts", "reports")]
    return Value(
        reading=_reading(group[0]),
        written=tuple(dict.fromkeys(claim.written for claim in group)),
        claims=tuple(claim.id for claim in says),
        origins=independent((claim.id for claim in says), traced),
        accepted=any(claim.status == "accepted" for claim in says),
        denied_by=tuple(claim.id for claim in group if claim.stance == "denies"),
        doubted_by=tuple(claim.id for claim in group if claim.stance == "doubts"),
    )


def _relation(predicate: Predicate, left: Claim, right: Claim) -> Relation:
    if left.target or right.target:
        same = left.target == right.target and left.value == right.value
        return "same" if same else "possible"
    unread = left.value is None or right.value is None
    if unread:
        return "same" if _reading(left) == _reading(right) else "possible"
    relation = compare(predicate, left.value, right.value)
    # Many may hold at once: two places of one act are no conflict.
    return "possible" if relation == "apart" and predicate.name in _MANY else relation


def _contradictions(
    predicate: Predicate, claims: list[Claim], traced: Origins
) -> tuple[tuple[str, str], ...]:
    """Find the pairs of one origin that cannot both be true, and every denial with its match."""
    found = []
    for left, right in combinations(claims, 2):
        relation = _relation(predicate, left, right)
        denial = (left.stance == "denies") != (right.stance == "denies")
        own = traced[left.id] & traced[right.id] and left.speaker == right.speaker
        if (denial and relation in ("same", "finer", "coarser")) or (own and relation == "apart"):
            found.append((left.id, right.id))
    flagged = [
        (claim.id, flag.split(":", 1)[1])
        for claim in claims
        for flag in claim.flags
        if flag.startswith("contradicts:")
    ]
    return tuple(dict.fromkeys([*found, *flagged]))


def _state(predicate: Predicate, values: tuple[Value, ...], contradicted: bool) -> str:
    if contradicted:
        return "contradiction"
    if len(values) == 1:
        return "agree" if values[0].origins > 1 else "single"
    relations = [_between(predicate, a, b) for a, b in combinations(values, 2)]
    if "apart" in relations:
        return "conflict"
    return "several" if _many(predicate) else "compatible"


def _many(predicate: Predicate) -> bool:
    return predicate.value in ("mention", "url") or predicate.name in _MANY


def _between(predicate: Predicate, left: Value, right: Value) -> Relation:
    if _many(predicate):
        return "possible"
    return compare(predicate, left.reading, right.reading)


def _shown(predicate: Predicate, values: tuple[Value, ...], state: str) -> tuple[Any, str]:
    """Choose what to show first, and name the rule; a denial alone is never shown as a value."""
    said = [value for value in values if value.claims]
    if not said:
        return None, "none-chosen"
    if len(values) == 1:
        return said[0].reading, "all-agree" if state == "agree" else "only-value"
    if _many(predicate):
        return None, "all-stand"
    if predicate.value == "number":
        return None, "smallest-and-largest"
    if state == "compatible" and (finest := _finest(predicate, said)) is not None:
        return finest.reading, "most-precise"
    if sum(value.accepted for value in said) == 1:
        return said[0].reading, "accepted"
    if len(said) == 1 or said[0].origins > said[1].origins:
        return said[0].reading, "most-origins"
    return None, "none-chosen"


def _finest(predicate: Predicate, said: list[Value]) -> Value | None:
    """Find the value that lies within every other one."""
    for value in said:
        others = (other for other in said if other is not value)
        if all(_between(predicate, value, other) == "finer" for other in others):
            return value
    return None


def _bounds(values: tuple[Value, ...]) -> tuple[int | None, int | None]:
    """Give the smallest and largest number claimed; the largest is open when one claim is."""
    read = [value.reading for value in values if value.claims and isinstance(value.reading, dict)]
    if not read:
        return None, None
    highs = [value["high"] for value in read]
    return min(value["low"] for value in read), None if None in highs else max(highs)
