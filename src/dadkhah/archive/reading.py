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
    "redacted",
    "stands_for",
    "verifier",
]

FORMAT = "dadkhah-archive/1"
TOMBSTONE = "tombstone"
REDACTION = "dadkhah.redaction"
NUMBER_WITHIN = 512  # bytes from the beginning of a line


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


def entries(folder: Path, *, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """Read the log's entries, in order, as bytes.

    Args:
        first, last: only those from this index on, and before that one, by what they say.
    """
    with (folder / "log" / "entries.jsonl").open("rb") as file:
        for row in _stretch(file, _INDEX, first, last):
            yield row.removesuffix(b"\n")


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
    with path.open("rb") as file:
        for number, row in enumerate(_stretch(file, _ENTRY, first, last), start=1):
            try:
                yield read_line(row.removesuffix(b"\n"))
            except VerificationError as refusal:
                after = f" after the first of entry {first}" if first else ""
                refusal.where = f"records/{kind}.jsonl, line {number}{after}"
                raise


_ENTRY = re.compile(rb'"entry":([0-9]{1,16}),')
_INDEX = re.compile(rb'"index":([0-9]{1,16}),')


def _stretch(
    file: BinaryIO, number: re.Pattern[bytes], first: int, last: int | None
) -> Iterator[bytes]:
    """Read the lines from one number on and before another, in a file that counts upwards."""
    at = _seek(file, number, first) if first else 0
    if last is None:
        file.seek(at)
        yield from file
        return
    end = _seek(file, number, last)
    file.seek(at)
    while at < end and (row := file.readline()):
        at += len(row)
        yield row


def _seek(file: BinaryIO, number: re.Pattern[bytes], wanted: int) -> int:
    """Find the offset of the first line of this number or a later one, by halving."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        file.seek(max(0, middle - 1))
        begin = middle + len(file.readline()) - 1 if middle else 0
        row = file.readline() if begin < high else b""
        if row and _number_of(row, number) < wanted:
            low = begin + len(row)
        else:
            high = middle
    return low


def _number_of(row: bytes, number: re.Pattern[bytes]) -> int:
    """The number of a line, -1 where it has none: whoever reads that line will say so.

    Whatever the lines say, a larger number is never sought before a smaller one, so stretches
    that meet leave no line out and give none twice.
    """
    found = number.search(row, 0, NUMBER_WITHIN)
    return int(found[1]) if found else -1


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


def redacted(folder: Path) -> dict[str, str]:
    """Give, for each capture of an archive that was redacted, the one that stands in its place."""
    path = folder / "records" / "capture.jsonl"
    if not path.is_file():
        return {}
    # few of very many are redactions, so only their lines are read
    made = (row for row in _raw_lines(path) if REDACTION.encode() in row)
    return stands_for(records.read(read_line(row).record) for row in made)


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
    path = folder / "manifest-sha256.txt"
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for row in file:
                digest, _, listed = row.removesuffix("\n").partition("  ")
                yield digest, listed
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(path) from error


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for row in file:
            yield row.removesuffix(b"\n")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(path) from error


def _unread(path: Path) -> ArchiveError:
    what = "A file of this archive is missing or not text."
    return ArchiveError("archive-file", what, where=str(path))
