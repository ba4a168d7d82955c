"""A claim as one reader may see it: the one place where a row becomes something shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dadkhah.web.claims.models import Claim
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.sources.models import Source

__all__ = ["Said", "newest_last", "said", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim, with whatever this reader may not see already left out.

    Args:
        label: the source's own name for what the claim is about; empty when withheld.
        source: id of the source; empty when the source itself is withheld.
        passage: id of the passage; empty when the text of the source is withheld.
        quote: the passage as written; empty when withheld.
        capture: SHA-256 of the capture in which the passage stands; empty when withheld.
    """

    id: str
    mention: str
    kind: str
    label: str
    predicate: str
    written: str
    value: Any
    target: str = ""
    target_kind: str = ""
    target_label: str = ""
    when: str = ""
    where: str = ""
    speaker: str = ""
    stance: str = "asserts"
    status: str = "unreviewed"
    author: str = ""
    basis: str = ""
    flags: tuple[str, ...] = ()
    entry: int = 0
    collection: str = ""
    source: str = ""
    source_title: str = ""
    source_language: str = ""
    passage: str = ""
    quote: str = ""
    language: str = ""
    direction: str = ""
    capture: str = ""
    within: Any = None
    unidentified: bool = False
    order: tuple[int, int] = (0, 0)


def seen(reader: Reader) -> QuerySet[Claim]:
    """Give the claims that this reader may see, with what they are about and where they stand."""
    rows = Claim.objects.filter(access.claims(reader))
    return rows.select_related("mention__source", "passage", "target__source")


def newest_last(claims: Iterable[Said]) -> list[Said]:
    """Put claims in the order of the log.

    Sorting here and not in the store keeps the store on the narrow index of a small choice.
    """
    return sorted(claims, key=lambda claim: claim.order)


def said(reader: Reader, rows: Iterable[Claim]) -> list[Said]:
    """Turn rows of `seen` into what this reader may see of them."""
    found = list(rows)
    named = {row.mention.source_id for row in found}
    pointed = {row.target.source_id for row in found if row.target}
    sources = set(_allowed(access.sources(reader), named | pointed))
    texts = set(_allowed(access.texts(reader), named))
    return [_said(row, reader, sources, texts) for row in found]


def _allowed(rule: Any, ids: set[str]) -> Iterable[str]:
    return Source.objects.filter(rule, pk__in=ids).values_list("pk", flat=True)


def _said(row: Claim, reader: Reader, sources: set[str], texts: set[str]) -> Said:
    mention, passage = row.mention, row.passage
    source, readable = mention.source_id in sources, mention.source_id in texts
    knows_target = row.target and reader.signed_in and row.target.source_id in sources
    target = row.target if knows_target else None
    own = reader.signed_in or row.predicate in _NAMING
    return Said(
        id=row.pk,
        mention=mention.pk,
        kind=mention.type,
        label=(mention.label if reader.signed_in else row.written) if own else "",
        predicate=row.predicate,
        written=row.written,
        value=row.value,
        target=target.pk if target else "",
        target_kind=target.type if target else "",
        target_label=target.label if target else "",
        when=row.when,
        where=row.where,
        speaker=row.speaker,
        stance=row.stance,
        status=row.status,
        author=row.author if reader.signed_in else "",
        basis=row.basis if reader.signed_in else "",
        flags=tuple(row.flags),
        entry=row.entry,
        collection=(mention.collection_id or "") if source else "",
        source=mention.source_id if source else "",
        source_title=mention.source.title if source else "",
        source_language=mention.source.language if source else "",
        passage=passage.pk if readable else "",
        quote=passage.text if readable else "",
        language=passage.language,
        direction=passage.direction,
        capture=str(passage.anchor.get("capture", "")) if readable else "",
        within=row.within if readable else None,
        unidentified=mention.unidentified,
        order=(row.entry, row.position),
    )


# The public learns what a claim is about only from claims that name it and are disclosed.
_NAMING = frozenset(
    {"person.name", "group.name", "place.name", "post.title", "event.name", "figure.number"}
)
