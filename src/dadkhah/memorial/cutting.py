"""Records cut down to what may be shown of them: each field is let out by name, none by default."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dadkhah.memorial.packed import changed
from dadkhah.records import (
    Anchor,
    Capture,
    Claim,
    Collection,
    CollectionRecord,
    Mention,
    Passage,
    Run,
    Source,
)

__all__ = ["capture", "claim", "mention", "passage", "run", "source"]

_OF_AN_OPEN_CAPTURE: Final = ("address", "received_at", "method", "name_as_given")
_OF_A_RESULT: Final = (
    "answer", "assumption", "documented", "gates", "headline", "kind", "left_out", "lists",
    "outside", "reasons", "register", "reported", "scope",
)  # fmt: skip


def source(record: Source, *, is_open: bool, shown: set[str]) -> Source:
    """Cut a source; of a confidential one whose text is not open nothing but its id is left.

    Args:
        shown: ids of the sources that are shown; other parents are left out.
    """
    parents = tuple(parent for parent in record.derived_from if parent in shown)
    if record.confidentiality == "confidential" and not is_open:
        return Source(id=record.id, derived_from=parents, confidentiality="confidential")
    return Source(
        id=record.id, type=record.type, title=record.title, author=record.author,
        publisher=record.publisher, language=record.language, date=record.date,
        date_written=record.date_written, collection=record.collection, derived_from=parents,
        confidentiality="public",
    )  # fmt: skip


def passage(record: Passage, *, is_open: bool) -> Passage:
    """Cut a passage: its words only when its source's text is open, never those around it."""
    anchor = record.anchor
    if is_open:
        return changed(record, anchor=changed(anchor, before="", after=""))
    place = Anchor(
        capture=anchor.capture, quote="", start=anchor.start, sheet=anchor.sheet,
        row=anchor.row, page=anchor.page,
    )  # fmt: skip
    return Passage(
        id=record.id, source=record.source, anchor=place,
        language=record.language, direction=record.direction,
    )  # fmt: skip


def claim(record: Claim, *, is_open: bool, confidential: bool = False) -> Claim:
    """Cut a claim: who entered it stays inside, and its exact place unless the text is open.

    Of a confidential source whose text is not open, who spoke and why it was so read stay too.
    """
    if confidential and not is_open:
        return changed(record, author="", within=None, speaker="", basis="", where="")
    return changed(record, author="", within=record.within if is_open else None)


def mention(record: Mention) -> Mention:
    """Cut a mention: its label and key may hold what no claim lets out."""
    return changed(record, label="", key="")


def capture(record: Capture, *, is_open: bool) -> Capture:
    """Cut a capture: how the bytes came is told when the text is open; who brought them, never."""
    said = record.collected
    public = _OF_AN_OPEN_CAPTURE if is_open else ("received_at",)
    kept = CollectionRecord(
        **{name: getattr(said, name) for name in public},
        missing={name: why for name, why in said.missing.items() if is_open and name in public},
    )
    return dataclasses.replace(record, collected=kept, parameters={})


def run(record: Run, collections: Iterable[Collection], public: Mapping[str, Any]) -> Run:
    """Cut an estimate to its answer and reasons, and take the names of closed lists out of them.

    Args:
        collections: every list of the archive. public: by id, those with something let out.
    """
    closed = [each for each in collections if each.id not in public]
    names = {name for each in closed for name in (each.id, each.title) if name}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    result = {key: record.result[key] for key in _OF_A_RESULT if key in record.result}
    return Run(
        id=record.id, type=record.type, at=record.at[:10], by="", log_size=record.log_size,
        log_root=record.log_root,
        settings={key: record.settings[key] for key in ("truth",) if key in record.settings},
        result=_without(result, ordered),
    )  # fmt: skip


def _without(value: Any, names: Sequence[str]) -> Any:
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, "—")
        return value
    if isinstance(value, Mapping):
        return {key: _without(item, names) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_without(item, names) for item in value]
    return value
