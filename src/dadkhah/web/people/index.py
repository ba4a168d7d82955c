"""The register as an index: computed from mentions, claims and judgements, rebuilt at will.

Nothing here is the truth. What a page shows of a person is read from claims; the index says which
mentions belong together, and makes search and lists quick.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from dadkhah import names, people, records
from dadkhah.claims.readings import any_apart
from dadkhah.dates import DateSpan
from dadkhah.errors import DadkhahError
from dadkhah.records import Person
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import store
from dadkhah.web.people import doubts
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
TOKEN_CHARACTERS = 40
COMPARED = (
    "person.sex",
    "person.age",
    "person.father_name",
    "person.death_date",
    "person.death_place",
)
NAMES = ("person.name", "person.other_name")
PLACES = ("person.death_place", "person.detention_place")
WANTED = frozenset({*COMPARED, *NAMES, *PLACES})
Said = tuple[str, str, Any]


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
    """Give the judgements that count: those of people, and those of the last linkage run."""
    runs = Run.objects.filter(type="linkage").order_by("-entry").values_list("pk", flat=True)
    return Judgement.objects.filter(run__in=["", runs.first() or ""])


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


@dataclass(slots=True)
class _Gathered:
    """What the index needs of the mentions of one chunk."""

    labels: dict[str, tuple[str, bool, str]] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))


def _write(persons: list[Person], joined: Mapping[str, float]) -> None:
    gathered = _gather([mention for person in persons for mention in person.mentions])
    store.insert_values(
        IndexedPerson, COLUMNS, [_row(person, gathered, joined) for person in persons]
    )
    store.insert_values(
        Membership,
        ("mention_id", "person_id"),
        [(mention, person.id) for person in persons for mention in person.mentions],
    )
    store.insert_values(
        IndexedToken,
        ("token", "person_id"),
        [(token, p.id) for p in persons for token in sorted(_tokens(p, gathered))],
    )


def _gather(mentions: Sequence[str]) -> _Gathered:
    gathered = _Gathered()
    for part in (mentions[i : i + CHUNK] for i in range(0, len(mentions), CHUNK)):
        rows = Mention.objects.filter(pk__in=part)
        for pk, label, unidentified, collection in rows.values_list(
            "pk", "label", "unidentified", "collection_id"
        ):
            gathered.labels[pk] = (label, unidentified, collection or "")
        # chosen by mention alone: asked for predicates too, SQLite walks every claim of them
        claims = Claim.objects.filter(mention__in=part).exclude(status="withdrawn")
        for mention, predicate, written, value in claims.values_list(
            "mention_id", "predicate", "written", "value"
        ):
            if predicate in WANTED:
                gathered.said[mention].append((predicate, written, value))
    return gathered


COLUMNS = (
    "id", "label", "sort_key", "unidentified", "mentions", "lists", "conflicts", "chance", "year",
    "place",
)  # fmt: skip


def _row(person: Person, gathered: _Gathered, joined: Mapping[str, float]) -> tuple[Any, ...]:
    labels = [gathered.labels[mention] for mention in person.mentions]
    said = [item for mention in person.mentions for item in gathered.said[mention]]
    label = next((text for text, unidentified, _ in labels if not unidentified), labels[0][0])
    return (
        person.id,
        label,
        names.sort_key(label)[:200],
        all(unidentified for _, unidentified, _ in labels),
        len(labels),
        len({collection for _, _, collection in labels if collection}),
        _conflicts(said),
        joined.get(person.id),
        _year(said),
        _place(said),
    )


def _conflicts(said: list[Said]) -> int:
    values: dict[str, list[Any]] = defaultdict(list)
    for predicate, _, value in said:
        if predicate in COMPARED and value is not None:
            values[predicate].append(value)
    return sum(any_apart(predicate, read) for predicate, read in values.items())


def _year(said: list[Said]) -> int | None:
    for predicate, _, value in said:
        if predicate == "person.death_date" and isinstance(value, str):
            try:
                earliest = DateSpan.from_edtf(value).earliest
            except DadkhahError:
                # an open or unread date gives no year; the page still shows it as written
                continue
            if earliest is not None:
                return earliest.year
    return None


def _place(said: list[Said]) -> str:
    for wanted in PLACES:
        for predicate, written, value in said:
            if predicate == wanted:
                name = value.get("name", written) if isinstance(value, dict) else written
                return str(name)[:120]
    return ""


def _tokens(person: Person, gathered: _Gathered) -> set[str]:
    tokens: set[str] = set()
    for mention in person.mentions:
        label, unidentified, _ = gathered.labels[mention]
        spellings = [written for p, written, _ in gathered.said[mention] if p in NAMES]
        for text in spellings or ([] if unidentified else [label]):
            tokens.update(token[:TOKEN_CHARACTERS] for token in names.search_tokens(text))
    return tokens
