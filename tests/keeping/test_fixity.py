"""Fixity: every byte is read, a stopped run goes on, and what changed is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dadkhah.errors import ArchiveError
from dadkhah.keeping import fixity
from dadkhah.keeping.files import inside
from dadkhah.keeping.fixity import Pace, Progress


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        (tmp_path / f"f{number}").write_bytes(b"x" * number)
    return tmp_path


def wanted(folder: Path) -> list[tuple[str, str]]:
    files = sorted(path for path in folder.iterdir() if path.name.startswith("f"))
    return [(hashlib.sha256(path.read_bytes()).hexdigest(), path.name) for path in files]


def test_bytes_that_are_as_they_were_pass(folder: Path) -> None:
    found = list(fixity.examine(folder, wanted(folder), Pace()))
    assert {finding.state for finding in found} == {"same"}
    assert sum(finding.size_bytes for finding in found) == 10


def test_each_way_of_going_wrong_is_named(folder: Path) -> None:
    listed = wanted(folder)
    (folder / "f1").write_bytes(b"y")
    (folder / "f2").unlink()
    (folder / "f3").unlink()
    (folder / "f3").mkdir()
    states = {f.path: f.state for f in fixity.examine(folder, listed, Pace())}
    assert states == {
        "f0": "same", "f1": "altered", "f2": "missing", "f3": "unreadable", "f4": "same",
    }  # fmt: skip


def test_a_stopped_run_goes_on_where_it_was(folder: Path) -> None:
    notebook = folder / "notebook.json"
    fixity.remember(notebook, "here", Progress(after="f2", files=3, failed=("f1",)))
    fixity.remember(notebook, "there", Progress(after="f0", files=1))
    known = fixity.progress_of(notebook, "here")
    assert known == Progress(after="f2", files=3, failed=("f1",))
    found = fixity.examine(folder, wanted(folder), Pace(), after=known.after)
    assert [f.path for f in found] == ["f3", "f4"]
    fixity.forget(notebook, "here")
    assert fixity.progress_of(notebook, "here") == Progress()
    assert fixity.progress_of(notebook, "there").after == "f0"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"here": 7}', b'{"here": {"x": 1}}'])
def test_a_broken_notebook_begins_from_the_beginning(tmp_path: Path, content: bytes) -> None:
    notebook = tmp_path / "notebook.json"
    notebook.write_bytes(content)
    assert fixity.progress_of(notebook, "here") == Progress()


def test_reading_is_held_to_its_rate() -> None:
    now = [0.0]
    pace = Pace(
        bytes_per_second=100, clock=lambda: now[0], sleep=lambda s: now.__setitem__(0, now[0] + s),
        began=0.0,
    )  # fmt: skip
    now[0] = 1.0
    for _ in range(10):
        pace.after(100)
    assert now[0] == pytest.approx(11.0)


@pytest.mark.parametrize(
    "path",
    ["../a", "a/../../b", "/etc/x", "", ".", "a/./../..", "~/x", "c:/x", "a\\..\\b", "way/x"],
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "way").symlink_to("/")
    with pytest.raises(ArchiveError, match="path-outside"):
        inside(tmp_path, path)


def test_a_path_that_stays_inside_is_given(tmp_path: Path) -> None:
    assert inside(tmp_path, "data/ab/abc") == tmp_path / "data" / "ab" / "abc"
