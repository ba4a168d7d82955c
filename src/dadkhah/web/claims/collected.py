"""Keep what was collected from the web: the exchange whole, the page in it, and what it says."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from django.db import transaction

from dadkhah import __version__, archive
from dadkhah.errors import SourceError
from dadkhah.records import Capture, CollectionRecord, Source, new_id
from dadkhah.sources import capture, is_table, read
from dadkhah.sources.collecting import Exchange, write_warc
from dadkhah.sources.connecting import Way
from dadkhah.sources.embedded import Embedded
from dadkhah.web.claims.receiving import Received, receive_text
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.sources.actions import known_capture

__all__ = ["receive_collected"]

TOOL = "dadkhah.collect"
WARC = "application/warc"
REASONS = {
    "machine": "not recorded, to protect whoever collected it",
    "identity_used": "no account was used",
    "context": "not given when the page was collected",
}


def receive_collected(
    *,
    by: str,
    case: Path,
    exchanges: Sequence[Exchange],
    way: Way,
    embedded: Embedded | None = None,
    picture: bytes = b"",
    picture_tool: str = "",
    context: str = "",
    date: str = "",
) -> Received:
    """Record a collected page: WARC, page, picture, and for a text its passages and claims.

    The page's bytes, when they are here already, are not kept twice: the WARC shows that they
    were there again at this time.
    """
    page = exchanges[-1]
    came = _came(by, page, way, context, embedded)
    beside_it = embedded.exchanges if embedded else ()
    warc = _keep(case, write_warc([*exchanges, *beside_it], operator=by, way=way))
    with transaction.atomic(), tempfile.TemporaryDirectory() as room:
        path = Path(room) / _name_of(page.address)
        path.write_bytes(page.body)
        done = _receive_page(by, case, path, page, came, warc, date)
        beside = [_capture(warc, done.source, WARC, came)]
        if picture:
            shot = _keep(case, picture)
            beside.append(
                _capture(shot, done.source, "image/png", came, parent=warc[0], tool=picture_tool)
            )
        new = [c for c in beside if known_capture(c.id) is None]
        append(by=by, changes=[Change(action="sources.capture", records=new)])
    return done


def _came(
    by: str, page: Exchange, way: Way, context: str, embedded: Embedded | None
) -> CollectionRecord:
    files = f", with {embedded.said}" if embedded else ""
    return capture.collection_record(
        address=page.address,
        name_as_given=_name_of(page.address),
        received_at=page.at,
        collector=by,
        method=f"collected from the web {way.said}{files}",
        context=context,
        reasons=REASONS,
    )


def _receive_page(
    by: str, case: Path, path: Path, page: Exchange, came: CollectionRecord,
    warc: tuple[str, int], date: str,
) -> Received:  # fmt: skip
    try:
        reading = read(path, path.name)
        if not is_table(reading.media_type):
            return receive_text(
                by=by, case=case, path=path, reading=reading, date=date, came=came, parent=warc[0]
            )
    except SourceError:
        # a PDF, a picture, an empty page: kept byte for byte, not read
        pass
    kept = _keep(case, page.body)
    known = known_capture(kept[0])
    if known is not None:
        return Received(source=known.source_id, digest=kept[0], known=True)
    source = Source(id=new_id(), title=path.stem, date_written=date)
    form = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = _capture(kept, source.id, form or "application/octet-stream", came, parent=warc[0])
    append(by=by, changes=[Change(action="sources.add", records=[source, body])])
    return Received(source=source.id, digest=kept[0])


def _capture(
    kept: tuple[str, int], source: str, form: str, came: CollectionRecord, *, parent: str = "",
    tool: str = TOOL,
) -> Capture:  # fmt: skip
    return Capture(
        id=kept[0], source=source, size_bytes=kept[1], media_type=form[:120], collected=came,
        parent=parent, tool=tool, tool_version=__version__,
    )  # fmt: skip


def _keep(case: Path, data: bytes) -> tuple[str, int]:
    return archive.keep_capture(case, io.BytesIO(data))


def _name_of(address: str) -> str:
    """Give a file name for a page: the last part of its path, or its host."""
    parts = urlsplit(address)
    last = PurePosixPath(parts.path).name or f"{parts.hostname}.html"
    return "".join(sign if sign.isalnum() or sign in "-._" else "-" for sign in last)[:120]
