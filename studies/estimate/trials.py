"""Trials kept in a table as they finish, so that a study can be stopped and gone on with."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

__all__ = ["carry_on", "read_trials"]

Rows = Iterable[Mapping[str, object]]


def read_trials(table: Path) -> list[dict[str, str]]:
    """The trials done so far."""
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def carry_on(
    table: Path,
    fields: Sequence[str],
    names: Sequence[str],
    attempt: Callable[[str, int], Rows],
    worlds: int,
) -> None:
    """Run what is pending, one world of each design in turn.

    The command's first word is how many worlds of each design, its second how many minutes at most.

    Args:
        attempt: gives the rows of the world of this design and seed.
        worlds: how many of each design where the command does not say.
    """
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else worlds
    until = time.monotonic() + 60 * float(sys.argv[2] if len(sys.argv) > 2 else 1e6)
    table.parent.mkdir(exist_ok=True)
    todo = [*_pending(table, names, worlds)]
    fresh = not table.exists()
    with table.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        if fresh:
            writer.writeheader()
        for name, seed in todo:
            if time.monotonic() > until:
                break
            writer.writerows(attempt(name, seed))
            file.flush()


def _pending(table: Path, names: Sequence[str], worlds: int) -> Iterator[tuple[str, int]]:
    done = {(row["design"], int(row["seed"])) for row in read_trials(table)}
    return ((n, seed) for seed in range(worlds) for n in names if (n, seed) not in done)
