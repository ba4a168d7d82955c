"""The algebra of judgements: which hold, whom they join, and where they contradict each other.

A person is a pure function of mentions and judgements. "Same" joins, "different" keeps apart and
is never overridden, "unsure" does neither. What contradicts is reported, never resolved silently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dadkhah.errors import RecordError
from dadkhah.people.joining import Groups
from dadkhah.records import Judgement, Mention, Person, new_id

__all__ = [
    "MACHINE",
    "Contradiction",
    "Effective",
    "Register",
    "clusters",
    "effective",
    "explode",
    "is_machine",
    "judge",
    "register",
    "standing",
    "undo",
]

MACHINE: Final = "machine"
DECISIONS: Final = ("same", "different", "unsure")
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """What holds between two mentions now, and the judgements it rests on.

    `disputed` says that two people decided differently; then the pair is unsure until they agree.
    """

    left: str
    right: str
    decision: str
    judgements: tuple[str, ...]
    by_machine: bool
    score: float
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A "same" that was not followed, or that breaks what a list says of itself.

    `against` is two mentions that it would bring together: judged different (`reason`
    "different"), or of one list that says that it names nobody twice ("no-duplicates"). A person
    may break the latter: then the "same" is followed, and stands here to be looked at.
    """

    left: str
    right: str
    judgements: tuple[str, ...]
    against: tuple[str, str]
    by_machine: bool
    reason: str = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The people, the contradictions that a person must look at, and disputed pairs."""

    people: tuple[Person, ...]
    contradictions: tuple[Contradiction, ...]
    disputed: tuple[Effective, ...]


def is_machine(judgement: Judgement) -> bool:
    """Say whether a machine made a judgement: its `by` is "machine" or begins with "machine:"."""
    return judgement.by == MACHINE or judgement.by.startswith(f"{MACHINE}:")


def judge(
    left: str,
    right: str,
    decision: str,
    *,
    by: str,
    at: str,
    why: str = "",
    score: str = "",
    run: str = "",
    supersedes: str = "",
) -> Judgement:
    """Make a judgement between two mentions.

    Args:
        decision: same, different or unsure.
        at: moment in UTC (ISO 8601). score: decimal text.

    Raises:
        RecordError: `judgement-decision` for another decision, `judgement-itself` for one mention
            judged against itself.
    """
    if decision not in DECISIONS:
        raise RecordError(
            "judgement-decision",
            f"A judgement is same, different or unsure, not “{decision}”.",
            todo="Choose one of the three.",
        )
    if left == right:
        raise RecordError(
            "judgement-itself",
            "A mention cannot be judged against itself.",
            todo="Choose two mentions.",
        )
    return Judgement(
        id=new_id(), left=left, right=right, decision=decision, by=by, at=at, why=why,
        score=score, run=run, supersedes=supersedes,
    )  # fmt: skip


def effective(judgements: Iterable[Judgement]) -> tuple[Effective, ...]:
    """Find what holds between each pair of mentions.

    1. A superseded judgement does not count. One that was withdrawn counts no more, and what it
       superseded counts again; a withdrawal can be withdrawn in turn, to any depth.
    2. Where a person has judged, machines do not count.
    3. Of one judge's several judgements the last counts, of several machines' the last.
    4. Judges who differ make the pair unsure and disputed; unsure yields to a decision.

    Args:
        judgements: in log order.

    Returns:
        One per pair judged, in the order of first judgement; left and right as first judged.
    """
    everything = list(judgements)
    pairs: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for each in standing(everything):
        pairs[_pair(each.left, each.right)].append(each)
    return tuple(_settle(each) for each in pairs.values())


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Give the judgements that count: neither superseded nor withdrawn, in the order given."""
    everything = list(judgements)
    undone: set[str] = set()
    for each in reversed(everything):
        if each.decision == WITHDRAWN and each.id not in undone:
            undone.add(each.supersedes)
    superseded = {
        each.supersedes
        for each in everything
        if each.supersedes and each.id not in undone and each.decision != WITHDRAWN
    }
    gone = undone | superseded
    return [each for each in everything if each.decision != WITHDRAWN and each.id not in gone]


def undo(judgement: Judgement, *, by: str, at: str, why: str = "") -> Judgement:
    """Withdraw a judgement, or a withdrawal: what it superseded counts again."""
    return Judgement(
        id=new_id(), left=judgement.left, right=judgement.right, decision=WITHDRAWN, by=by, at=at,
        why=why, supersedes=judgement.id,
    )  # fmt: skip


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


def _settle(said: Sequence[Judgement]) -> Effective:
    people = [each for each in said if not is_machine(each)]
    by_machine = not people
    last = {MACHINE if by_machine else each.by: each for each in people or said}
    decisions = {each.decision for each in last.values()} - {"unsure"}
    disputed = len(decisions) > 1
    decision = decisions.pop() if len(decisions) == 1 else "unsure"
    return Effective(
        left=said[0].left,
        right=said[0].right,
        decision=decision,
        judgements=tuple(each.id for each in last.values()),
        by_machine=by_machine,
        score=max((float(each.score) for each in last.values() if each.score), default=1.0),
        disputed=disputed,
    )


def clusters(
    mentions: Iterable[Mention],
    judgements: Iterable[Judgement],
    no_duplicates: Collection[str] = (),
) -> tuple[Person, ...]:
    """Give the people: a pure function of mentions and judgements; see `register`."""
    return register(mentions, judgements, no_duplicates).people


def register(
    mentions: Iterable[Mention],
    judgements: Iterable[Judgement],
    no_duplicates: Collection[str] = (),
) -> Register:
    """Join mentions into people, and report what could not be joined.

    Args:
        judgements: in log order.
        no_duplicates: collections that say that they name nobody twice.

    1. Each mention of a person is alone, in log order; an unidentified one stays alone.
    2. Pairs judged different may never meet in one person.
    3. "Same" joins: what people decided first, then machines by falling score, then log order.
    4. A join that would bring a forbidden pair together is not made, and is reported. Nor does a
       machine bring two mentions of one list together that says that it names nobody twice; a
       person may, and it is reported.

    Returns:
        People in the order of their first mention; the id of a person is that mention's id, so it
        stays when others join later.
    """
    persons = [mention for mention in mentions if mention.type == "person"]
    order = {mention.id: place for place, mention in enumerate(persons)}
    holding = [e for e in effective(judgements) if e.left in order and e.right in order]
    unknown = {mention.id for mention in persons if mention.unidentified}
    groups = Groups([m.collection if m.collection in no_duplicates else "" for m in persons])
    for each in holding:
        if each.decision == "different":
            groups.forbid(order[each.left], order[each.right])
    contradictions = []
    for each in sorted(
        (e for e in holding if e.decision == "same"), key=lambda e: (e.by_machine, -e.score)
    ):
        machine_on_unknown = each.by_machine and {each.left, each.right} & unknown
        if machine_on_unknown:
            continue
        clash = groups.join(order[each.left], order[each.right], by_machine=each.by_machine)
        if clash:
            contradictions.append(_contradiction(each, clash, persons))
    return Register(
        people=_people(persons, groups),
        contradictions=tuple(contradictions),
        disputed=tuple(each for each in holding if each.disputed),
    )


def _contradiction(
    each: Effective, clash: tuple[int, int, str], persons: Sequence[Mention]
) -> Contradiction:
    return Contradiction(
        left=each.left,
        right=each.right,
        judgements=each.judgements,
        against=(persons[clash[0]].id, persons[clash[1]].id),
        by_machine=each.by_machine,
        reason=clash[2],
    )


def _people(persons: Sequence[Mention], groups: Groups) -> tuple[Person, ...]:
    members: dict[int, list[Mention]] = defaultdict(list)
    for place, mention in enumerate(persons):
        members[groups.root(place)].append(mention)
    return tuple(
        Person(
            id=group[0].id,
            mentions=tuple(mention.id for mention in group),
            collections=tuple(dict.fromkeys(m.collection for m in group if m.collection)),
        )
        for group in members.values()
    )


def explode(
    person: Person, judgements: Iterable[Judgement], *, by: str, at: str, why: str
) -> tuple[Judgement, ...]:
    """Take a person apart: supersede every "same" among its mentions by "unsure".

    Undoing this is superseding these judgements in turn.

    Args:
        by, at, why: who takes it apart, when, and the reason that stands in the record.
    """
    inside = set(person.mentions)
    return tuple(
        judge(each.left, each.right, "unsure", by=by, at=at, why=why, supersedes=each.id)
        for each in standing(judgements)
        if each.decision == "same" and each.left in inside and each.right in inside
    )
