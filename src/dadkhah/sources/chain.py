"""The chain of custody of one source: what happened to its bytes, in order, and where it is torn.

A gap is never filled in: it is shown as a gap, with what is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dadkhah.archive import REDACTION
from dadkhah.errors import RecordError
from dadkhah.records import Capture, CustodyEvent

__all__ = ["EVENTS", "GAPS", "Link", "chain", "check"]

# each event beside its word in the PREMIS 3 vocabulary of preservation event types
EVENTS: Final[Mapping[str, str]] = MappingProxyType({
    "receive": "ingestion",
    "hand-over": "transfer",
    "view": "displaying",
    "export": "dissemination",
    "fixity": "fixity check",
    "migration": "migration",
    "redaction": "redaction",
    "deletion": "deletion",
})  # fmt: skip
GAPS: Final = ("origin-unknown", "holder-changed", "not-checked", "digest-differs", "not-looked-at")
UNLOOKED_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing that happened, or one gap.

    Args:
        at: RFC 3339, as it was written down; empty when nobody did.
        event: one of EVENTS; empty for a gap.
        gap: one of GAPS; empty for an event.
        said: what is recorded of it; nothing for a gap.
    """

    at: str
    event: str = ""
    gap: str = ""
    captures: tuple[str, ...] = ()
    said: CustodyEvent | None = None
    entry: int | None = None


def check(event: CustodyEvent) -> None:
    """Refuse an event that is on no list, or a hand-over that does not say who gave to whom.

    Raises:
        RecordError: custody-event, custody-hand-over.
    """
    if event.event not in EVENTS:
        raise RecordError(
            "custody-event",
            "This is no event of custody.",
            where=event.event,
            todo=f"Use one of: {', '.join(EVENTS)}.",
        )
    if event.event == "hand-over" and not (event.giver and event.receiver and event.purpose):
        raise RecordError(
            "custody-hand-over",
            "A hand-over says who gave, who received, and for what purpose.",
            todo="Give --from, --to and --purpose; a number or a role is enough.",
        )


def chain(
    captures: Iterable[Capture], events: Iterable[tuple[int, CustodyEvent]], *, today: str
) -> list[Link]:
    """Give what happened to the bytes of one source in order of time, with its gaps.

    Args:
        captures: of the source. events: with the log entry of each.
        today: YYYY-MM-DD, up to which it is asked whether anybody looked.
    """
    links = [*map(_made, captures), *(_recorded(entry, event) for entry, event in events)]
    links.sort(key=lambda link: (link.at, link.event != "receive"))
    return list(_with_gaps(links, today))


def _made(capture: Capture) -> Link:
    event = "receive" if not capture.parent else "migration"
    if capture.tool == REDACTION:
        event = "redaction"
    at = capture.collected.received_at
    known = bool(capture.collected.collector or capture.collected.method)
    gap = "" if event != "receive" or (at and known) else "origin-unknown"
    return Link(at=at, event="" if gap else event, gap=gap, captures=(capture.id,))


def _recorded(entry: int, event: CustodyEvent) -> Link:
    return Link(at=event.at, event=event.event, captures=event.captures, said=event, entry=entry)


def _with_gaps(links: Sequence[Link], today: str) -> Iterator[Link]:
    holder, looked = "", ""
    for link in links:
        if _days(looked, link.at) > UNLOOKED_DAYS:
            yield Link(at=looked, gap="not-looked-at")
        said = link.said
        if said is not None and said.event == "hand-over":
            if holder and said.giver != holder:
                yield Link(at=link.at, gap="holder-changed", captures=link.captures)
            holder = said.receiver
        yield link
        if said is not None:
            yield from _unchecked(link, said)
        looked = max(looked, link.at)
    if _days(looked, today) > UNLOOKED_DAYS:
        yield Link(at=looked, gap="not-looked-at")


def _unchecked(link: Link, said: CustodyEvent) -> Iterator[Link]:
    """Give the gap behind a hand-over or a check of the digests that did not come out well."""
    if said.event not in {"hand-over", "fixity"}:
        return
    if said.checked == "different":
        yield Link(at=link.at, gap="digest-differs", captures=link.captures)
    elif not said.checked:
        yield Link(at=link.at, gap="not-checked", captures=link.captures)


def _days(earlier: str, later: str) -> int:
    try:
        first = datetime.date.fromisoformat(earlier[:10])
        return (datetime.date.fromisoformat(later[:10]) - first).days
    except ValueError:
        # a time that was not written down measures nothing
        return 0
