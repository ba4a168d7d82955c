"""Whatever bytes a verifier is given, it reads them or refuses them with a documented code."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.custody.invented_archive import build, relist
from tests.custody.readers import READERS, refused_well

from dadkhah.cli.verify import verify_archive
from dadkhah.custody import standalone
from dadkhah.errors import ArchiveError, VerificationError

PIECES = (b"\n", b"\n\n", b" ", b"+", b"\xff", b"\xe2\x80\x94 ", b"0", b"9" * 30)


@st.composite
def altered(draw: st.DrawFn, whole: bytes) -> bytes:
    """Good bytes with something cut out, put in, doubled or turned over, up to four times."""
    data = whole
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 40)))
        put = draw(
            st.one_of(
                st.binary(max_size=8),
                st.just(data[at:until] * 2),
                st.sampled_from(
                    [b"\n", b"\n\n", b" ", b"+", b"\xff", b"\xe2\x80\x94 ", b"0", b"9" * 30]
                ),
            )
        )
        data = data[:at] + put + data[until:]
    return data


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_altered_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    whole, read = READERS[name]
    refused_well(read, data.draw(altered(whole)))


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    refused_well(READERS[name][1], data)


@pytest.mark.parametrize("name", ["note", "proof", "fork", "request", "bundle", "entry"])
def test_what_is_too_long_is_refused_before_it_is_taken_apart(name: str) -> None:
    _, read = READERS[name]
    with pytest.raises(VerificationError):
        read(b"a\n" * 4_000_000)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build(tmp_path_factory.mktemp("invented") / "archive", count=12, earlier=(4,))
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


NAMES = (
    "archive.json",
    "manifest-sha256.txt",
    "log/entries.jsonl",
    "log/checkpoint",
    "log/checkpoints/000000000004",
    "log/verifier.txt",
    "log/tile/0/000.p/12",
    "records/source.jsonl",
    "records/capture.jsonl",
    "records/claim.jsonl",
    "records/case.jsonl",
)


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_an_archive_with_altered_bytes_is_reported_on_by_both(
    good: Path, name: str, data: st.DataObject
) -> None:
    whole, manifest = (good / name).read_bytes(), (good / "manifest-sha256.txt").read_bytes()
    (good / name).write_bytes(data.draw(altered(whole)))
    if name != "manifest-sha256.txt":
        relist(good)
    try:
        ours = {check.code for check in verify_archive(good).failures}
    except ArchiveError as refusal:
        ours = {refusal.code}
    theirs = standalone.verify(good)
    (good / name).write_bytes(whole)
    (good / "manifest-sha256.txt").write_bytes(manifest)
    if name not in {"archive.json", "log/verifier.txt"}:
        assert bool(ours) == bool(theirs)


def test_a_link_that_leads_nowhere_and_a_pipe_stop_nobody(good: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(good, tmp_path / "archive"))
    (copy / "log" / "lost").symlink_to(tmp_path / "nowhere")
    os.mkfifo(copy / "log" / "pipe")
    assert verify_archive(copy).passed
    assert standalone.verify(copy) == {}
    (copy / "log" / "verifier.txt").unlink()
    (copy / "log" / "verifier.txt").symlink_to(tmp_path / "nowhere")
    assert not verify_archive(copy).passed
    assert standalone.verify(copy)


def test_a_folder_of_nothing_is_reported_on(tmp_path: Path) -> None:
    assert standalone.verify(tmp_path)
    with pytest.raises(ArchiveError):
        verify_archive(tmp_path)
    shutil.rmtree(tmp_path)
