"""Reading an archive, with nothing but its folder."""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from dadkhah import records
from dadkhah.archive.lines import Line, read_line
from dadkhah.errors import ArchiveError, VerificationError

__all__ = [
    "FORMAT",
    "REDACTION",
    "TOMBSTONE",
    "about",
    "checkpoint",
    "checkpoint_path",
    "checkpoints",
    "current",
    "entries",
    "in_log_order",
    "is_archive",
    "lines",
    "manifest",
    "policy",
    "stands_for",
    "verifier",
]

FORMAT = "dadkhah-archive/1"
TOMBSTONE = "tombstone"
REDACTION = "dadkhah.redaction"


def is_archive(folder: Path) -> bool:
    """Say whether a folder is an archive."""
    return (folder / "archive.json").is_file()


def about(folder: Path) -> dict[str, Any]:
    """Read what an archive says of itself.

    Raises:
        ArchiveError: archive-missing, archive-format.
    """
    if not is_archive(folder):
        raise ArchiveError(
            "archive-missing", "This folder is not an archive.", where=str(folder / "archive.json")
        )
    try:
        said = orjson.loads((folder / "archive.json").read_bytes())
    except orjson.JSONDecodeError as error:
        raise ArchiveError(
            "archive-format", "archive.json is not JSON.", where=str(error)
        ) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ArchiveError("archive-format", f"This archive is not in the form {FORMAT}.")
    return said


def checkpoint(folder: Path) -> str:
    """Read the signed checkpoint of an archive's log."""
    return _text(folder / "log" / "checkpoint")


def checkpoint_path(size: int) -> str:
    """Give the place, inside an archive, of an earlier checkpoint of this size."""
    return f"log/checkpoints/{size:012}"


def checkpoints(folder: Path) -> list[bytes]:
    """Read every checkpoint of an archive as it stands, the newest first.

    Raises:
        ArchiveError: archive-file.
    """
    earlier = sorted((folder / "log" / "checkpoints").glob("*"), reverse=True)
    try:
        return [path.read_bytes() for path in (folder / "log" / "checkpoint", *earlier)]
    except OSError as error:
        raise ArchiveError(
            "archive-file", "A checkpoint of this archive is missing.", where=str(error.filename)
        ) from error


def policy(folder: Path) -> str:
    """Read the witness policy that an archive offers; empty when it has none."""
    path = folder / "log" / "policy"
    return _text(path) if path.is_file() else ""


def verifier(folder: Path) -> str:
    """Read the key that an archive offers to check its checkpoint."""
    return _text(folder / "log" / "verifier.txt").strip()


def entries(folder: Path) -> Iterator[bytes]:
    """Read the log's entries, in order, as bytes."""
    yield from _raw_lines(folder / "log" / "entries.jsonl")


def lines(folder: Path, kind: str, *, first: int = 0, last: int | None = None) -> Iterator[Line]:
    """Read the records of one kind, every version, in log order.

    Args:
        first, last: only those from this entry on, and before that one.

    Raises:
        VerificationError: archive-line, naming the file and line that cannot be read.
    """
    path = folder / "records" / f"{kind}.jsonl"
    if not path.is_file():
        return
    after = f" after the first of entry {first}" if first else ""
    with path.open("rb") as file:
        at = _seek(file, first) if first else 0
        end = path.stat().st_size if last is None else _seek(file, last)
        file.seek(at)
        for number, row in enumerate(file, start=1):
            if at >= end:
                return
            at += len(row)
            yield read_line(row.removesuffix(b"\n"), f"records/{kind}.jsonl, line {number}{after}")


def _seek(file: BinaryIO, entry: int) -> int:
    """Find the offset of the first line of this entry or a later one, by halving."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        file.seek(max(0, middle - 1))
        begin = middle + len(file.readline()) - 1 if middle else 0
        row = file.readline() if begin < high else b""
        if row and _entry_of(row) < entry:
            low = begin + len(row)
        else:
            high = middle
    return low


def _entry_of(row: bytes) -> int:
    found = re.search(rb'"entry":([0-9]{1,16}),', row[:128])
    if found is None:
        raise VerificationError("archive-line", "A line of the archive cannot be read.")
    return int(found[1])


def in_log_order(folder: Path) -> Iterator[Line]:
    """Read the records of every kind and the tombstones, by entry and position."""
    streams = [lines(folder, kind) for kind in (*sorted(records.KINDS), TOMBSTONE)]
    yield from heapq.merge(*streams, key=attrgetter("entry", "position"))


def current(folder: Path, kind: str) -> dict[str, Any]:
    """Read the newest version of each record of one kind, by id."""
    newest: dict[str, Any] = {}
    for line in lines(folder, kind):
        record = records.read(line.record)
        newest[record.id] = record
    return newest


def stands_for(captures: Iterable[Any]) -> dict[str, str]:
    """Give, for each capture that was redacted, the one that stands in its place now.

    Words are written over sign by sign, so what was anchored in the one stands in the other.
    """
    found: dict[str, str] = {}
    for capture in captures:
        if capture.tool == REDACTION:
            found.update(dict.fromkeys(map(str, capture.parameters["stands_for"]), capture.id))
    return found


def manifest(folder: Path) -> Iterator[tuple[str, str]]:
    """Read the manifest: pairs of digest and path, as `sha256sum` writes them."""
    for row in _text(folder / "manifest-sha256.txt").splitlines():
        found, _, path = row.partition("  ")
        yield found, path


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for row in file:
            yield row.removesuffix(b"\n")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(
            "archive-file", "A file of this archive is missing or not text.", where=str(path)
        ) from error
