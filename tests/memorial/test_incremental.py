"""A build over an older site writes only what differs, and ends at the same bytes as a new one."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from dadkhah.memorial import build, press
from dadkhah.memorial.verification import verify
from dadkhah.records import Claim
from tests.memorial import invented
from tests.memorial.test_building import bytes_of


def changed() -> invented.Cast:
    """The invented case with one person's day of death corrected."""
    cast = invented.invented()
    date = next(
        r for r in cast.records
        if isinstance(r, Claim) and r.predicate == "person.death_date"
        and r.mention == invented.identity("mention row 1")
    )  # fmt: skip
    cast.add(dataclasses.replace(date, written="1367-05-13", value="1988-08-04"))
    return cast


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    first = invented.write(tmp_path / "first", invented.invented())
    return first, invented.write(tmp_path / "second", changed())


@pytest.mark.parametrize("kept", [True, False])
def test_a_build_over_an_older_site_gives_the_bytes_of_a_new_one(
    two: tuple[Path, Path], tmp_path: Path, kept: bool
) -> None:
    state = tmp_path / "state" if kept else None
    build(two[0], tmp_path / "site", signer=invented.SIGNER, state=state)
    over = build(two[1], tmp_path / "site", signer=invented.SIGNER, state=state)
    new = build(two[1], tmp_path / "new", signer=invented.SIGNER)
    assert bytes_of(over.folder) == bytes_of(new.folder)
    assert verify(over.folder).passed
    assert over.written < new.written


def test_only_the_pages_of_who_is_told_of_anew_are_written(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, state = tmp_path / "site", tmp_path / "state"
    build(two[0], folder, state=state)
    before = {p: p.stat().st_mtime_ns for p in folder.glob("??/people/??/*.html")}
    build(two[1], folder, state=state)
    touched = {p.stem for p, at in before.items() if p.stat().st_mtime_ns != at}
    assert touched == {invented.identity("mention row 1")}


def test_nothing_new_writes_nothing(two: tuple[Path, Path], tmp_path: Path) -> None:
    state = tmp_path / "state"
    build(two[0], tmp_path / "site", state=state)
    assert build(two[0], tmp_path / "site", state=state).written == 0


def test_a_file_changed_by_another_hand_is_written_anew(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    state = tmp_path / "state"
    folder = build(two[0], tmp_path / "site", state=state).folder
    whole = bytes_of(folder)
    page = next(folder.glob("en/people/??/*.html"))
    page.write_text("forged", encoding="utf-8")
    os.utime(page, ns=(2**62, 2**62))
    build(two[0], folder, state=state)
    assert bytes_of(folder) == whole


def test_an_interrupted_build_is_made_good_by_the_next(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, state = tmp_path / "site", tmp_path / "state"
    build(two[0], folder, state=state)
    moves, replace = [], Path.replace

    def breaks(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == 5:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", breaks)
        with pytest.raises(KeyboardInterrupt):
            build(two[1], folder, state=state)
    build(two[1], folder, state=state)
    assert bytes_of(folder) == bytes_of(build(two[1], tmp_path / "new").folder)


def test_two_processes_give_the_bytes_of_one(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = build(two[0], tmp_path / "one").folder
    monkeypatch.setattr(press, "MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert bytes_of(build(two[0], tmp_path / "two").folder) == bytes_of(one)


def test_another_day_of_the_log_touches_no_page_of_a_person(tmp_path: Path) -> None:
    """Nothing on every page may follow the log: else each new entry would rewrite them all."""
    first = invented.write(tmp_path / "first", invented.invented())
    later = invented.write(tmp_path / "later", invented.invented(), at="2026-05-01T10:00:00Z")
    folder, state = tmp_path / "site", tmp_path / "state"
    build(first, folder, state=state)
    before = {p: p.stat().st_mtime_ns for p in folder.glob("??/people/??/*.html")}
    build(later, folder, state=state)
    assert bytes_of(folder) == bytes_of(build(later, tmp_path / "new").folder)
    assert all(p.stat().st_mtime_ns == at for p, at in before.items())
