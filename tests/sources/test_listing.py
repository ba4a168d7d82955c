"""Files held against their manifest: whatever differs is named, in one process or in several."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dadkhah.sources.crew import crew
from dadkhah.sources.listing import LARGE_BYTES, check_manifest

SIZES = {"a.b": 3, "a/x": LARGE_BYTES, "a/y/z": LARGE_BYTES - 1, "b": 0, "c": 5 * LARGE_BYTES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, size in SIZES.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.encode() * size)
    rows = [f"{hashlib.sha256((tmp_path / p).read_bytes()).hexdigest()}  {p}" for p in SIZES]
    (tmp_path / "manifest-sha256.txt").write_text("\n".join(sorted(rows)) + "\n")
    return tmp_path


def fault(folder: Path, processes: int) -> tuple[str, str]:
    with crew(processes) as pool:
        report, _ = check_manifest(folder, pool)
    (check,) = report.checks
    return check.code, check.where


@pytest.mark.parametrize("processes", [1, 2])
def test_files_as_listed_pass_in_any_order_of_the_manifest(folder: Path, processes: int) -> None:
    assert fault(folder, processes) == ("manifest", "")
    path = folder / "manifest-sha256.txt"
    path.write_text("".join(reversed(path.read_text().splitlines(keepends=True))))
    assert fault(folder, processes) == ("manifest", "")


@pytest.mark.parametrize("path", SIZES)
def test_a_file_altered_taken_or_added_is_named(folder: Path, path: str) -> None:
    place = folder / path
    place.write_bytes(place.read_bytes() + b"!")
    code, where = fault(folder, 1)
    assert (code, where.split(",")[0]) == ("manifest-digest", path)
    place.unlink()
    assert fault(folder, 1) == ("manifest-missing", path)
    (folder / "a" / "w").write_text("new")
    (folder / "z").write_text("new")
    assert fault(folder, 1)[1].endswith("; 3 in all")
    place.write_bytes(path.encode() * SIZES[path])
    assert fault(folder, 2) == ("manifest-added", "a/w; 2 in all")


@pytest.mark.parametrize("path", ["../out", "/etc/hostname", "a//x", "./b", "link/x", ""])
def test_a_listed_path_that_leads_elsewhere_is_no_file_of_the_archive(
    folder: Path, path: str
) -> None:
    (folder.parent / "out").write_text("outside")
    (folder / "link").symlink_to(folder / "a")
    with (folder / "manifest-sha256.txt").open("a") as file:
        file.write(f"{'0' * 64}  {path}\n")
    assert fault(folder, 1) == ("manifest-missing", path)


def test_a_capture_with_other_bytes_than_its_name_says_is_told_though_listed(folder: Path) -> None:
    digest = hashlib.sha256(b"other").hexdigest()
    (folder / "captures" / "00").mkdir(parents=True)
    (folder / "captures" / "00" / ("0" * 64)).write_bytes(b"other")
    with (folder / "manifest-sha256.txt").open("a") as file:
        file.write(f"{digest}  captures/00/{'0' * 64}\n")
    report, wrong = check_manifest(folder)
    assert report.passed
    assert wrong == {"0" * 64}
