"""Read the log: its entries, what each holds, and the proof that it stands where it says."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from dadkhah import records
from dadkhah.custody import commitments, entries, merkle
from dadkhah.errors import VerificationError
from dadkhah.web.custody import access, store, tree
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.models import LogEntry, Recorded, Superseded, Tombstone

__all__ = ["Check", "Held", "Proof", "entry", "held", "latest", "page", "proof", "size"]

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One record that an entry committed to, as far as this reader may see it.

    Args:
        state: "shown", "superseded", "erased" or "withheld".
        kind: of the record; empty when withheld.
        id: of the record; empty when withheld or erased.
        fields: the record as kept, with every note of the house; for those who sign in.
    """

    position: int
    state: str
    kind: str = ""
    id: str = ""
    fields: Mapping[str, Any] | None = None
    commitment: str = ""
    reason: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was checked while the page was made, and whether it held."""

    name: str
    good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The way from one entry to the root of the whole log.

    Args:
        hashes: the audit path in hexadecimal, from the leaf upwards.
        checks: what this page recomputed.
    """

    index: int
    size: int
    leaf: str
    root: str
    hashes: tuple[str, ...]
    checks: tuple[Check, ...]


def size() -> int:
    """Give the number of entries in the log."""
    last = LogEntry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else int(last) + 1


def page(reader: Reader, before: int | None = None, action: str = "") -> list[LogEntry]:
    """Give up to PAGE + 1 entries, newest first, that stand before an index."""
    rows = _visible(reader).order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    if action:
        rows = rows.filter(action=action)
    return list(rows[: PAGE + 1])


def latest(reader: Reader, count: int = 6) -> list[LogEntry]:
    """Give the newest entries."""
    return list(_visible(reader).order_by("-index")[:count])


def entry(reader: Reader, index: int) -> LogEntry | None:
    """Give one entry, or nothing when this reader may not see it."""
    return _visible(reader).filter(index=index).first()


def held(reader: Reader, index: int) -> list[Held]:
    """Give every record of an entry in order: shown, superseded, erased, or withheld."""
    found: dict[int, Held] = {}
    for model in kinds():
        for row in model.objects.filter(entry=index).filter(sight(reader, model)):
            found[row.position] = _shown(reader, row)
    for old in Superseded.objects.filter(entry=index):
        found.setdefault(
            old.position,
            Held(position=old.position, state="superseded", kind=old.kind, id=_id_for(reader, old)),
        )
    for stone in Tombstone.objects.filter(entry=index):
        found[stone.position] = Held(
            position=stone.position,
            state="erased",
            kind=stone.kind,
            commitment=bytes(stone.commitment).hex(),
            reason=stone.reason,
            authority=stone.authority,
        )
    count = LogEntry.objects.values_list("records", flat=True).get(index=index)
    return [found.get(n, Held(position=n, state="withheld")) for n in range(count)]


def proof(index: int) -> Proof:
    """Prove that an entry stands in the log, and recompute what can be recomputed.

    Raises:
        VerificationError: proof-index when there is no such entry.

    Source: RFC 6962, section 2.1.1; RFC 9162, section 2.1.3.2.
    """
    total, root = tree.head()
    path = merkle.inclusion_proof_from(tree.read_hash, index, total)
    row = LogEntry.objects.get(index=index)
    leaf = bytes(row.leaf)
    checks = (
        Check(name="entry", good=_leaf_of(row) == leaf),
        Check(name="records", good=_commitments_agree(row)),
        Check(name="root", good=_leads(leaf, index, total, path, root)),
    )
    return Proof(
        index=index,
        size=total,
        leaf=leaf.hex(),
        root=root.hex(),
        hashes=tuple(step.hex() for step in path),
        checks=checks,
    )


@functools.cache
def kinds() -> tuple[type[Recorded], ...]:
    """Give every model whose rows the log holds."""
    return tuple(Recorded.__subclasses__())


def sight(reader: Reader, model: type[Recorded]) -> Q:
    """Give the filter that leaves the rows of a kind that this reader may see in the log."""
    kind = model.record_type.kind
    if kind == "claim":
        return access.claims(reader)
    if kind == "source":
        return access.sources(reader)
    if kind in {"capture", "passage"}:
        return access.texts(reader, "source__")
    if not reader.signed_in:
        return Q() if kind == "case" else Q(pk__in=[])
    if kind in {"mention", "collection"}:
        return access.sources(reader, "source__")
    if kind == "custody":
        sources = store.model_of(records.Source).objects
        return ~Q(source__in=sources.exclude(access.sources(reader)).values("pk"))
    if kind == "contribution":
        return access.contributions(reader)
    if kind == "judgement":
        return access.sources(reader, "left__source__") & access.sources(reader, "right__source__")
    return Q()


def _visible(reader: Reader) -> QuerySet[LogEntry]:
    """Leave the entries this reader may see: the public only those of what is disclosed."""
    rows = LogEntry.objects.all()
    if reader.signed_in:
        return rows
    seen = Q(pk__in=[])
    for model in kinds():
        seen |= Q(Exists(model.objects.filter(sight(reader, model), entry=OuterRef("index"))))
    return rows.filter(seen)


def _shown(reader: Reader, row: Recorded) -> Held:
    record = row.record()
    return Held(
        position=row.position,
        state="shown",
        kind=record.kind,
        id=str(row.pk),
        fields=records.plain(record) if reader.signed_in else None,
    )


def _id_for(reader: Reader, old: Superseded) -> str:
    """Give the id of an older version only where the present one may be seen."""
    for model in kinds():
        if model.record_type.kind == old.kind:
            now = model.objects.filter(pk=old.record_id).filter(sight(reader, model))
            return str(old.record_id) if now.exists() else ""
    return ""


def _leaf_of(row: LogEntry) -> bytes:
    return entries.entry_leaf(
        entries.Entry(
            index=row.index,
            at=row.at,
            by=row.by,
            action=row.action,
            records=row.records,
            root=row.root,
            note=row.note,
        )
    )


def _commitments_agree(row: LogEntry) -> bool:
    found: dict[int, bytes] = {}
    for model in kinds():
        for held_row in model.objects.filter(entry=row.index):
            found[held_row.position] = commitments.commit(
                bytes(held_row.salt), records.encode(held_row.record())
            )
    for old in Superseded.objects.filter(entry=row.index):
        found[old.position] = commitments.commit(bytes(old.salt), bytes(old.body))
    for stone in Tombstone.objects.filter(entry=row.index):
        found[stone.position] = bytes(stone.commitment)
    ordered = [found[n] for n in sorted(found)]
    return len(ordered) == row.records and commitments.entry_root(ordered).hex() == row.root


def _leads(leaf: bytes, index: int, total: int, path: tuple[bytes, ...], root: bytes) -> bool:
    try:
        merkle.verify_inclusion(leaf, index, total, path, root)
    except VerificationError:
        return False
    return True
