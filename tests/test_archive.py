"""A folder that lasts."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from dadkhah import archive, records
from dadkhah.errors import ArchiveError, VerificationError
from dadkhah.records import Source


def line(entry: int, title: str) -> archive.Line:
    record = Source(id="s1", title=title)
    return archive.Line(
        entry=entry, position=0, commitment=b"c" * 32, salt=b"s" * 16,
        record={"kind": "source", **records.plain(record)},
    )  # fmt: skip


def write(folder: Path, captures: list[tuple[str, Path]]) -> None:
    archive.write(
        folder, about={"origin": "x"}, entries=[b"{}"],
        lines={"source": [line(0, "a"), line(3, "b")]},
        checkpoint="note", verifier="key", captures=captures,
    )  # fmt: skip


def test_the_same_bytes_are_kept_once_under_their_digest(tmp_path: Path) -> None:
    digest, size = archive.keep_capture(tmp_path, io.BytesIO(b"testimony"))
    again, _ = archive.keep_capture(tmp_path, io.BytesIO(b"testimony"))
    assert digest == again == hashlib.sha256(b"testimony").hexdigest()
    assert size == 9
    assert [path.read_bytes() for path in archive.capture_paths(tmp_path)] == [b"testimony"]
    assert archive.capture_path(tmp_path, digest).stat().st_mode & 0o222 == 0


def test_bytes_that_stop_arriving_leave_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("the stick was pulled out")
            return super().read(4)

    with pytest.raises(OSError, match="stick"):
        archive.keep_capture(tmp_path, Broken(b"testimony"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_written_reads_back_and_the_newest_version_is_current(tmp_path: Path) -> None:
    digest, _ = archive.keep_capture(tmp_path, io.BytesIO(b"testimony"))
    write(tmp_path / "a", [(digest, archive.capture_path(tmp_path, digest))])
    assert [found.entry for found in archive.lines(tmp_path / "a", "source")] == [0, 3]
    assert archive.current(tmp_path / "a", "source")["s1"].title == "b"
    for found, path in archive.manifest(tmp_path / "a"):
        assert hashlib.sha256((tmp_path / "a" / path).read_bytes()).hexdigest() == found


def test_a_capture_that_is_not_what_its_name_says_stops_the_whole_archive(tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"something else")
    with pytest.raises(ArchiveError) as refused:
        write(tmp_path / "a", [("0" * 64, tmp_path / "bytes")])
    assert refused.value.code == "archive-capture"
    assert not (tmp_path / "a").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["bytes"]


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a", [])
    path = tmp_path / "a" / "records" / "source.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"salt"', b'"sale"', 1))
    with pytest.raises(VerificationError) as refused:
        list(archive.lines(tmp_path / "a", "source"))
    assert refused.value.where == "records/source.jsonl, line 1"


@pytest.mark.parametrize("text", ["", "{", '{"format":"dadkhah-archive/2"}', "[]"])
def test_a_folder_in_another_form_is_not_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "archive.json").write_text(text)
    with pytest.raises(ArchiveError):
        archive.about(tmp_path)
