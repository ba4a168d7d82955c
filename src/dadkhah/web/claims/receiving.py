"""Take one page or statement in: bytes, derived text, passages, and the claims proposed."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from dadkhah import __version__, dates
from dadkhah.claims import extraction
from dadkhah.errors import SourceError
from dadkhah.records import Capture, Claim, CollectionRecord, Mention, Passage, Source, new_id
from dadkhah.sources import Decoded, DerivedText, Reading, capture, passages
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.sources.actions import keeping, known_capture

__all__ = ["Received", "receive_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came of one file: the source's id, and how much was found; or that it was here."""

    source: str
    digest: str
    passages: int = 0
    claims: int = 0
    known: bool = False


def receive_text(
    *,
    by: str,
    case: Path,
    path: Path,
    reading: Reading,
    author: str = "",
    date: str = "",
    came: CollectionRecord | None = None,
    parent: str = "",
) -> Received:
    """Record a running text as a source, with every claim that its words propose.

    The received bytes are stored untouched; the cleaned text is a derived capture. The same bytes
    given again change nothing.

    Args:
        author, date: who issued it and when, as whoever adds it knows; where they are empty, what
            the source says of itself.
        came: how the bytes came, where they were not handed over as a file.
        parent: the capture that the bytes were taken out of, such as a WARC.
    """
    decoded, text = _running_text(reading)
    clean = io.BytesIO(text.text.encode())
    with path.open("rb") as stream, keeping(case, stream) as (digest, size):
        known = known_capture(digest)
        if known is not None:
            return Received(source=known.source_id, digest=digest, known=True)
        received = _received(path.name, by, digest, size, reading)
        if came is not None:
            tool, version = ("dadkhah.collect", __version__) if parent else ("", "")
            received = replace(
                received, collected=came, parent=parent, tool=tool, tool_version=version
            )
        with keeping(case, clean) as (clean_digest, clean_size):
            derived = _derived(received, clean_digest, clean_size, reading, text)
            return _read(by, path.stem, author, date, received, derived, decoded, text)


def _read(
    by: str,
    title: str,
    author: str,
    date: str,
    received: Capture,
    derived: Capture,
    decoded: Decoded,
    text: DerivedText,
) -> Received:
    identity, digest = received.source, received.id
    found = passages.passages_of(identity, received, derived, decoded.text, text)
    written = dates.read(date) if date else None
    source = Source(
        id=identity,
        title=title,
        author=author,
        date=written.edtf if written else "",
        date_written=date,
        language=_language(found),
    )
    proposed = extraction.extract(found, source=source)
    source = _with_facts(source, proposed)
    _record(by, source, [received, derived], found, proposed)
    return Received(
        source=identity, digest=digest, passages=len(found), claims=len(proposed.claims)
    )


REASONS = {
    "address": "the file was handed over without one",
    "machine": "not recorded, to protect whoever collected it",
    "identity_used": "no account was used",
    "context": "not given when the file was added",
}


def _running_text(reading: Reading) -> tuple[Decoded, DerivedText]:
    if reading.decoded is None or reading.derived is None:
        raise SourceError(
            "text-expected",
            "This file is a table, not running text.",
            todo="Run: dadkhah import TABLE --mapping FILE.",
        )
    return reading.decoded, reading.derived


def _received(name: str, by: str, digest: str, size: int, reading: Reading) -> Capture:
    return Capture(
        id=digest,
        source=new_id(),
        size_bytes=size,
        media_type=reading.media_type,
        encoding=reading.encoding,
        collected=capture.collection_record(
            name_as_given=name,
            received_at=now(),
            collector=by,
            method="added from a local file",
            reasons=REASONS,
        ),
    )


def _derived(
    received: Capture, digest: str, size: int, reading: Reading, text: DerivedText
) -> Capture:
    return Capture(
        id=digest,
        source=received.source,
        size_bytes=size,
        media_type="text/plain",
        encoding="utf-8",
        collected=capture.collection_record(
            received_at=now(), method="derived", reasons={"address": "made here"}
        ),
        parent=received.id,
        tool=reading.tool,
        tool_version=reading.tool_version,
        parameters=dict(text.parameters),
    )


@transaction.atomic
def _record(
    by: str,
    source: Source,
    captures: list[Capture],
    found: list[Passage],
    proposed: extraction.Extraction,
) -> None:
    new = [c for c in captures if known_capture(c.id) is None]
    new = list({c.id: c for c in new}.values())
    changes = [Change(action="sources.add", records=[source, *new, *found])]
    if proposed.mentions:
        records: list[Mention | Claim] = [*proposed.mentions, *proposed.claims]
        changes.append(Change(action="claims.propose", records=records))
    append(by=by, changes=changes)


def _with_facts(source: Source, proposed: extraction.Extraction) -> Source:
    """Let the source say who issued it, when, and under what title, as far as it does."""
    return replace(
        source,
        title=proposed.title or source.title,
        author=source.author or proposed.issuer,
        date=source.date or proposed.date,
        date_written=source.date_written
        or next((f.written for f in proposed.facts if f.predicate == "source.date"), ""),
    )


def _language(found: list[Passage]) -> str:
    spoken: dict[str, int] = {}
    for passage in found:
        if not passage.noise and passage.language:
            size = len(passage.anchor.quote)
            spoken[passage.language] = spoken.get(passage.language, 0) + size
    return max(spoken, key=lambda language: spoken[language], default="")
