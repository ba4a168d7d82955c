"""An archive: a folder that lasts, readable with a text editor and sha256sum.

    archive.json               what this is, how much of it, which log
    captures/ab/abcd...        the bytes of each capture, named by their SHA-256
    records/claim.jsonl ...    one record a line, with its place in the log, salt and commitment
    records/tombstone.jsonl    what is left of erased records
    log/entries.jsonl          the log, one entry a line
    log/checkpoint             the log's size and root, signed
    log/verifier.txt           the key that checks the signature
    log/checkpoints/...        earlier checkpoints
    log/policy                 which witnesses are asked for (C2SP tlog-policy), when there are any
    log/tile/...               the log's tiles and entry bundles (C2SP tlog-tiles)
    VERIFY.txt, verify.py      how to check all this without the program that made it
    manifest-sha256.txt        every file above, for `sha256sum -c`

The same state gives the same bytes. docs/formats/archive.md is the format's page.
"""

from __future__ import annotations

import hashlib
import heapq
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from dadkhah import canonical, records
from dadkhah.custody import standalone, tiles
from dadkhah.errors import ArchiveError, RecordError, VerificationError

__all__ = [
    "FORMAT",
    "REDACTION",
    "TOMBSTONE",
    "Line",
    "about",
    "capture_path",
    "capture_paths",
    "checkpoint",
    "checkpoint_path",
    "checkpoints",
    "current",
    "entries",
    "in_log_order",
    "is_archive",
    "keep_capture",
    "lines",
    "manifest",
    "policy",
    "stands_for",
    "verifier",
    "write",
]

FORMAT = "dadkhah-archive/1"
BLOCK_BYTES = 1 << 20
TOMBSTONE = "tombstone"
# one spelling only: what stands between the braces of the record is what was committed to
_LINE = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})","entry":(0|[1-9][0-9]{0,15}),'
    rb'"position":(0|[1-9][0-9]{0,15}),"record":(\{.*\}),"salt":"((?:[0-9a-f]{32})?)"\}'
)
REDACTION = "dadkhah.redaction"


class Line(NamedTuple):
    """One record in an archive, or the tombstone of one.

    Args:
        entry, position: its place in the log.
        commitment: 32 bytes.
        salt: 16 bytes; empty for a tombstone.
        record: the record as a JSON object; for a tombstone its kind, reason and authority.
        written: the canonical bytes of the record, where they were read and not made.
    """

    entry: int
    position: int
    commitment: bytes
    salt: bytes
    record: Mapping[str, Any]
    written: bytes = b""

    @property
    def erased(self) -> bool:
        """Whether this is a tombstone."""
        return not self.salt

    @property
    def body(self) -> bytes:
        """The canonical bytes of the record, which its commitment binds."""
        return self.written or canonical.encode(dict(self.record))

    def encode(self) -> bytes:
        """Write the line, without its line feed."""
        return canonical.encode(
            {
                "commitment": self.commitment.hex(),
                "entry": self.entry,
                "position": self.position,
                "record": dict(self.record),
                "salt": self.salt.hex(),
            }
        )


def capture_path(folder: Path, digest: str) -> Path:
    """Give the place of a capture's bytes inside a case or an archive."""
    return folder / "captures" / digest[:2] / digest


def keep_capture(folder: Path, stream: BinaryIO) -> tuple[str, int]:
    """Store bytes under their SHA-256, whole or not at all; the same bytes are stored once.

    Returns:
        The digest, 64 hexadecimal digits, and the size in bytes.
    """
    home = folder / "captures"
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".arriving-") as room:
        arriving = Path(room) / "bytes"
        digest = _write_file(arriving, iter(lambda: stream.read(BLOCK_BYTES), b""))
        size = arriving.stat().st_size
        place = capture_path(folder, digest)
        place.parent.mkdir(exist_ok=True)
        arriving.chmod(0o444)
        arriving.replace(place)
    _sync_folder(place.parent)
    return digest, size


def capture_paths(folder: Path) -> Iterator[Path]:
    """Walk the captures of a case or an archive, in order of their digests."""
    for shelf in sorted((folder / "captures").glob("??")):
        yield from sorted(path for path in shelf.iterdir() if path.is_file())


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
            yield _read_line(row.removesuffix(b"\n"), f"records/{kind}.jsonl, line {number}{after}")


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


def write(
    folder: Path,
    *,
    about: Mapping[str, Any],
    entries: Iterable[bytes],
    lines: Mapping[str, Iterable[Line]],
    checkpoint: str,
    verifier: str,
    captures: Iterable[tuple[str, Path]],
    extra: Mapping[str, bytes] | None = None,
    advance: Callable[[str], None] = lambda _: None,
) -> None:
    """Write a whole archive beside its place, then move it there: all or nothing.

    Args:
        folder: the archive to make; must not exist yet, or be empty.
        about: what archive.json says beside its format.
        lines: for each kind of record its lines, in log order.
        captures: digest and present place of each capture's bytes.
        extra: further files by path, such as README.txt.
        advance: called with the path of each file written.

    Raises:
        ArchiveError: archive-exists; archive-capture when bytes are not what their name says.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(
            "archive-exists",
            "There is something at this place already.",
            where=str(folder),
            todo="Give a new or empty folder.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".growing-") as room:
        growing = Path(room) / "archive"
        growing.mkdir()
        _fill(growing, about, entries, lines, checkpoint, verifier, captures, extra or {}, advance)
        if folder.exists():
            folder.rmdir()
        growing.rename(folder)


def _fill(
    folder: Path,
    about: Mapping[str, Any],
    entries: Iterable[bytes],
    lines: Mapping[str, Iterable[Line]],
    checkpoint: str,
    verifier: str,
    captures: Iterable[tuple[str, Path]],
    extra: Mapping[str, bytes],
    advance: Callable[[str], None],
) -> None:
    listed: dict[str, str] = {}

    def put(path: str, blocks: Iterable[bytes]) -> None:
        listed[path] = _write_file(folder / path, blocks)
        advance(path)

    put("archive.json", [canonical.encode({**about, "format": FORMAT}), b"\n"])
    for path, data in extra.items():
        put(path, [data])
    put("log/entries.jsonl", (entry + b"\n" for entry in entries))
    put("log/checkpoint", [checkpoint.encode()])
    put("log/verifier.txt", [verifier.encode(), b"\n"])
    tiles.write_log(
        _raw_lines(folder / "log" / "entries.jsonl"),
        lambda path, data: put(f"log/{path}", [data]),
    )
    verifiers = Path(standalone.__file__)
    put("verify.py", [verifiers.read_bytes()])
    put("VERIFY.txt", [verifiers.with_name("VERIFY.txt").read_bytes()])
    for kind, rows in sorted(lines.items()):
        put(f"records/{kind}.jsonl", (line.encode() + b"\n" for line in rows))
    for digest, place in captures:
        path = str(capture_path(Path(), digest))
        put(path, _blocks(place))
        if listed[path] != digest:
            raise ArchiveError(
                "archive-capture",
                "The bytes of a capture are not what its digest says.",
                where=digest,
                todo="Run dadkhah verify on the case and restore the capture from a copy.",
            )
    sums = "".join(f"{found}  {path}\n" for path, found in sorted(listed.items()))
    _write_file(folder / "manifest-sha256.txt", [sums.encode()])


def _write_file(path: Path, blocks: Iterable[bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with path.open("wb") as file:
        for block in blocks:
            found.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return found.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield block


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for row in file:
            yield row.removesuffix(b"\n")


def _read_line(data: bytes, where: str) -> Line:
    found = _LINE.fullmatch(data)
    try:
        commitment, entry, position, body, salt = found.groups() if found else ()
        return Line(
            entry=int(entry),
            position=int(position),
            commitment=bytes.fromhex(commitment.decode()),
            salt=bytes.fromhex(salt.decode()),
            record=canonical.decode(body),
            written=body,
        )
    except (ValueError, RecordError):
        raise VerificationError(
            "archive-line", "This line of the archive cannot be read.", where=where
        ) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(
            "archive-file", "A file of this archive is missing or not text.", where=str(path)
        ) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
