"""What came to an archive since the last build, and whom it is about; whether that is little.

A change is little where all of this holds; otherwise the site is built whole:

    1. the archive is the one of the last build with lines added: claims, accounts, passages,
       sources, captures, contributions, and disclosures that name claims one by one;
    2. what is added is about people, and no more than MOST_LINES of it;
    3. no claim that changed denies, doubts or contradicts, is a picture or names another thing;
    4. no source or passage that was there before is another now, and none of those let in or out
       has an open text;
    5. whoever changes their name or place in the lists is not named by another page than those:
       no act, post, group or relative leads to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dadkhah import archive as archives
from dadkhah import predicates, records
from dadkhah.memorial import letting
from dadkhah.memorial.basket import Basket, people_of
from dadkhah.memorial.ground import Ground, stood_on
from dadkhah.memorial.kept import Kept, Measured
from dadkhah.memorial.letting import Parted
from dadkhah.memorial.shelf import Shelf
from dadkhah.memorial.slips import Slip, slip
from dadkhah.records import Claim, Disclosure, Mention, Passage, Person

__all__ = ["Change", "Registers", "State", "find"]

MOST_LINES: Final = 500
ADDED: Final = frozenset(
    {"claim", "mention", "passage", "source", "capture", "contribution", "disclosure"}
)
Register = Mapping[str, Person] | None  # by mention; None where each stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The register of the last build and the one of now, and the accounts in which they differ."""

    before: Register
    after: Register
    differing: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is public of some people at one time.

    Args:
        people: with the accounts that something public is said in. claims: about them.
        mentions: all of theirs that were read. passages: that those claims stand on.
    """

    people: tuple[Person, ...]
    claims: tuple[Claim, ...]
    mentions: Mapping[str, Mention]
    passages: Mapping[str, Passage]
    closed: int
    slips: Mapping[str, Slip]
    tied: frozenset[str]  # ids of those whom something else leads to, or who lead to something


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A little change: claims that have another version or are newly let out, and two states."""

    claims: tuple[str, ...]
    passages: tuple[str, ...]
    before: State
    after: State


def find(
    shelf: Shelf, ground: Ground, last: Kept, now: tuple[Measured, Measured], two: Registers
) -> Iterator[Change]:
    """Give the change, if it is a little one.

    Args:
        now: the archive's files measured, and the beginnings of them that were all then.
    """
    measured, begun = now
    grown = {kind for kind, was in last.measured.items() if measured[kind] != was}
    if grown - ADDED or any(begun[kind] != last.measured[kind] for kind in grown):
        return
    disclosures = _disclosures(ground.folder, last)
    told = dict.fromkeys([*shelf.arrived["claim"], *_let_out_anew(disclosures)])
    arrived = [*told, *shelf.arrived["mention"], *shelf.arrived["passage"]]
    if len(arrived) > MOST_LINES or not _is_plain(disclosures, ground, last):
        return
    if not _adds_only(shelf, ground, last):
        return
    claims = {c: [v[2] for v in shelf.versions("claim", "id", c)] for c in told}
    if not all(_is_of_a_person(shelf, versions) for versions in claims.values()):
        return
    was = stood_on(ground, [held for held, _ in disclosures.values() if held], last.day)
    mentions = [v[-1].mention for v in claims.values()] + shelf.arrived["mention"]
    people = _people(mentions, two)
    shelf.as_it_was = True
    before = _state(shelf, was, people[0])
    shelf.as_it_was = False
    after = _state(shelf, ground, people[1])
    if _touches_only_lists(before, after):
        yield Change(
            claims=tuple(told), passages=tuple(shelf.arrived["passage"]), before=before,
            after=after,
        )  # fmt: skip


def _disclosures(folder: Path, last: Kept) -> dict[str, tuple[Disclosure | None, list[Any]]]:
    """Give each disclosure as it was at the last build, if it was, and its versions since."""
    found: dict[str, tuple[Disclosure | None, list[Any]]] = {}
    for line in archives.lines(folder, "disclosure"):
        record = records.read(line.record)
        was, since = found.get(record.id, (None, []))
        before = line.entry < last.log_size
        found[record.id] = (record, since) if before else (was, [*since, record])
    return found


def _let_out_anew(
    disclosures: Mapping[str, tuple[Disclosure | None, list[Any]]],
) -> Iterator[str]:
    for was, since in disclosures.values():
        for each in ([was] if was and since else []) + since:
            yield from each.claims


def _is_plain(
    disclosures: Mapping[str, tuple[Disclosure | None, list[Any]]], ground: Ground, last: Kept
) -> bool:
    """Say whether disclosures that came or changed name claims only, and none ended by its day."""
    for was, since in disclosures.values():
        held = [*([was] if was else []), *since]
        if since and any(d.sources or d.collections for d in held):
            return False
        if any(d.until and last.day <= d.until < ground.log.day for d in held):
            return False
    return not last.ended


def _adds_only(shelf: Shelf, ground: Ground, last: Kept) -> bool:
    """Say whether sources, passages and captures that came are new to what is shown (4)."""
    first = last.log_size
    sources = {line.record["id"] for line in archives.lines(ground.folder, "source", first=first)}
    captures = [line.record for line in archives.lines(ground.folder, "capture", first=first)]
    new = (len(shelf.versions("passage", "id", each)) == 1 for each in shelf.arrived["passage"])
    accounts = (shelf.newest("mention", "id", m)[m][1] for m in shelf.arrived["mention"])
    return (
        all(each.type == "person" for each in accounts)
        and not sources & last.sources.keys()
        and not sources & ground.open_texts
        and not any(c["source"] in last.sources or c["id"] in last.captures for c in captures)
        and all(new)
    )


def _is_of_a_person(shelf: Shelf, versions: Sequence[Claim]) -> bool:
    """Say whether a claim in any of its versions only says something of one person (2, 3)."""
    if not versions:
        return False
    first = versions[0]
    subject = shelf.newest("mention", "id", first.mention).get(first.mention)
    if subject is None or subject[1].type != "person":
        return False
    return all(
        (each.mention, each.passage, each.predicate)
        == (first.mention, first.passage, first.predicate)
        and predicates.get(each.predicate).value not in {"mention", "digest"}
        and not each.target
        and each.stance in {"asserts", "reports"}
        and "contradiction" not in each.flags
        for each in versions
    )


def _people(mentions: Iterable[str], two: Registers) -> tuple[list[Person], list[Person]]:
    """Give whom the change is about, by both registers."""
    told = dict.fromkeys([*mentions, *two.differing])
    while True:
        found = [{p.id: p for p in people_of(told, each)} for each in (two.before, two.after)]
        wider = [m for held in found for p in held.values() for m in p.mentions]
        if set(wider) <= told.keys():
            return [*found[0].values()], [*found[1].values()]
        told |= dict.fromkeys(wider)


def _state(shelf: Shelf, ground: Ground, people: Sequence[Person]) -> State:
    """Read what is public of some people."""
    basket = Basket(shelf=shelf)
    wanted = [m for person in people for m in person.mentions]
    for mention in wanted:
        basket.take("mention", mention)
        basket.take("target", mention)
    basket.complete()
    mentions, passages = basket.records("mentions"), basket.records("passages")
    parted = letting.part(
        basket.records("claims"), frozenset(), ground.allowed, mentions, ground.sources, passages,
        ground.open_texts,
    )  # fmt: skip
    own = set(wanted)
    claims = tuple(c for c in parted.let_out.values() if c.mention in own)
    told = {claim.mention for claim in claims}
    kept = tuple(
        Person(id=p.id, mentions=held)
        for p in people
        if (held := tuple(m for m in p.mentions if m in told))
    )
    return State(
        people=kept, claims=claims, passages=passages,
        mentions={m: mentions[m] for m in wanted if m in mentions},
        closed=sum(mention in own for mention, _ in parted.closed),
        slips={
            p.id: slip(p, mentions, parted.let_out.by("mention"), parted.let_out.by("target"))
            for p in kept
        },
        tied=frozenset(_tied(kept, parted)),
    )  # fmt: skip


def _tied(people: Iterable[Person], parted: Parted) -> Iterator[str]:
    """Give the people who are named by what points at them, or who point at something."""
    by, at = parted.let_out.by("mention"), parted.let_out.by("target")
    for person in people:
        leads = any(claim.target for m in person.mentions for claim in by.get(m, ()))
        if leads or any(at.get(m, ()) for m in person.mentions):
            yield person.id


def _touches_only_lists(before: State, after: State) -> bool:
    """Say whether whoever is named by other pages is called as before (5)."""
    return all(
        _shown(before.slips.get(each)) == _shown(after.slips.get(each))
        for each in before.tied | after.tied
    )


def _shown(one: Slip | None) -> Any:
    return one and (one.group, one.nameless, one.spellings)
