"""What every list needs of one person, on a slip: enough for the wall, a place, a day, the index.

A slip is read from the claims that are let out and holds nothing else. A build keeps the slips of
all, so that the next one makes the lists anew without reading everybody again.
"""

from __future__ import annotations

import datetime
import functools
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dadkhah import predicates
from dadkhah.memorial.contesting import contested
from dadkhah.memorial.packed import Grouped
from dadkhah.records import Claim, Mention, Person
from dadkhah.text import clean, fold_letters, script

__all__ = ["GROUPS", "NAMES", "OF_AN_ACTOR", "Slip", "Stay", "is_a_day", "key_of", "slip"]

GROUPS: Final = ("remembered", "unnamed", "named")
NAMES: Final = ("person.name", "person.other_name")
OF_A_VICTIM: Final = frozenset({
    "person.death_date", "person.death_place", "person.burial_place", "person.disappearance_date",
    "person.cause_of_death", "person.method_of_violence", "person.victim_status",
    "person.detention_place", "person.sentence_status", "person.arrest_date",
})  # fmt: skip
OF_AN_ACTOR: Final = frozenset({"act.involvement", "order.issuer", "order.addressee"})
_EXACT: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR: Final = re.compile(r"\d{4}")
Stay = tuple[str, str, str, str, str, str]  # predicate, key, written, gazetteer id, name, level


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What lists need of a person.

    Args:
        group: one of GROUPS. nameless: whether every account is of somebody unidentified.
        spellings: of the name, the most given first, then in log order.
        days: exact days of death, ISO. year: of death where all sources that give one agree.
        stays: each place that a claim names. contested: on how many points sources disagree.
        weight: bytes of the longest spelling. scripts: "a" where one is in Arabic letters, "l"
            where one is in any other.
    """

    id: str
    group: str
    nameless: bool
    spellings: tuple[str, ...]
    days: tuple[str, ...]
    year: str
    stays: tuple[Stay, ...]
    contested: int
    weight: int
    scripts: str


def slip(
    person: Person, mentions: Mapping[str, Mention], claims_of: Grouped[Claim],
    pointing_at: Grouped[Claim],
) -> Slip:  # fmt: skip
    """Write the slip of one person.

    Args:
        mentions: theirs, whether or not others too. claims_of: by mention, those let out.
        pointing_at: by the mention that they point to.
    """
    named = {m: not mentions[m].unidentified for m in person.mentions}
    claims = [claim for m in person.mentions for claim in claims_of.get(m, ())]
    pointed = frozenset(c.predicate for m in person.mentions for c in pointing_at.get(m, ()))
    spellings = _spellings(claim for claim in claims if named[claim.mention])
    nameless, listed = not any(named.values()), any(mentions[m].collection for m in named)
    return Slip(
        id=person.id, nameless=nameless, spellings=spellings,
        group=_group(claims, pointed, nameless=nameless, listed=listed),
        days=_days(claims), year=_year(claims), stays=_stays(claims),
        contested=len(contested(claims)) if len(claims) > 1 else 0,
        weight=max(map(_weight, spellings), default=0),
        scripts="".join(sorted({_script(each) for each in spellings})),
    )  # fmt: skip


def _group(
    claims: Iterable[Claim], pointed: frozenset[str], *, nameless: bool, listed: bool
) -> str:
    """Say where a person stands: with the remembered, those without a name, or others named.

    Whoever a source names as issuing an order or as involved in an act is never put on the wall.
    """
    said = {claim.predicate for claim in claims}
    if pointed & OF_AN_ACTOR:
        return "named"
    listed = listed and "person.holds_post" not in said
    if listed or said & OF_A_VICTIM or "act.victim" in pointed:
        return "unnamed" if nameless else "remembered"
    return "named"


def _spellings(named: Iterable[Claim]) -> tuple[str, ...]:
    given: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for claim in named:
        if claim.predicate in given and clean(claim.written):
            given[claim.predicate][clean(claim.written)] += 1
    found = next((counts for counts in given.values() if counts), Counter[str]())
    return tuple(name for name, _ in found.most_common())


def _days(claims: Iterable[Claim]) -> tuple[str, ...]:
    told = (c for c in claims if c.predicate == "person.death_date" and c.stance != "denies")
    return tuple(sorted({sys.intern(str(c.value)) for c in told if is_a_day(str(c.value))}))


@functools.lru_cache(maxsize=1 << 14)
def is_a_day(value: str) -> bool:
    """Say whether a value is one day of the calendar: the 31st of February is none."""
    try:
        return bool(_EXACT.fullmatch(value)) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _year(claims: Iterable[Claim]) -> str:
    """Give the year of death, Gregorian, where all sources that give one agree."""
    told = [str(c.value) for c in claims if c.predicate == "person.death_date" and c.value]
    years = {found.group() for each in told if (found := _YEAR.match(each))}
    return sys.intern(years.pop()) if len(years) == 1 else ""


def _stays(claims: Iterable[Claim]) -> tuple[Stay, ...]:
    return tuple(
        stay(claim.predicate, claim.written, claim.value)
        for claim in claims
        if isinstance(claim.value, dict) and predicates.get(claim.predicate).value == "place"
    )


def stay(predicate: str, written: str, value: dict[str, Any]) -> Stay:
    """Give what a list of places needs of one claim."""
    gazetteer, name, level = (str(value.get(key) or "") for key in ("gazetteer", "name", "level"))
    return _kept_once((predicate, key_of(value), written, gazetteer, name, level))


@functools.lru_cache(maxsize=1 << 16)
def _kept_once(one: Stay) -> Stay:
    """Give the same object for what is the same: a hundred thousand slips name few places."""
    return one


def key_of(value: dict[str, Any]) -> str:
    """Give what names a place: its gazetteer id, else its folded name and its level."""
    if value.get("gazetteer"):
        return str(value["gazetteer"])
    return f"{fold_letters(str(value.get('name', ''))).casefold()}|{value.get('level', '')}"


def _weight(spelling: str) -> int:
    return len(spelling.encode()) + 5 * sum(spelling.count(sign) for sign in "&<>\"'")


def _script(spelling: str) -> str:
    return "a" if script(spelling) in {"Arabic", "mixed"} else "l"
