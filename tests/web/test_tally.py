"""All processes of a server count together, and no hour and no name is kept."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import Any

import pytest

from dadkhah.web import tally

MINUTE = 60


def count(of: str = "") -> int:
    return tally.count("letters", seconds=MINUTE, of=of)


def many(times: int) -> None:
    for _ in range(times):
        count()


@pytest.fixture
def place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.CASE = tmp_path
    monkeypatch.setattr(tally, "IN_MEMORY", tmp_path)
    while time.monotonic() % MINUTE > MINUTE - 5:  # no minute may end meanwhile
        time.sleep(0.2)
    return tally._place("letters")


def test_several_processes_count_together(place: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=many, args=(50,)) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert count() == 151


def test_another_minute_begins_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [count(), count()] == [1, 2]
    later = time.monotonic() + MINUTE
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert tally.so_far("letters", seconds=MINUTE) == 0
    assert count() == 1


def test_what_was_torn_begins_anew(place: Path) -> None:
    place.write_bytes(b"torn")
    assert count() == 1


def test_each_case_purpose_and_account_counts_for_itself(place: Path, settings: Any) -> None:
    assert [count("mina"), count("mina"), count("tara")] == [1, 2, 1]
    assert tally.count("other", seconds=MINUTE, of="mina") == 1
    settings.CASE = settings.CASE / "other"
    assert count("mina") == 1


def test_one_count_is_forgotten_and_the_others_stay(place: Path) -> None:
    count("mina"), count("tara")
    tally.forget("letters", of="mina")
    assert tally.so_far("letters", seconds=MINUTE, of="mina") == 0
    assert tally.so_far("letters", seconds=MINUTE, of="tara") == 1


def test_nothing_but_a_stretch_since_the_start_and_a_number_is_kept(place: Path) -> None:
    count("mina")
    slot = tally._slot("mina")
    kept = place.read_bytes()
    assert tally.HELD.unpack(kept[slot:]) == (tally._stretch(MINUTE), 1)
    assert not any(kept[:slot])
    assert place.stat().st_mode & 0o777 == 0o600
