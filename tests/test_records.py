"""The domain on one page: what goes in comes out."""

from __future__ import annotations

import dataclasses
import os
from typing import Any

import orjson
import pytest

from dadkhah import records
from dadkhah.errors import RecordError
from dadkhah.records import Anchor, Capture, Claim, CollectionRecord, Mention, Passage, Source

FULL = Claim(
    id="c1", mention="m1", predicate="person.age", written="۲۲", passage="p1",
    value={"low": 22, "high": 22}, within=Anchor(capture="a" * 64, quote="۲۲", start=3, end=5),
    flags=("unread",), status="accepted",
)  # fmt: skip
EVERY = [
    FULL,
    Mention(id="m1", source="s1", type="person", label="Navid", passage="p1"),
    Passage(id="p1", source="s1", anchor=Anchor(capture="b", quote="متن"), noise=True),
    Source(id="s1", title="A page", derived_from=("s0",)),
    Capture(
        id="a" * 64, source="s1", size_bytes=3, media_type="text/plain",
        collected=CollectionRecord(method="added", missing={"address": "none"}),
        parameters={"lines": 2},
    ),
]  # fmt: skip


@pytest.mark.parametrize("record", EVERY)
def test_a_record_reads_back_from_its_own_bytes(record: Any) -> None:
    assert records.read(orjson.loads(records.encode(record))) == record


def test_a_field_at_its_default_changes_no_byte() -> None:
    plain = records.plain(Source(id="s1"))
    assert plain == {"id": "s1"}
    assert records.plain(dataclasses.replace(Source(id="s1"), note="x")) == {
        "id": "s1",
        "note": "x",
    }


def test_false_and_zero_are_not_taken_for_a_default() -> None:
    claim = dataclasses.replace(FULL, value=0)
    assert records.plain(claim)["value"] == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"kind": "rumour", "id": "x"}, "record-kind"),
        ({"kind": "source", "id": "x", "colour": "red"}, "record-field"),
        ({"kind": "claim", "id": "x"}, "record-field"),
    ],
)
def test_what_is_no_record_is_refused(data: dict[str, Any], code: str) -> None:
    with pytest.raises(RecordError) as refused:
        records.read(data)
    assert refused.value.code == code


def test_ids_are_never_given_twice() -> None:
    ids = {records.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(identity) for identity in ids} == {20}


def test_a_process_that_forks_makes_ids_of_its_own() -> None:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write_end, records.new_id().encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read_end, 20).decode()[:13] != records.new_id()[:13]


def mention(name: str) -> dict[str, Any]:
    return {
        "kind": "mention", "id": name, "source": "s", "type": "person", "label": "", "passage": "p",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["", "../../elsewhere", "a/b", "a\\b", ".hidden", 'a"onclick', "a b", "x" * 81, "é"]
)
def test_an_id_that_could_lead_out_of_a_folder_or_an_attribute_is_refused(name: str) -> None:
    with pytest.raises(RecordError) as caught:
        records.read(mention(name))
    assert caught.value.code == "record-id"


def test_an_id_that_dadkhah_makes_is_read() -> None:
    made = records.new_id()
    assert records.read(mention(made)).id == made
