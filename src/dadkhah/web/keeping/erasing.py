"""Erase: the value goes from everywhere, its tombstone stays, and every proof still stands.

1. Choose what goes, and what shares words or bytes with it (nothing is written yet).
2. Two people decide; the log holds who, why, and by what authority.
3. One transaction: redacted captures and records come in, erased rows become tombstones.
4. Then the bytes are deleted and the store is written anew, so that no free page holds a trace.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from dadkhah import archive, disclosure, records
from dadkhah.archive import Line
from dadkhah.custody.merkle import EMPTY, leaf_hash
from dadkhah.errors import SourceError
from dadkhah.records import CustodyEvent, Erasure, new_id
from dadkhah.sources import redaction
from dadkhah.web.claims.models import Claim
from dadkhah.web.custody import store, wiping
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.custody.models import Superseded, Tombstone
from dadkhah.web.keeping import deleting
from dadkhah.web.keeping.choosing import NAMES, Chosen, chunks, rows_of
from dadkhah.web.keeping.redacting import Redacted, redact
from dadkhah.web.people import index
from dadkhah.web.people.models import IndexedPerson, Membership
from dadkhah.web.sources.models import Capture

__all__ = ["Plan", "erase", "plan"]

GENERAL = ("case", "collection", "disclosure", "custody", "contribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One version of a record that goes, by its place in the log."""

    entry: int
    position: int
    kind: str
    id: str
    commitment: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an erasure would do.

    Args:
        places: every version of every record that goes, in log order.
        redacted: what is written anew.
        captures: digests of the bytes that go, those that are redacted included.
        elsewhere: sources that hold the same spelling and are not touched: of somebody else, or
            to be erased as well; only a person can tell.
    """

    chosen: Chosen
    places: tuple[Place, ...]
    redacted: Redacted
    captures: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Give how many versions of records of each kind go."""
        found: dict[str, int] = {}
        for place in self.places:
            found[place.kind] = found.get(place.kind, 0) + 1
        return found


def plan(case: Path, chosen: Chosen, *, whole: bool = False) -> Plan:
    """Work out what would go, and write nothing (1).

    Args:
        whole: let bytes that cannot be redacted go whole.

    Raises:
        SourceError: erase-whole when there are such bytes and `whole` was not asked for.
    """
    redacted = redact(case, chosen)
    if redacted.whole and not whole:
        raise SourceError(
            "erase-whole",
            f"{len(redacted.whole)} captures cannot be redacted: they are no text.",
            where=", ".join(sorted(redacted.whole)),
            todo="Look at them; --whole erases them whole, the text read from them is redacted.",
        )
    redacted.records.extend(_general(chosen.names, redacted))
    gone = {kind: set(ids) for kind, ids in chosen.by_kind().items()}
    gone["capture"] |= redacted.replaced | redacted.whole
    captures = sorted(gone["capture"])
    for record in redacted.records:
        gone.setdefault(record.kind, set()).add(record.id)
    places = {(p.entry, p.position): p for p in (*_live(gone), *_older(gone, chosen))}
    return Plan(
        chosen=chosen,
        places=tuple(place for _, place in sorted(places.items())),
        redacted=redacted,
        captures=tuple(captures),
        elsewhere=tuple(_elsewhere(chosen)),
    )


def erase(
    *,
    by: str,
    reviewed_by: str,
    reason: str,
    authority: str,
    case: Path,
    plan: Plan,
    at: str = "",
    finish: bool = True,
) -> Erasure:
    """Erase what a plan names: a decision of two people, for a reason, by an authority (2 to 4).

    Args:
        at: a time to write instead of now, where the very second must not be kept.
        finish: false leaves the store's free pages to a later `wiping.wipe`, which asks that
            nobody else use the case; the bytes of captures are deleted either way.

    Raises:
        AccessError: erasure-alone, erasure-reason.
        CaseError: erase-unfinished when the store could not be written anew; the records are gone
            from it all the same, and `wiping.wipe` ends the work.
    """
    identity = new_id()
    stones = [_line(place, identity, reason, authority) for place in plan.places]
    root = EMPTY.extend(leaf_hash(stone.encode()) for stone in stones).root()
    erasure = Erasure(
        id=identity, by=by, reviewed_by=reviewed_by, at=at or now(), reason=reason,
        authority=authority, count=len(stones), root=root.hex(),
    )  # fmt: skip
    disclosure.check_erasure(erasure)
    for data in plan.redacted.contents.values():
        archive.keep_capture(case, io.BytesIO(data))
    _commit(by, erasure, plan, stones)
    if finish:
        wiping.wipe(case)
    else:
        wiping.delete_bytes(case)
    return erasure


@transaction.atomic
def _commit(by: str, erasure: Erasure, plan: Plan, stones: list[Line]) -> None:
    # 3.
    newer = [*plan.redacted.captures, *plan.redacted.records, *_deletions(by, erasure, plan)]
    persons = _persons(plan.chosen.mentions)
    changes = [Change(action="custody.erase", records=[erasure, *newer], replaces=True)]
    append(by=by, changes=changes, at=erasure.at)
    deleting.delete((p.kind, p.entry, p.position) for p in plan.places)
    store.insert_values(
        Tombstone,
        ("kind", "record_id", "erasure", "entry", "position", "commitment", "reason", "authority"),
        [_values(stone) for stone in stones],
    )
    _mend_index(persons, [r.id for r in plan.redacted.records if r.kind == "mention"])


def _deletions(by: str, erasure: Erasure, plan: Plan) -> Iterator[CustodyEvent]:
    """Say on each source that is left which of its bytes went."""
    gone: dict[str, list[str]] = {}
    for row in rows_of(Capture, plan.captures):
        if row.source_id not in plan.chosen.sources:
            gone.setdefault(row.source_id, []).append(row.pk)
    for source, digests in sorted(gone.items()):
        yield CustodyEvent(
            id=new_id(), event="deletion", at=erasure.at, by=by, source=source,
            captures=tuple(sorted(digests)), purpose=erasure.reason, note=erasure.authority,
        )  # fmt: skip


def _line(place: Place, erasure: str, reason: str, authority: str) -> Line:
    return Line(
        entry=place.entry,
        position=place.position,
        commitment=place.commitment,
        salt=b"",
        record={
            "authority": authority,
            "erasure": erasure,
            "id": place.id,
            "kind": place.kind,
            "reason": reason,
        },
    )


def _values(stone: Line) -> tuple[Any, ...]:
    said = stone.record
    return (
        said["kind"], said["id"], said["erasure"], stone.entry, stone.position,
        stone.commitment, said["reason"], said["authority"],
    )  # fmt: skip


def _live(gone: dict[str, set[str]]) -> Iterator[Place]:
    for kind, ids in gone.items():
        for row in rows_of(store.model_of(records.KINDS[kind]), ids):
            yield _place(row, kind, str(row.pk))


def _older(gone: dict[str, set[str]], chosen: Chosen) -> Iterator[Place]:
    """Give the older versions that go: of what goes, and those that speak of it."""
    for kind, ids in gone.items():
        for row in rows_of(Superseded, ids, "record_id"):
            if row.kind == kind:
                yield _place(row, kind, row.record_id)
    for row in Superseded.objects.order_by("entry").iterator(chunk_size=2000):
        if _speaks_of(orjson.loads(bytes(row.body)), chosen):
            yield _place(row, row.kind, row.record_id)


def _speaks_of(said: dict[str, Any], chosen: Chosen) -> bool:
    mentions = {said.get(name) for name in ("mention", "target", "left", "right")}
    if mentions & chosen.mentions or said.get("passage") in chosen.passages:
        return True
    return said["kind"] in GENERAL and bool(redaction.find(str(said), chosen.names))


def _place(row: Any, kind: str, identity: str) -> Place:
    return Place(
        entry=row.entry,
        position=row.position,
        kind=kind,
        id=identity,
        commitment=bytes(row.commitment),
    )


def _general(names: Iterable[str], redacted: Redacted) -> Iterator[Any]:
    """Write over a person's name in what speaks of the whole case."""
    words, known = sorted(names), {record.id for record in redacted.records}
    for kind in GENERAL if words else ():
        for row in store.model_of(records.KINDS[kind]).objects.order_by("entry", "position"):
            said = records.plain(row.record())
            newer = redaction.redact_value(said, words)
            if newer != redaction.redact_value(said, []) and row.pk not in known:
                yield records.read({"kind": kind, **newer, "id": row.pk})


def _elsewhere(chosen: Chosen) -> list[str]:
    """Give the sources in which a person of the same spelling is left."""
    if not chosen.names:
        return []
    rows = Claim.objects.filter(predicate__in=NAMES, written__in=sorted(chosen.names))
    pairs = rows.values_list("pk", "mention__source_id")
    return sorted({source for pk, source in pairs if pk not in chosen.claims})


def _persons(mentions: Iterable[str]) -> set[str]:
    return {row.person_id for row in rows_of(Membership, set(mentions))}


def _mend_index(persons: set[str], changed: list[str]) -> None:
    """Take the erased out of the register; who is left of a person is gathered again."""
    left = any(True for _ in rows_of(Membership, persons, "person_id"))
    for part in chunks(persons):
        IndexedPerson.objects.filter(pk__in=part).delete()
    if left:
        index.rebuild()
    elif changed:
        index.refresh(changed)
