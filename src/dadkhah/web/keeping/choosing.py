"""Choose what an erasure takes: the records of one person, one record, one capture, one source."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dadkhah import records
from dadkhah.errors import RecordError
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import store
from dadkhah.web.people.models import Judgement, Membership
from dadkhah.web.sources import queries
from dadkhah.web.sources.models import Capture, Passage, Source

__all__ = ["Chosen", "choose", "chunks", "rows_of"]

CHUNK = 500
COLLECTED = "dadkhah.collect"
NAMES = ("person.name", "person.other_name")


@dataclass(slots=True, kw_only=True)
class Chosen:
    """What goes, by id: whole records, whole captures; and the spellings of a person's name."""

    mentions: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    judgements: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)
    captures: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def by_kind(self) -> dict[str, set[str]]:
        """Give the ids by kind of record."""
        return {
            "judgement": self.judgements, "claim": self.claims, "mention": self.mentions,
            "passage": self.passages, "capture": self.captures, "source": self.sources,
        }  # fmt: skip


def choose(*, person: str = "", record: str = "", capture: str = "", source: str = "") -> Chosen:
    """Choose by one of four: a person of the register, a record, a capture, a source.

    Raises:
        RecordError: erase-choice when not exactly one is given; erase-nothing when it is not here.
    """
    given = {"person": person, "record": record, "capture": capture, "source": source}
    named = [(way, value) for way, value in given.items() if value]
    if len(named) != 1:
        raise RecordError(
            "erase-choice",
            "Say one thing to erase.",
            todo="Give one of --person, --record, --capture, --source.",
        )
    way, value = named[0]
    chosen = _WAYS[way](value)
    if not any(chosen.by_kind().values()):
        raise RecordError("erase-nothing", f"There is no such {way} here.", where=value)
    _follow(chosen)
    return chosen


def rows_of(model: type[Any], ids: Collection[str], key: str = "pk") -> Iterator[Any]:
    """Read rows by id, a few at a time: a store takes only so many in one question."""
    for part in chunks(ids):
        yield from model.objects.filter(**{f"{key}__in": part})


def chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut ids into lists that a store takes in one question."""
    waiting = iter(ids)
    while part := list(itertools.islice(waiting, CHUNK)):
        yield part


def _person(person: str) -> Chosen:
    members = set(Membership.objects.filter(person=person).values_list("mention_id", flat=True))
    alone = Mention.objects.filter(pk=person, type="person").values_list("pk", flat=True)
    return Chosen(mentions=members or set(alone))


def _record(record: str) -> Chosen:
    chosen = Chosen()
    for kind, ids in chosen.by_kind().items():
        if kind != "capture" and store.model_of(records.KINDS[kind]).objects.filter(pk=record):
            ids.add(record)
    return chosen


def _capture(digest: str) -> Chosen:
    found: set[str] = set()
    for row in Capture.objects.filter(pk=digest):
        found.add(row.pk)
        if row.tool == COLLECTED and row.parent_id:
            # the exchange that it was taken out of holds the same bytes
            found.add(row.parent_id)
    return Chosen(captures=found)


def _source(source: str) -> Chosen:
    found = set(Source.objects.filter(pk=source).values_list("pk", flat=True))
    return Chosen(sources=found)


_WAYS = {"person": _person, "record": _record, "capture": _capture, "source": _source}


def _follow(chosen: Chosen) -> None:
    """Take with each record what cannot stand without it, from the bytes upwards."""
    chosen.captures |= _ids(Capture, chosen.sources, "source")
    _take_derived(chosen.captures)
    chosen.passages |= _ids(Passage, chosen.sources, "source") | _anchored(chosen.captures)
    chosen.mentions |= _ids(Mention, chosen.passages, "passage")
    chosen.claims |= _ids(Claim, chosen.passages, "passage")
    chosen.claims |= _ids(Claim, chosen.mentions, "mention")
    chosen.claims |= _ids(Claim, chosen.mentions, "target")
    chosen.judgements |= _ids(Judgement, chosen.mentions, "left")
    chosen.judgements |= _ids(Judgement, chosen.mentions, "right")
    chosen.passages |= _own_passages(chosen)
    chosen.names |= _names(chosen)


def _ids(model: type[Any], ids: Collection[str], key: str) -> set[str]:
    return {row.pk for row in rows_of(model, ids, key)}


def _take_derived(captures: set[str]) -> None:
    """Take what was derived from a capture, and from that, and so on."""
    fresh = set(captures)
    while fresh := _ids(Capture, fresh, "parent_id") - captures:
        captures |= fresh


def _anchored(captures: Collection[str]) -> set[str]:
    """Give the passages that stand in these captures, or stood in what they were made from."""
    stands = queries.stands_for()
    captures = {*captures, *(old for old, new in stands.items() if new in captures)}
    sources = {row.source_id for row in rows_of(Capture, captures)}
    return {row.pk for row in rows_of(Passage, sources, "source") if _stands_in(row, captures)}


def _stands_in(passage: Any, captures: Collection[str]) -> bool:
    anchors = (passage.anchor, passage.origin)
    return any(anchor and anchor["capture"] in captures for anchor in anchors)


def _own_passages(chosen: Chosen) -> set[str]:
    """Give the passages that nothing but the chosen records stands on."""
    used = {row.passage_id for row in rows_of(Mention, chosen.mentions)}
    used |= {row.passage_id for row in rows_of(Claim, chosen.claims)}
    shared = {
        r.passage_id for r in rows_of(Mention, used, "passage") if r.pk not in chosen.mentions
    }
    shared |= {r.passage_id for r in rows_of(Claim, used, "passage") if r.pk not in chosen.claims}
    return used - shared


def _names(chosen: Chosen) -> set[str]:
    """Give every spelling under which the chosen persons are named."""
    persons = [row for row in rows_of(Mention, chosen.mentions) if row.type == "person"]
    named = {row.label for row in persons if not row.unidentified}
    ids = {row.pk for row in persons}
    for row in rows_of(Claim, chosen.claims):
        if row.predicate in NAMES and row.mention_id in ids:
            named.add(row.written)
    return {name.strip() for name in named if name.strip()}
