"""Read sources, their captures and the collections they belong to."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q

from dadkhah import archive
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.sources.models import Capture, Collection, Source

__all__ = [
    "PAGE",
    "capture",
    "captures",
    "collection",
    "collections",
    "page",
    "reads_all",
    "source",
    "stands_for",
    "stored_path",
    "text_of",
    "text_visible",
]

PAGE = 50
PUBLIC_FIELDS = ("address", "received_at", "method")


def reads_all(reader: Reader) -> bool:
    """Say whether nothing in the case is hidden from this reader.

    Only then may the register's index, which is made from everything, be filtered and searched
    directly: otherwise a hidden value could be guessed by asking for it.
    """
    if reader.role == "keeper":
        return True
    return reader.signed_in and not Source.objects.filter(confidentiality="confidential").exists()


def page(reader: Reader, after: str = "", words: str = "") -> list[Source]:
    """Give up to PAGE + 1 sources after an id, by the order in which they came."""
    rows = Source.objects.filter(access.sources(reader)).select_related("collection")
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(author__icontains=words) | Q(publisher__icontains=words)
        )
    if after.isdecimal():
        rows = rows.filter(entry__gt=int(after))
    return list(rows.order_by("entry", "position")[: PAGE + 1])


def source(reader: Reader, source_id: str) -> Source | None:
    """Give one source, or nothing when this reader may not see it."""
    rows = Source.objects.filter(access.sources(reader), pk=source_id)
    return rows.select_related("collection").first()


def text_visible(reader: Reader, source_id: str) -> bool:
    """Say whether this reader may read the whole text of a source."""
    return Source.objects.filter(access.texts(reader), pk=source_id).exists()


def captures(reader: Reader, source_id: str) -> list[Capture]:
    """Give the captures of a source in the order in which they came or were derived.

    Who collected it, with what and under which name, is never public: it could endanger them.
    """
    rows = Capture.objects.filter(access.texts(reader, "source__"), source=source_id)
    found = list(rows.order_by("entry", "position"))
    if not reader.signed_in:
        for row in found:
            row.collected = {name: row.collected.get(name, "") for name in PUBLIC_FIELDS}
    return found


def capture(reader: Reader, digest: str) -> Capture | None:
    """Give one capture, or nothing when its bytes are not to be handed to this reader."""
    rows = Capture.objects.filter(access.captures(reader), pk=digest)
    return rows.first()


def collections(reader: Reader) -> list[Collection]:
    """Give the collections of which this reader may see a source, with their number of sources."""
    seen = Source.objects.filter(access.sources(reader)).values("collection")
    rows = Collection.objects.filter(pk__in=seen)
    mine = Q(source__in=Source.objects.filter(access.sources(reader)))
    return list(rows.annotate(sources=Count("source", filter=mine)).order_by("title", "pk"))


def collection(reader: Reader, collection_id: str) -> Collection | None:
    """Give one collection with the sources this reader may see."""
    return next((row for row in collections(reader) if row.pk == collection_id), None)


def stands_for() -> dict[str, str]:
    """Give, for each redacted capture, the one that stands in its place now."""
    redacted = Capture.objects.filter(tool=archive.REDACTION)
    return archive.stands_for(row.record() for row in redacted)


def stored_path(digest: str) -> Path:
    """Give the place of a capture's bytes in this case's folder."""
    return archive.capture_path(settings.CASE, digest)


def text_of(row: Capture) -> str | None:
    """Read the text of a capture as it was decoded; nothing when its bytes are not here."""
    path = stored_path(row.pk)
    if not path.is_file() or not row.media_type.startswith("text/"):
        return None
    return path.read_bytes().decode(row.encoding or "utf-8", errors="replace")
