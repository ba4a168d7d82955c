"""What a table stands in: its collection, its source and the capture of its bytes."""

from __future__ import annotations

from dadkhah.claims import mapping as mappings
from dadkhah.claims.mapping import Mapping
from dadkhah.records import Capture, Collection, Source, new_id
from dadkhah.sources import capture
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.sources.actions import known_capture
from dadkhah.web.sources.models import Collection as CollectionRow
from dadkhah.web.sources.models import Source as SourceRow

__all__ = ["capture_of", "collection_of", "record_frame", "source_of"]


def collection_of(mapping: Mapping) -> Collection:
    """Give the collection that a mapping describes; the same title is the same collection."""
    title = str(mapping.collection["title"])
    known = CollectionRow.objects.filter(title=title).values_list("pk", flat=True).first()
    wanted = mapping.collection.get("derived_from", ())
    by_title = dict(CollectionRow.objects.filter(title__in=wanted).values_list("title", "pk"))
    parents = tuple(by_title.get(parent, parent) for parent in wanted)
    return mappings.collection_of(mapping, known or new_id(), parents)


def source_of(mapping: Mapping, collection: str) -> Source:
    """Give the source of a collection's table; each version of the table is a capture of it."""
    known = SourceRow.objects.filter(collection=collection).values_list("pk", flat=True).first()
    return mappings.source_of(mapping, known or new_id(), collection)


def capture_of(
    *, name: str, media_type: str, encoding: str, digest: str, size: int, source: Source, by: str
) -> Capture:
    """Give the capture of a table's received bytes."""
    return Capture(
        id=digest,
        source=source.id,
        size_bytes=size,
        media_type=media_type,
        encoding=encoding,
        collected=capture.collection_record(
            name_as_given=name,
            received_at=now(),
            collector=by,
            method="imported from a local file",
        ),
    )


def record_frame(by: str, collection: Collection, source: Source, received: Capture) -> None:
    """Record the collection, the source and the capture, as far as they are new or newer."""
    for record, model in ((collection, CollectionRow), (source, SourceRow)):
        row = model.objects.filter(pk=record.id).first()
        if row is None or row.record() != record:
            word = "collections" if record is collection else "sources"
            change = Change(action=f"{word}.add", records=[record], replaces=row is not None)
            append(by=by, changes=[change])
    if known_capture(received.id) is None:
        append(by=by, changes=[Change(action="sources.capture", records=[received])])
