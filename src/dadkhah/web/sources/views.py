"""Pages of sources and collections, and the received bytes as a download."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dadkhah.web.custody.access import reader_of
from dadkhah.web.sources import custody_events, queries
from dadkhah.web.sources import words as seeking

__all__ = ["bytes_of", "collection", "collections", "sources", "words"]


def sources(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    words = request.GET.get("q", "")[:200].strip()
    rows = queries.page(reader_of(request), request.GET.get("after", ""), words)
    shown = rows[: queries.PAGE]
    more = shown[-1].entry if len(rows) > queries.PAGE else None
    return render(request, "sources/list.html", {"sources": shown, "more": more, "q": words})


def words(request: HttpRequest) -> HttpResponse:
    """Find words in the texts of the sources, and show the passages that hold them."""
    query = request.GET.get("q", "")[:200].strip()
    wanted = seeking.sought(query)
    found = seeking.find(reader_of(request), wanted, request.GET.get("after", ""))
    shown = found[: seeking.PAGE]
    more = shown[-1].pk if len(found) > seeking.PAGE else None
    passages = [(row, seeking.pieces(row.text, wanted)) for row in shown]
    context = {"passages": passages, "more": more, "q": query, "wanted": wanted}
    return render(request, "sources/words.html", context)


def collections(request: HttpRequest) -> HttpResponse:
    """List the collections: who gathered what, where, and what they would not list."""
    rows = queries.collections(reader_of(request))
    return render(request, "sources/collections.html", {"collections": rows})


def collection(request: HttpRequest, collection_id: str) -> HttpResponse:
    """Show one collection."""
    reader = reader_of(request)
    found = queries.collection(reader, collection_id)
    if found is None:
        raise Http404
    parents = [queries.collection(reader, parent) for parent in found.derived_from]
    return render(
        request,
        "sources/collection.html",
        {"collection": found, "parents": [row for row in parents if row]},
    )


def bytes_of(request: HttpRequest, digest: str) -> FileResponse:
    """Hand over the bytes as they were received: to keep, never to run in this page's name."""
    reader = reader_of(request)
    row = queries.capture(reader, digest)
    path = queries.stored_path(digest)
    if row is None or not path.is_file():
        raise Http404
    custody_events.note_taken(reader, row.source)
    text = row.media_type.startswith("text/plain") and row.parent_id
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{digest[:16]}.{'txt' if text else 'capture'}",
        content_type="text/plain; charset=utf-8" if text else "application/octet-stream",
    )
