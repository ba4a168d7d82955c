"""Bags: made by a known tool, checked by sha256sum alone, refused when they trick."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from dadkhah.errors import DadkhahError
from dadkhah.keeping.bags import check_bag, make_bag, payload
from dadkhah.keeping.premis import SPACE, premis
from dadkhah.records import Capture, CustodyEvent

DIGEST = "ab" * 32
EVENT = CustodyEvent(
    id="e1", event="hand-over", at="2041-03-01T10:00:00Z", by="account:1", giver="archive 2",
    receiver="court 9", purpose="case <12> & more", checked="same",
)  # fmt: skip


def told() -> bytes:
    capture = Capture(id=DIGEST, source="s", size_bytes=7, media_type="text/html", parent="cd" * 32)
    return premis([capture], [("transfer", EVENT.at, (DIGEST,), EVENT)])


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    (folder / "captures").mkdir(parents=True)
    (folder / "archive.json").write_text("{}\n")
    (folder / "captures" / "ab").write_bytes("دادخواه".encode())
    make_bag(folder, day="2041-03-01", premis=told(), identifier="dadkhah.invalid/tests")
    return folder


def test_a_bag_passes_and_holds_what_was_put_in(bag: Path) -> None:
    check_bag(bag)
    assert (payload(bag) / "captures" / "ab").read_text() == "دادخواه"
    info = (bag / "bag-info.txt").read_text()
    assert "Bagging-Date: 2041-03-01" in info
    assert not (bag / "fetch.txt").exists()
    listed = (bag / "tagmanifest-sha512.txt").read_text()
    assert "metadata/premis.xml" in listed


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_its_manifests_are_what_the_plain_tool_reads(bag: Path, name: str) -> None:
    for manifest in (f"manifest-{name}.txt", f"tagmanifest-{name}.txt"):
        done = subprocess.run(
            [f"{name}sum", "-c", "--strict", manifest], cwd=bag, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_events_are_told_in_premis() -> None:
    root = Xml.fromstring(told())  # noqa: S314 - its own words
    names = {"p": SPACE}
    assert (
        root.find("p:object/p:objectCharacteristics/p:fixity/p:messageDigest", names).text == DIGEST
    )  # type: ignore[union-attr]
    event = root.find("p:event", names)
    assert event is not None
    assert event.findtext("p:eventType", "", names) == "transfer"
    detail = event.findtext("p:eventDetailInformation/p:eventDetail", "", names)
    assert detail == "from: archive 2; to: court 9; purpose: case <12> & more"
    assert (
        root.findtext("p:agent/p:agentIdentifier/p:agentIdentifierValue", "", names) == "account:1"
    )
    assert [child.tag.partition("}")[2] for child in root] == ["object", "event", "agent"]


def append(path: Path, line: str) -> None:
    path.write_text((path.read_text() if path.exists() else "") + line)


WAYS = {
    "bit": lambda bag: (bag / "data" / "archive.json").write_text("{ }\n"),
    "gone": lambda bag: (bag / "data" / "archive.json").unlink(),
    "added": lambda bag: (bag / "data" / "more").write_text("x"),
    "fetch": lambda bag: append(bag / "fetch.txt", "http://127.0.0.1/x - data/x\n"),
    "link": lambda bag: (bag / "data" / "way").symlink_to("/etc/passwd"),
    "climb": lambda bag: append(bag / "manifest-sha256.txt", f"{DIGEST}  data/../../outside\n"),
    "coded": lambda bag: append(bag / "manifest-sha256.txt", f"{DIGEST}  %2e%2e/outside\n"),
    "absolute": lambda bag: append(bag / "manifest-sha256.txt", f"{DIGEST}  /etc/passwd\n"),
    "bytes": lambda bag: (bag / "manifest-sha256.txt").write_bytes(b"\xff\xfe\n"),
    "premis": lambda bag: (bag / "metadata" / "premis.xml").write_text("<x/>"),
    "no bag": lambda bag: (bag / "bagit.txt").unlink(),
}


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("bit", "bag-invalid"), ("gone", "bag-invalid"), ("added", "bag-invalid"),
        ("fetch", "bag-fetch"), ("link", "bag-link"), ("climb", "path-outside"),
        ("coded", "path-outside"), ("absolute", "path-outside"), ("bytes", "bag-shape"),
        ("premis", "bag-invalid"), ("no bag", "bag-shape"),
    ],
)  # fmt: skip
def test_a_bag_that_is_altered_or_tricks_is_refused(bag: Path, way: str, code: str) -> None:
    WAYS[way](bag)
    with pytest.raises(DadkhahError, match=code):
        check_bag(bag)
