"""What has to be written anew so that nothing of an erased record is left beside it.

Bytes that hold other people too are redacted, not erased: a redacted capture stands in the place of
the one that was received. Shared passages, and records that quote the same words, get a version in
which the words are written over.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dadkhah import __version__, archive, records
from dadkhah.errors import SourceError
from dadkhah.records import Anchor, Capture
from dadkhah.sources import kinds, redaction
from dadkhah.sources.encoding import decode
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.keeping.choosing import Chosen, rows_of
from dadkhah.web.sources import models, queries

__all__ = ["Redacted", "redact"]

Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Redacted:
    """What is written anew: captures with their bytes, and newer versions of records.

    `whole` names captures that cannot be redacted and go whole.
    """

    captures: list[Capture] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    records: list[Any] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)


def redact(case: Path, chosen: Chosen) -> Redacted:
    """Write anew what the chosen records share with others."""
    made = Redacted()
    for source in sorted(_sources_of(chosen) - chosen.sources):
        part = _Part(case=case, chosen=chosen, source=source, made=made)
        part.redact_bytes()
        part.redact_records()
    return made


def _sources_of(chosen: Chosen) -> set[str]:
    found = {row.source_id for row in rows_of(Mention, chosen.mentions)}
    found |= {row.source_id for row in rows_of(models.Passage, chosen.passages)}
    claims = {row.mention_id for row in rows_of(Claim, chosen.claims)}
    return found | {row.source_id for row in rows_of(Mention, claims)}


@dataclass(slots=True, kw_only=True)
class _Part:
    """One source from which something goes."""

    case: Path
    chosen: Chosen
    source: str
    made: Redacted
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    old_texts: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def redact_bytes(self) -> None:
        """Write the captures of this source anew, without the chosen words and rows."""
        stands = queries.stands_for()
        captures = [
            row.record()
            for row in models.Capture.objects.filter(source=self.source).order_by("entry")
            if row.pk not in self.chosen.captures
        ]
        self._gather(stands)
        # a name in another row of a list may be another person's: there, only rows go
        self.words = [] if any(self.rows.values()) else sorted(self.chosen.names)
        for capture in captures:
            self._redact_capture(capture, stands)

    def _gather(self, stands: Mapping[str, str]) -> None:
        passages = {row.pk: row for row in rows_of(models.Passage, self.chosen.passages)}
        for row in passages.values():
            if row.source_id == self.source:
                for anchor in (row.anchor, row.origin):
                    self._take(anchor, stands, row=bool(row.anchor.get("row")))
        for claim in rows_of(Claim, self.chosen.claims):
            if claim.mention.source_id == self.source and claim.passage_id not in passages:
                self._take(claim.within, stands, row=False)
                self._take_at_origin(claim, stands)

    def _take(self, anchor: Mapping[str, Any] | None, stands: Mapping[str, str], row: bool) -> None:
        if not anchor:
            return
        place = redaction.place_of(anchor)
        capture = stands.get(anchor["capture"], anchor["capture"])
        if place is not None:
            self.spans[capture].append(place)
        if row:
            self.rows[capture][anchor.get("sheet", "")].append(int(anchor["row"]))

    def _take_at_origin(self, claim: Any, stands: Mapping[str, str]) -> None:
        """Take a claim's words in the received bytes, too: there, or the whole passage."""
        origin = claim.passage.origin
        place = redaction.place_of(origin) if origin else None
        if place is None or not claim.written.strip():
            return
        capture = stands.get(origin["capture"], origin["capture"])
        found = redaction.find(self._text(capture)[slice(*place)], [claim.written])
        here = [(place[0] + start, place[0] + end) for start, end in found]
        self.spans[capture].extend(here or [place])

    def _text(self, digest: str) -> str:
        if digest not in self.old_texts:
            path = archive.capture_path(self.case, digest)
            self.old_texts[digest] = decode(path.read_bytes()).text if path.is_file() else ""
        return self.old_texts[digest]

    def _redact_capture(self, capture: Capture, stands: Mapping[str, str]) -> None:
        if capture.media_type == kinds.XLSX:
            data = self._redact_workbook(capture)
        elif _is_text(capture):
            data = self._redact_text(capture)
        else:
            # nothing can be taken out of a picture, a film or a page image: it goes whole
            data = None
            if self.words:
                self.made.whole.add(capture.id)
        if data is not None:
            self._put(capture, data, stands)

    def _redact_workbook(self, capture: Capture) -> bytes | None:
        wanted = self.rows.get(capture.id)
        path = archive.capture_path(self.case, capture.id)
        if not wanted or not path.is_file():
            return None
        return redaction.blank_rows(path.read_bytes(), wanted)

    def _redact_text(self, capture: Capture) -> bytes | None:
        path = archive.capture_path(self.case, capture.id)
        text = self._text(capture.id)
        spans = self.spans.get(capture.id, []) + redaction.find(text, self.words)
        if not spans:
            return None
        newer = redaction.blank(text, spans)
        if self.words and redaction.find(html.unescape(newer), self.words):
            raise SourceError(
                "redaction-left",
                "A name still stands in this capture, written in another way.",
                where=capture.id,
                todo="Erase the capture whole.",
            )
        self.made.texts[capture.id] = newer
        return redaction.redact_text(path.read_bytes(), newer)

    def _put(self, old: Capture, data: bytes, stands: Mapping[str, str]) -> None:
        digest = hashlib.sha256(data).hexdigest()
        before = [found for found, now in stands.items() if now == old.id]
        collected = redaction.redact_value(records.plain(old.collected), self._names())
        said = records.plain(old)
        newer: Capture = records.read({
            **said, "kind": "capture", "id": digest, "size_bytes": len(data),
            "encoding": decode(data).encoding if _is_text(old) else "",
            "collected": collected, "parent": old.id, "tool": archive.REDACTION,
            "tool_version": __version__, "parameters": {"stands_for": sorted([*before, old.id])},
        })  # fmt: skip
        self.made.captures.append(newer)
        self.made.contents[digest] = data
        self.made.replaced.add(old.id)
        for gone in (*before, old.id):
            if old.id in self.made.texts:
                self.made.texts[gone] = self.made.texts[old.id]

    def _names(self) -> list[str]:
        return sorted(self.chosen.names)

    def redact_records(self) -> None:
        """Write newer versions of the records of this source that quote what went."""
        for row in self._kept():
            old = row.record()
            newer = self._redact_record(old)
            if newer != old:
                self.made.records.append(newer)

    def _kept(self) -> Iterator[Any]:
        kept: tuple[tuple[Any, dict[str, str], set[str]], ...] = (
            (models.Source, {"pk": self.source}, set()),
            (models.Capture, {"source": self.source}, self.made.replaced | self.made.whole),
            (models.Passage, {"source": self.source}, self.chosen.passages),
            (Mention, {"source": self.source}, self.chosen.mentions),
            (Claim, {"mention__source": self.source}, self.chosen.claims),
        )
        for model, wanted, gone in kept:
            gone = gone | self.chosen.captures
            rows = model.objects.filter(**wanted).order_by("entry", "position")
            yield from (row for row in rows.iterator(chunk_size=2000) if row.pk not in gone)

    def _redact_record(self, record: Any) -> Any:
        words = self._names() if record.kind in {"source", "capture"} else self.words
        newer = record
        for name in ("anchor", "origin", "within"):
            anchor = getattr(newer, name, None)
            if anchor is not None and anchor.capture in self.made.texts:
                newer = self._redact_anchored(newer, name, anchor)
        if not words or not redaction.find(str(records.plain(newer)), words):
            return newer
        said = redaction.redact_value(records.plain(newer), words)
        return records.read({"kind": newer.kind, **said, "id": newer.id})

    def _redact_anchored(self, record: Any, name: str, anchor: Anchor) -> Any:
        after = redaction.redact_anchor(anchor, self.made.texts[anchor.capture])
        changes: dict[str, Any] = {name: after}
        if name == "within" and record.written == anchor.quote:
            changes["written"] = after.quote
        if name == "within" and after.quote != anchor.quote:
            # what was read from these words goes with them
            changes["value"] = None
        return dataclasses.replace(record, **changes)


def _is_text(capture: Capture) -> bool:
    return capture.media_type.startswith("text/") or capture.media_type in {
        kinds.CSV, "application/xhtml+xml", "application/json",
    }  # fmt: skip
