"""The register as an index: computed from mentions, claims and judgements, rebuilt at will.

Nothing here is the truth. What a page shows of a person is read from claims; the index says which
mentions belong together, and makes search and lists quick.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from dadkhah import people, records
from dadkhah.records import Person
from dadkhah.web.claims.models import Mention
from dadkhah.web.custody import store
from dadkhah.web.people import blind, doubts, filing
from dadkhah.web.people.models import (
    Clash,
    IndexedPerson,
    IndexedToken,
    Judgement,
    Membership,
    Run,
)
from dadkhah.web.sources.models import Collection

__all__ = ["rebuild", "refresh", "refresh_people", "sole_lists", "standing_judgements"]

CHUNK = 2000


@transaction.atomic
def rebuild(advance: Callable[[int], None] = lambda _: None) -> int:
    """Compute the whole register anew.

    Returns:
        The number of persons.
    """
    for model in (IndexedToken, Membership, IndexedPerson):
        rows = model.objects.all()
        rows._raw_delete(rows.db)
    mentions = [row.record() for row in _person_mentions().order_by("entry", "position")]
    judgements = [row.record() for row in standing_judgements().order_by("entry", "position")]
    held = people.register(mentions, judgements, sole_lists())
    found = held.people
    Clash.objects.all().delete()
    _keep_clashes(held.contradictions)
    joined = _chances(found)
    for chunk in _chunks(found):
        _write(chunk, joined)
        advance(len(chunk))
    store.count_afresh()
    return len(found)


@transaction.atomic
def refresh(changed: Iterable[str] = ()) -> int:
    """Add the mentions that the index has not seen yet, each as a person of its own.

    Args:
        changed: mentions whose claims changed; their persons are computed again.

    Returns:
        The number of persons written.
    """
    touched = set(changed)
    stale = set(Membership.objects.filter(mention__in=touched).values_list("person_id", flat=True))
    persons = [_members(person) for person in stale]
    IndexedPerson.objects.filter(pk__in=stale).delete()
    new = _person_mentions().filter(membership__isnull=True).order_by("entry", "position")
    known = {mention for person in persons for mention in person.mentions}
    persons.extend(
        Person(id=pk, mentions=(pk,)) for pk in new.values_list("pk", flat=True) if pk not in known
    )
    joined = _chances(persons)
    for chunk in _chunks(persons):
        _write(chunk, joined)
    if persons:
        store.count_afresh()
    return len(persons)


@transaction.atomic
def refresh_people(mentions: Iterable[str]) -> int:
    """Compute again the persons of some mentions, and all that standing judgements tie to them.

    Returns:
        The number of persons written.
    """
    tied, judgements = _tied(set(mentions))
    before = set(Membership.objects.filter(mention__in=tied).values_list("person_id", flat=True))
    tied |= set(Membership.objects.filter(person__in=before).values_list("mention_id", flat=True))
    rows = Mention.objects.filter(pk__in=tied, type="person").order_by("entry", "position")
    held = people.register([row.record() for row in rows], judgements, sole_lists())
    IndexedPerson.objects.filter(pk__in=before).delete()
    Clash.objects.filter(left__in=tied).delete()
    _keep_clashes(held.contradictions)
    joined = _chances(held.people)
    for chunk in _chunks(held.people):
        _write(chunk, joined)
    return len(held.people)


def _tied(mentions: set[str]) -> tuple[set[str], list[records.Judgement]]:
    """Follow every "same" from these mentions, and give all judgements met on the way."""
    found: dict[str, Any] = {}
    reached, fresh = set(mentions), set(mentions)
    while fresh:
        rows = standing_judgements().filter(Q(left__in=fresh) | Q(right__in=fresh))
        new = {row.pk: row for row in rows if row.pk not in found}
        found |= new
        ends = {e for r in new.values() if r.decision == "same" for e in (r.left_id, r.right_id)}
        fresh = ends - reached
        reached |= fresh
    ordered = sorted(found.values(), key=lambda row: (row.entry, row.position))
    return reached, [row.record() for row in ordered]


def standing_judgements() -> Any:
    """Give the judgements that count: those of people, once all who must have answered, and those
    of the last linkage run."""
    runs = Run.objects.filter(type="linkage").order_by("-entry").values_list("pk", flat=True)
    return blind.counted(Judgement.objects.filter(run__in=["", runs.first() or ""]))


def sole_lists() -> frozenset[str]:
    """Give the collections that say that they name nobody twice."""
    return frozenset(Collection.objects.filter(no_duplicates=True).values_list("pk", flat=True))


def _chances(found: Sequence[Person]) -> dict[str, float]:
    """Give the probability that each person of several mentions is one person."""
    several = [person for person in found if len(person.mentions) > 1]
    known = doubts.chances([person.mentions for person in several]) if several else None
    if known is None:
        return {}
    return {p.id: chance.one for p, chance in zip(several, known, strict=True)}


def _keep_clashes(found: Iterable[people.Contradiction]) -> None:
    Clash.objects.bulk_create(
        Clash(
            left_id=each.left,
            right_id=each.right,
            against_left_id=each.against[0],
            against_right_id=each.against[1],
            reason=each.reason,
            by_machine=each.by_machine,
        )
        for each in found
    )


def _person_mentions() -> Any:
    return Mention.objects.filter(type="person")


def _members(person: str) -> Person:
    rows = Membership.objects.filter(person=person).order_by("mention__entry")
    return Person(id=person, mentions=tuple(rows.values_list("mention_id", flat=True)))


def _chunks(persons: Sequence[Person]) -> Iterator[list[Person]]:
    waiting = iter(persons)
    while chunk := list(itertools.islice(waiting, CHUNK)):
        yield chunk


def _write(persons: list[Person], joined: Mapping[str, float]) -> None:
    gathered = filing.gather([mention for person in persons for mention in person.mentions])
    store.insert_values(
        IndexedPerson, filing.COLUMNS, [filing.row(person, gathered, joined) for person in persons]
    )
    store.insert_values(
        Membership,
        ("mention_id", "person_id"),
        [(mention, person.id) for person in persons for mention in person.mentions],
    )
    store.insert_values(
        IndexedToken,
        ("token", "person_id"),
        [(token, p.id) for p in persons for token in sorted(filing.tokens(p, gathered))],
    )
