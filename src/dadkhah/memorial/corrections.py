"""What was public once and was changed, withdrawn or closed: all of it, for ever (CR-21, CR-22).

A value that was withdrawn is not told again: it may have been withdrawn to protect someone. Its
place is: which thing it was about, under which predicate, on which day.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson

from dadkhah import archive, disclosure, records
from dadkhah.disclosure import Whitelist
from dadkhah.memorial import cutting
from dadkhah.records import Claim, Disclosure, Mention

__all__ = ["Correction", "Past", "Versions", "read", "versions_of"]

_SAID: Final = ("predicate", "written", "value", "target", "when", "where", "speaker", "stance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change of what had been public.

    Args:
        id: of the claim; of the disclosure when one ended.
        kind: changed, withdrawn or closed.
        entry, day: of the log.
        before: the old version, when the new one is public too.
        count: of statements that went with a disclosure.
    """

    id: str
    kind: str
    entry: int
    day: str
    mention: str = ""
    predicate: str = ""
    before: Claim | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Corrections in log order, and the erased.

    Args:
        gone: mentions of people with nothing public left, with the day.
        erased: records erased from the archive.
        rule_ended: whether a disclosure ended that named more than single claims.
    """

    corrections: tuple[Correction, ...] = ()
    gone: Mapping[str, str] = field(default_factory=dict)
    erased: int = 0
    rule_ended: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A state of what may be public, from an entry of the log on."""

    entry: int
    allowed: Whitelist


Versions = Mapping[str, Sequence[tuple[int, Claim]]]


def read(
    folder: Path, mentions: Mapping[str, Mention], let_out: Mapping[str, Claim],
    versions: Versions,
) -> Past:  # fmt: skip
    """Say what of an archive's past versions had been public.

    Args:
        mentions: all of the archive, newest versions. let_out: claims that are public now.
        versions: of claims that have several, each with its entry; in log order.
    """
    states = _states(folder)
    found: list[tuple[int, Correction]] = []
    for held in versions.values():
        for (first, old), (entry, new) in itertools.pairwise(held):
            if old.mention not in mentions or not _says_otherwise(old, new):
                continue
            if _was_public(states, old, mentions, first, entry):
                found.append((entry, _change(old, new, entry, held[-1][1], let_out)))
    ended = _ended(folder)
    found += _closed(folder, mentions, ended)
    days = _days(folder, {entry for entry, _ in found})
    corrections = tuple(
        _dated(each, days[entry]) for entry, each in sorted(found, key=lambda two: two[0])
    )
    told = {claim.mention for claim in let_out.values()} if corrections else set()
    gone = {
        each.mention: each.day
        for each in corrections
        if each.mention and each.mention not in told and mentions[each.mention].type == "person"
    }
    erased = sum(1 for _ in archive.lines(folder, archive.TOMBSTONE))
    return Past(
        corrections=corrections, gone=gone, erased=erased,
        rule_ended=any(_is_rule(held) for _, held in ended.values()),
    )  # fmt: skip


def versions_of(folder: Path, repeated: frozenset[str]) -> Versions:
    """Read every version of some claims, each with its entry."""
    found: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
    if repeated:
        for line in archive.lines(folder, "claim"):
            if line.record["id"] in repeated:
                found[str(line.record["id"])].append((line.entry, records.read(line.record)))
    return found


def _states(folder: Path) -> list[_Held]:
    """Give what the disclosures let out after each entry that holds one."""
    current: dict[str, Disclosure] = {}
    states: dict[int, _Held] = {}
    for line in archive.lines(folder, "disclosure"):
        held = records.read(line.record)
        current[held.id] = held
        states[line.entry] = _Held(line.entry, disclosure.whitelist(current.values(), on=""))
    return list(states.values())


def _was_public(
    states: list[_Held], claim: Claim, mentions: Mapping[str, Mention], first: int, last: int
) -> bool:
    """Say whether a version that stood from one entry to another was ever let out."""
    mention = mentions[claim.mention]
    for place, state in enumerate(states):
        until = states[place + 1].entry if place + 1 < len(states) else last
        if state.entry < last and until > first and state.allowed.lets_out(claim, mention):
            return True
    return False


def _says_otherwise(old: Claim, new: Claim) -> bool:
    """Say whether a reader sees another statement; that a person looked at it is no correction."""
    return new.status == "withdrawn" or any(
        getattr(old, name) != getattr(new, name) for name in _SAID
    )


def _change(
    old: Claim, new: Claim, entry: int, newest: Claim, let_out: Mapping[str, Claim]
) -> Correction:
    kind = "withdrawn" if new.status == "withdrawn" else "changed"
    open_now = newest.id in let_out and kind == "changed"
    return Correction(
        id=old.id, kind=kind, entry=entry, day="", mention=old.mention, predicate=old.predicate,
        before=cutting.claim(old, is_open=False, confidential=True) if open_now else None,
    )  # fmt: skip


def _ended(folder: Path) -> dict[str, tuple[int, Disclosure]]:
    """Give the disclosures that were withdrawn, as they were, with the entry that ended each."""
    found: dict[str, tuple[int, Disclosure]] = {}
    earlier: dict[str, Disclosure] = {}
    for line in archive.lines(folder, "disclosure"):
        held = records.read(line.record)
        if held.withdrawn and held.id in earlier:
            found[held.id] = (line.entry, earlier[held.id])
        elif not held.withdrawn:
            earlier[held.id] = held
            found.pop(held.id, None)
    return found


def _closed(
    folder: Path, mentions: Mapping[str, Mention], ended: Mapping[str, tuple[int, Disclosure]]
) -> list[tuple[int, Correction]]:
    """Say how many statements each disclosure that ended had let out."""
    claims: list[Claim] = []
    if any(_is_rule(held) for _, held in ended.values()):
        every = archive.current(folder, "claim").values()
        claims = [claim for claim in every if claim.mention in mentions]
    return [
        (entry, Correction(id=identity, kind="closed", entry=entry, day="",
                           count=_count(held, claims, mentions)))
        for identity, (entry, held) in ended.items()
    ]  # fmt: skip


def _is_rule(held: Disclosure) -> bool:
    return bool(held.predicates and (held.sources or held.collections))


def _count(held: Disclosure, claims: Iterable[Claim], mentions: Mapping[str, Mention]) -> int:
    if not _is_rule(held):
        return len(set(held.claims))
    allowed = disclosure.whitelist([held], on="")
    return sum(allowed.lets_out(claim, mentions[claim.mention]) for claim in claims)


def _days(folder: Path, wanted: set[int]) -> dict[int, str]:
    """Read the days of some entries of the log."""
    if not wanted:
        return {}
    return {
        place: str(orjson.loads(data)["at"])[:10]
        for place, data in enumerate(archive.entries(folder))
        if place in wanted
    }


def _dated(correction: Correction, day: str) -> Correction:
    return dataclasses.replace(correction, day=day)
