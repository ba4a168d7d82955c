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
        target: what the claim points to; empty when the name of that is withheld.
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
    targets = [row.target for row in found if row.target]
    named = {row.mention.source_id for row in found}
    sources = set(_allowed(access.sources(reader), named | {each.source_id for each in targets}))
    texts = set(_allowed(access.texts(reader), named))
    if reader.signed_in:
        labels = {each.pk: each.label for each in targets if each.source_id in sources}
        labels |= {row.mention.pk: row.mention.label for row in found}
    else:
        labels = _disclosed_names(reader, {each.pk for each in targets}, found)
    return [_said(row, reader, sources, texts, labels) for row in found]


def _disclosed_names(reader: Reader, targets: set[str], found: list[Claim]) -> dict[str, str]:
    """Give the name that a disclosed claim asserts of each mention.

    The store is asked by mention alone: asked by predicate too, it would walk the whole case.
    """
    mentions = targets | {row.mention.pk for row in found}
    claims = Claim.objects.filter(access.claims(reader), mention__in=mentions)
    rows = claims.filter(stance__in=("asserts", "reports")).values_list(
        "mention_id", "predicate", "written", "entry", "position"
    )
    first = sorted((row for row in rows if row[1] in _NAMING), key=lambda row: row[3:])
    return {mention: written for mention, _, written, *_ in reversed(first)}


def _allowed(rule: Any, ids: set[str]) -> Iterable[str]:
    return Source.objects.filter(rule, pk__in=ids).values_list("pk", flat=True)


def _said(
    row: Claim, reader: Reader, sources: set[str], texts: set[str], labels: dict[str, str]
) -> Said:
    mention, passage = row.mention, row.passage
    source, readable = mention.source_id in sources, mention.source_id in texts
    target = row.target if row.target and row.target.pk in labels else None
    says_name = not reader.signed_in and row.predicate in _NAMING
    return Said(
        id=row.pk,
        mention=mention.pk,
        kind=mention.type,
        label=row.written if says_name else labels.get(mention.pk, ""),
        predicate=row.predicate,
        written=row.written,
        value=row.value,
        target=target.pk if target else "",
        target_kind=target.type if target else "",
        target_label=labels[target.pk] if target else "",
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
