"""A case with a canary in every field that no disclosure lets out; no file of the site holds one.

Beside what `invented` plants: older versions, withdrawn values, a confidential source's speaker,
and, record kind by record kind, every text field that the pages have no business to show.
"""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dadkhah.memorial import build
from dadkhah.memorial.packing import pack
from dadkhah.records import (
    Capture,
    Case,
    Claim,
    Collection,
    Disclosure,
    Judgement,
    Mention,
    Passage,
    Run,
    Source,
)
from tests.memorial import invented
from tests.memorial.invented import CANARY, identity, secret

# What a page may show of a record that is let out; every other text field gets a canary.
SHOWN: dict[type[Any], set[str]] = {
    Case: {"id", "title", "persons", "acts", "places", "dates", "out_of_scope", "methodology",
           "methodology_version"},
    Collection: {"id", "title", "compiler", "scope", "would_not_list", "period", "method",
                 "version", "derived_from", "structural_zeros"},
    Source: {"id", "type", "title", "author", "publisher", "language", "date", "date_written",
             "collection", "derived_from", "confidentiality"},
    Capture: {"id", "source", "media_type", "encoding", "parent", "tool", "tool_version",
              "size_bytes"},
    Passage: {"id", "source", "language", "direction"},
    Mention: {"id", "source", "type", "passage", "collection"},
    Claim: {"id", "mention", "predicate", "written", "value", "passage", "target", "when", "where",
            "speaker", "stance", "status", "basis", "flags"},
    Judgement: {"id", "left", "right", "decision", "supersedes", "run"},
    Disclosure: {"id", "by", "reviewed_by", "at", "until", "claims", "sources", "collections",
                 "predicates"},
    Run: {"id", "type", "at", "log_root"},
}  # fmt: skip


def planted(record: Any) -> Any:
    """Put a canary into every text field of a record that must not be shown."""
    fills = {
        field.name: secret(f"{record.kind}-{field.name}")
        for field in dataclasses.fields(record)
        if field.name not in SHOWN[type(record)]
        and isinstance(getattr(record, field.name), str)
        and (getattr(record, field.name) or field.default == "")
    }
    return dataclasses.replace(record, **fills)


def older(record: Any) -> list[Any]:
    """Give a version that stood before any disclosure, with canaries where the new one speaks."""
    if isinstance(record, Source):
        return [dataclasses.replace(record, title=secret("old-title"), author=secret("old-author"))]
    if isinstance(record, Case):
        return [dataclasses.replace(record, title={"en": secret("old-case")})]
    if isinstance(record, Claim):
        return [dataclasses.replace(record, written=secret("old-words"), value=None)]
    if isinstance(record, Collection):
        return [dataclasses.replace(record, title=secret("old-list"))]
    return []


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    room = tmp_path_factory.mktemp("leaks")
    cast = invented.invented()
    new = [planted(record) for record in cast.records]
    cast.records = [each for record in new for each in older(record)] + new
    told_in_confidence(cast)
    withdrawn_after_it_was_public(cast)
    archive = invented.write(room / "archive", cast)
    folder = build(archive, room / "site", signer=invented.SIGNER).folder
    pack(folder, room / "site.zip")
    return archive, folder


def told_in_confidence(cast: invented.Cast) -> None:
    """Let one claim of a confidential source out: its words, and not who spoke them or why."""
    person = next(r for r in cast.records if r.id == identity("mention half known"))
    passage = next(r for r in cast.records if r.id == person.passage)
    claim = cast.claim(
        person, passage, "person.event", "told", "told", speaker=secret("confidant"),
        basis=secret("confidant-basis"), where=secret("confidant-where"),
    )  # fmt: skip
    cast.add(invented._disclosure("confidant", claims=(claim.id,)))


def withdrawn_after_it_was_public(cast: invented.Cast) -> None:
    """Withdraw, after its disclosure, a claim whose words had been public."""
    claims = [r for r in cast.records if isinstance(r, Claim)]
    name = [c for c in claims if c.mention == identity("mention row 1")][-5]
    assert name.predicate == "person.name"
    said = dataclasses.replace(name, written=secret("withdrawn"), value=secret("withdrawn"))
    cast.add(said, dataclasses.replace(said, status="withdrawn"))


def test_canaries_stand_in_every_kind_of_record(leaky: tuple[Path, Path]) -> None:
    archive, _ = leaky
    for kind in SHOWN:
        data = (archive / f"records/{kind.kind}.jsonl").read_text(encoding="utf-8")
        assert CANARY in data, kind


def test_no_file_of_the_site_holds_a_canary(leaky: tuple[Path, Path]) -> None:
    _, folder = leaky
    files = [path for path in folder.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert {".html", ".js", ".csv", ".jsonl", ".json", ".jsonld", ".atom", ".ics"} <= kinds
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path
        assert CANARY.lower().encode() not in path.read_bytes().lower(), path


def test_no_name_of_a_file_holds_a_canary_and_neither_does_the_pack(
    leaky: tuple[Path, Path],
) -> None:
    _, folder = leaky
    assert not any(CANARY in str(path.relative_to(folder)) for path in folder.rglob("*"))
    with zipfile.ZipFile(folder.parent / "site.zip") as packed:
        for name in packed.namelist():
            assert CANARY not in name
            assert CANARY.encode() not in packed.read(name)


def test_what_the_confidential_source_said_is_there_without_its_speaker(
    leaky: tuple[Path, Path],
) -> None:
    _, folder = leaky
    pages = [p.read_text(encoding="utf-8") for p in folder.glob("en/people/??/*.html")]
    assert any("A source whose particulars are withheld" in page for page in pages)
