"""The case "Summer 1988" of the demonstration: notes on public sources, and the claims in them."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any

from dadkhah import archive, bundled, places, predicates
from dadkhah.errors import SourceError
from dadkhah.records import Anchor, Capture, Case, Claim, Mention, Passage, Source, new_id
from dadkhah.sources import Reading, capture, passages, read

__all__ = ["build_case", "read_notes"]

EDITOR, REVIEWER = "account:1", "account:2"


def read_notes() -> dict[str, Any]:
    """Read the notes that come with the program."""
    notes: dict[str, Any] = bundled.read("dadkhah.cli", "data/summer_1988.yaml")
    return notes


def build_case(place: Path) -> None:
    """Fill an empty case with the notes, their claims, and the disclosure that lets them out."""
    from dadkhah.web.claims import actions
    from dadkhah.web.custody.actions import Change, append

    notes = read_notes()
    append(by=EDITOR, changes=[Change(action="case.describe", records=[_case(notes)])])
    sources = [_add_note(place, note, str(notes["note"])) for note in notes["sources"]]
    _judge_office_holders()
    actions.disclose(
        by=EDITOR,
        reviewed_by=REVIEWER,
        ground=str(notes["ground"]),
        sources=sources,
        predicates=sorted(p.name for p in predicates.all() if not p.sensitive),
        text_of_sources=True,
    )


def _judge_office_holders() -> None:
    """Record that office-holders whom two notes name alike are the same: a person's judgement."""
    from dadkhah.web.claims.models import Mention
    from dadkhah.web.people import actions

    first: dict[str, str] = {}
    for pk, label in Mention.objects.filter(type="person").values_list("pk", "label"):
        if label in first:
            why = "Two notes name the same holder of a public office."
            actions.judge(by=EDITOR, left=first[label], right=pk, decision="same", why=why)
        first.setdefault(label, pk)


def _case(notes: dict[str, Any]) -> Case:
    named = ("title", "persons", "acts", "places", "dates", "out_of_scope", "methodology")
    return Case(id=new_id(), **{name: notes[name] for name in named})


def _add_note(place: Path, note: dict[str, Any], remark: str) -> str:
    from dadkhah.web.custody.actions import Change, append, now

    data = str(note["text"]).encode()
    digest, size = archive.keep_capture(place, io.BytesIO(data))
    reading = read(data, f"{note['key']}.txt")
    source = Source(
        id=new_id(), type="16:08" if "16:08" in _material() else "", title=note["title"],
        author=note["author"], language=note["language"], date=note["date"],
        date_written=note["date"], confidentiality="public", note=remark,
    )  # fmt: skip
    received = Capture(
        id=digest, source=source.id, size_bytes=size, media_type=reading.media_type,
        encoding=reading.encoding,
        collected=capture.collection_record(
            name_as_given=f"{note['key']}.txt", received_at=now(), collector=EDITOR,
            method="written for the demonstration",
        ),
    )  # fmt: skip
    captures, found = _passages(place, source.id, received, reading)
    mentions, claims = _claims(note, source, found)
    append(
        by=EDITOR,
        changes=[
            Change(action="sources.add", records=[source, *captures, *found]),
            Change(action="claims.record", records=[*mentions, *claims]),
        ],
    )
    return source.id


def _material() -> set[str]:
    return set(predicates.terms("16"))


def _passages(
    place: Path, source: str, received: Capture, reading: Reading
) -> tuple[list[Capture], list[Passage]]:
    if reading.derived is None or reading.decoded is None:
        raise SourceError("demo-note-text", "A note of the demonstration is not running text.")
    digest, size = archive.keep_capture(place, io.BytesIO(reading.derived.text.encode()))
    derived = Capture(
        id=digest, source=source, size_bytes=size, media_type="text/plain", encoding="utf-8",
        parent=received.id, tool=reading.tool, tool_version=reading.tool_version,
        parameters=dict(reading.derived.parameters),
    )  # fmt: skip
    found = passages.passages_of(source, received, derived, reading.decoded.text, reading.derived)
    return [received] if digest == received.id else [received, derived], found


def _claims(
    note: dict[str, Any], source: Source, found: list[Passage]
) -> tuple[list[Mention], list[Claim]]:
    mentions = {}
    for said in note["mentions"]:
        passage = _passage_with(found, said["claims"][0][1])
        mentions[said["label"]] = Mention(
            id=new_id(),
            source=source.id,
            type=said["type"],
            label=said["label"],
            passage=passage.id,
        )
    claims = [
        _claim(row, mentions[said["label"]], mentions, source, found)
        for said in note["mentions"]
        for row in said["claims"]
    ]
    return list(mentions.values()), _flag_contradictions(claims)


def _flag_contradictions(claims: list[Claim]) -> list[Claim]:
    """Let each claim marked in the notes name the others of its mention that it contradicts."""
    marked = [claim for claim in claims if "contradiction" in claim.flags]
    others = {
        claim.id: tuple(
            f"contradicts:{other.id}"
            for other in marked
            if other.mention == claim.mention and other.id != claim.id
        )
        for claim in marked
    }
    return [dataclasses.replace(c, flags=others[c.id]) if c.id in others else c for c in claims]


def _claim(
    row: list[Any],
    mention: Mention,
    mentions: dict[str, Mention],
    source: Source,
    found: list[Passage],
) -> Claim:
    predicate, written, value, *more = row
    said: dict[str, Any] = dict(more[0]) if more else {}
    passage = _passage_with(found, written)
    at = passage.anchor.quote.index(written)
    start = (passage.anchor.start or 0) + at
    target = said.pop("target", "")
    return Claim(
        id=new_id(),
        mention=mention.id,
        predicate=predicate,
        written=written,
        passage=passage.id,
        value=_with_gazetteer(predicate, value),
        target=mentions[target].id if target else "",
        within=Anchor(
            capture=passage.anchor.capture, quote=written, start=start, end=start + len(written)
        ),
        speaker=said.pop("speaker", source.author),
        status="accepted",
        author=EDITOR,
        flags=tuple(said.pop("flags", ())),
        **said,
    )


def _with_gazetteer(predicate: str, value: Any) -> Any:
    """Name the gazetteer's entry of a place that the notes give by its name and level."""
    if predicates.get(predicate).value != "place":
        return value
    place = places.read(value["name"])
    if place.gazetteer and place.level == value["level"]:
        return {**value, "name": place.name, "gazetteer": place.gazetteer}
    return value


def _passage_with(found: list[Passage], words: str) -> Passage:
    return next(passage for passage in found if words in passage.anchor.quote)
