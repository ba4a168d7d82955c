"""The lines of some people put in the place of their older ones, in a file for researchers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import orjson

__all__ = ["swapped"]

_PERSON, _ABOUT = 3, 1  # columns of claims.csv


def swapped(name: str, data: bytes, lines: Mapping[str, bytes]) -> bytes:
    """Put the lines of some people into a file whose lines are in the order of the people's ids.

    Args:
        name: as in `research.FILES`. lines: by person; nothing for somebody who is left out.
    """
    head, held = _table(name, data) if name.endswith(".csv") else (b"", _rows(data))
    kept = [(owner, line) for owner, line in held if owner not in lines]
    new = [(owner, line) for owner, line in lines.items() if line]
    return head + b"".join(line for _, line in sorted([*kept, *new], key=lambda two: two[0]))


def _rows(data: bytes) -> Iterable[tuple[str, bytes]]:
    for line in data.splitlines(keepends=True):
        said = orjson.loads(line)
        yield str(said.get("id") or said["identifier"]).rpartition(":")[2], line


def _table(name: str, data: bytes) -> tuple[bytes, Iterable[tuple[str, bytes]]]:
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    head = _line(next(rows))
    return head, ((_owner(name, row), _line(row)) for row in rows)


def _owner(name: str, row: list[str]) -> str:
    return row[0] if name == "people.csv" else row[_PERSON] or row[_ABOUT]


def _line(row: list[str]) -> bytes:
    csv.writer(held := io.StringIO(), lineterminator="\n").writerow(row)
    return held.getvalue().encode()
