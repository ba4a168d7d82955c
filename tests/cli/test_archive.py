"""Archives: written, checked, rebuilt, and never quietly altered."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from dadkhah.cli.verify import Given, verify_archive
from dadkhah.errors import ArchiveError
from tests.cli.conftest import PASSWORD, Journey, Run


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def copy(journey: Journey, tmp_path: Path) -> Path:
    return Path(shutil.copytree(journey.archive, tmp_path / "archive"))


def test_an_untouched_archive_passes_every_check(journey: Journey) -> None:
    report = verify_archive(journey.archive)
    assert report.passed, [check.where for check in report.failures]
    assert report.entries > 100
    assert {check.number for check in report.checks} >= {1, 7, 10, 13, 14, 15, 16, 17}


def test_export_restore_export_gives_the_same_bytes(
    journey: Journey, tmp_path: Path, run: Run
) -> None:
    restored = run("restore", journey.archive, tmp_path / "case", "--password", PASSWORD)
    assert restored.code == 0, restored.err
    again = run("export", tmp_path / "again", case=tmp_path / "case")
    assert again.code == 0, again.err
    assert bytes_of(tmp_path / "again") == bytes_of(journey.archive)


def test_one_changed_bit_anywhere_is_found_and_its_file_is_named(copy: Path) -> None:
    chance = random.Random(11)
    for path in sorted(p for p in copy.rglob("*") if p.is_file() and p.stat().st_size):
        whole = path.read_bytes()
        altered = bytearray(whole)
        altered[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.chmod(0o644)
        path.write_bytes(altered)
        assert path.name in faults(copy), path
        path.write_bytes(whole)
    assert verify_archive(copy).passed


def faults(folder: Path) -> str:
    """Where an archive fails, or the file that cannot be read at all."""
    try:
        return " ".join(check.where for check in verify_archive(folder).failures)
    except ArchiveError as refusal:
        return refusal.where


@pytest.mark.parametrize(
    "name", ["log/entries.jsonl", "records/claim.jsonl", "records/mention.jsonl"]
)
def test_a_line_taken_out_or_put_in_twice_is_found(copy: Path, name: str) -> None:
    path = copy / name
    lines = path.read_bytes().splitlines(keepends=True)
    for altered in (lines[:5] + lines[6:], lines[:6] + lines[5:], [lines[1], lines[0], *lines[2:]]):
        path.write_bytes(b"".join(altered))
        assert not verify_archive(copy).passed
    path.write_bytes(b"".join(lines))


def test_a_file_added_to_an_archive_is_named(copy: Path) -> None:
    (copy / "captures" / "note.txt").write_text("added")
    report = verify_archive(copy)
    assert [check.where for check in report.failures] == ["captures/note.txt"]


def test_another_key_does_not_verify(journey: Journey) -> None:
    from dadkhah.custody import keys

    stranger = keys.verifier_of(keys.make_key("dadkhah.invalid/stranger"))
    assert not verify_archive(journey.archive, Given(key=stranger)).passed


def test_an_altered_archive_is_not_restored(copy: Path, tmp_path: Path, run: Run) -> None:
    path = copy / "records" / "claim.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"written":"', b'"written":"x', 1))
    done = run("restore", copy, tmp_path / "case", "--password", PASSWORD)
    assert done.code == 1
    assert "archive-not-verified" in done.err
    assert not (tmp_path / "case").exists()


def test_an_archive_is_never_written_over_something(journey: Journey, run: Run) -> None:
    done = run("export", journey.archive, case=journey.case)
    assert done.code == 4
    assert "archive-exists" in done.err
