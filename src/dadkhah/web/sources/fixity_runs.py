"""What a fixity run over the store reads, and what it leaves in the log."""

from __future__ import annotations

from pathlib import Path

from dadkhah import archive
from dadkhah.keeping.fixity import Finding
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.models import CustodyEvent
from dadkhah.web.sources import custody_events
from dadkhah.web.sources.models import Capture

__all__ = ["incident", "open_incidents", "passed", "wanted"]


def wanted() -> list[tuple[str, str]]:
    """Give digest and path of every capture that the store should have."""
    digests = Capture.objects.order_by("pk").values_list("pk", flat=True)
    return [(digest, str(archive.capture_path(Path(), digest))) for digest in digests]


def incident(*, by: str, finding: Finding, copy: bool) -> None:
    """Write into the log that bytes are not what they were."""
    row = Capture.objects.filter(pk=finding.digest).first()
    custody_events.record(
        by=by,
        event="fixity",
        source=row.source_id if row else "",
        captures=(finding.digest,),
        checked="different",
        outcome=f"{finding.state}{' in a copy' if copy else ''}",
        action="custody.incident",
    )


def passed(*, by: str, files: int, copy: bool) -> None:
    """Write into the log that everything was read and is as it was."""
    custody_events.record(
        by=by,
        event="fixity",
        checked="same",
        outcome="all files of a copy" if copy else "all captures",
        note=f"{files} files",
    )


def open_incidents(reader: Reader) -> list[CustodyEvent]:
    """Give the incidents since the store was last found whole, the newest first."""
    if not reader.signed_in:
        return []
    checks = CustodyEvent.objects.filter(event="fixity")
    whole = checks.filter(checked="same", outcome="all captures").order_by("-entry").first()
    failed = checks.filter(checked="different").order_by("-entry")
    return list(failed.filter(entry__gt=whole.entry) if whole else failed)
