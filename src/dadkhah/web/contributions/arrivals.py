"""Bytes on their way in: stored under their digest, dated to the day, gone again if all fails."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from dadkhah import archive
from dadkhah.records import Capture, CollectionRecord
from dadkhah.web.contributions import attachments
from dadkhah.web.contributions.attachments import Attachment
from dadkhah.web.sources.actions import known_capture

__all__ = ["METHOD", "Arrivals", "arriving", "words_of"]

METHOD = "sent through the contribution form"
DERIVED = "derived"
REASONS = {
    "address": "it was typed into the form",
    "name_as_given": "the name of a file could name its sender",
    "collector": "nobody collected it; it was sent",
    "machine": "not recorded, to protect whoever sent it",
    "identity_used": "not recorded, to protect whoever sent it",
    "context": "not recorded, to protect whoever sent it",
}


@dataclass(slots=True)
class Arrivals:
    """The captures of one source while they come in."""

    source: str
    day: str
    captures: list[Capture] = field(default_factory=list)
    placed: list[Path] = field(default_factory=list)

    def letter(self, data: bytes) -> str:
        """Keep a message and give its digest."""
        return self._keep(data, "text/plain", encoding="utf-8")

    def shown(self, data: bytes, parent: str, tool: str, parameters: dict[str, object]) -> str:
        """Keep the text that may be shown, derived from a message."""
        return self._keep(
            data, "text/plain", encoding="utf-8", parent=parent, tool=tool, tool_version="1",
            parameters=parameters,
        )  # fmt: skip

    def attachment(self, file: Attachment) -> str:
        """Keep a file and the picture drawn anew from it, and give the digest of the file."""
        digest = self._keep(file.data, file.media_type)
        if file.derivative:
            self._keep(
                file.derivative, "image/jpeg", parent=digest, tool=attachments.TOOL,
                tool_version=attachments.TOOL_VERSION,
                parameters={"longest_side": attachments.LONGEST_SIDE, "metadata": "none kept"},
            )  # fmt: skip
        return digest

    def _keep(self, data: bytes, media_type: str, **more: object) -> str:
        folder = Path(settings.CASE)
        digest, size = archive.keep_capture(folder, io.BytesIO(data))
        if known_capture(digest) is not None or any(c.id == digest for c in self.captures):
            return digest
        place = archive.capture_path(folder, digest)
        self.placed.append(place)
        _date(place, self.day)
        method = DERIVED if more.get("parent") else METHOD
        collected = CollectionRecord(received_at=self.day, method=method, missing=REASONS)
        said = {"id": digest, "source": self.source, "size_bytes": size, "media_type": media_type}
        self.captures.append(Capture(**said, **more, collected=collected))  # type: ignore[arg-type]
        return digest


@contextmanager
def arriving(source: str, day: str) -> Iterator[Arrivals]:
    """Open the way in; what is not recorded in the end is deleted again."""
    arrivals = Arrivals(source=source, day=day)
    recorded = False
    try:
        yield arrivals
        recorded = True
    finally:
        if not recorded:
            _take_back(arrivals)


def words_of(digest: str) -> bytes:
    """Read the bytes of a message."""
    return archive.capture_path(Path(settings.CASE), digest).read_bytes()


def _take_back(arrivals: Arrivals) -> None:
    for place in arrivals.placed:
        if known_capture(place.name) is None:
            place.unlink(missing_ok=True)


def _date(place: Path, day: str) -> None:
    """Let the file and its folders say the day and no more of when it came."""
    seconds = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    for path in (place, place.parent, place.parent.parent):
        os.utime(path, (seconds, seconds))
