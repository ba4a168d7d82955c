"""All processes of a server count together, and no hour is kept."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dadkhah.web.contributions import minute


def many(times: int) -> None:
    for _ in range(times):
        minute.count()


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.CASE = tmp_path
    found = minute._place()
    yield found
    found.unlink(missing_ok=True)


def test_several_processes_count_together(place: Path) -> None:
    context = multiprocessing.get_context("fork")
    while time.monotonic() % minute.SECONDS > minute.SECONDS - 5:  # no minute may end meanwhile
        time.sleep(0.2)
    workers = [context.Process(target=many, args=(50,)) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert minute.count() == 151


def test_another_minute_begins_anew(place: Path) -> None:
    place.write_bytes(minute.HELD.pack(int(time.monotonic()) // minute.SECONDS - 1, 40))
    assert minute.count() == 1


def test_what_was_torn_begins_anew(place: Path) -> None:
    place.write_bytes(b"torn")
    assert minute.count() == 1


def test_another_case_counts_for_itself(place: Path, settings: Any) -> None:
    minute.count()
    assert minute.count() == 2
    settings.CASE = settings.CASE / "other"
    assert minute.count() == 1
    minute.forget()


def test_nothing_but_a_minute_since_the_start_and_a_number_is_kept(place: Path) -> None:
    minute.count()
    assert len(place.read_bytes()) == minute.HELD.size
    assert place.stat().st_mode & 0o777 == 0o600
