"""Writing an archive beside its place, then moving it there: all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from dadkhah import canonical
from dadkhah.archive.captures import blocks_of, capture_path, take_place, write_file
from dadkhah.archive.lines import Line
from dadkhah.archive.reading import FORMAT
from dadkhah.archive.reading import entries as read_entries
from dadkhah.custody import standalone, tiles
from dadkhah.errors import ArchiveError

__all__ = ["write"]


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
        take_place(growing, folder)


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
        listed[path] = write_file(folder / path, blocks, wait=False)
        advance(path)

    put("archive.json", [canonical.encode({**about, "format": FORMAT}), b"\n"])
    for path, data in extra.items():
        put(path, [data])
    put("log/entries.jsonl", (entry + b"\n" for entry in entries))
    put("log/checkpoint", [checkpoint.encode()])
    put("log/verifier.txt", [verifier.encode(), b"\n"])
    tiles.write_log(
        read_entries(folder),
        lambda path, data: put(f"log/{path}", [data]),
    )
    verifiers = Path(standalone.__file__)
    put("verify.py", [verifiers.read_bytes()])
    put("VERIFY.txt", [verifiers.with_name("VERIFY.txt").read_bytes()])
    for kind, rows in sorted(lines.items()):
        put(f"records/{kind}.jsonl", (line.encode() + b"\n" for line in rows))
    for digest, place in captures:
        path = str(capture_path(Path(), digest))
        put(path, blocks_of(place))
        if listed[path] != digest:
            raise ArchiveError(
                "archive-capture",
                "The bytes of a capture are not what its digest says.",
                where=digest,
                todo="Run dadkhah verify on the case and restore the capture from a copy.",
            )
    sums = "".join(f"{found}  {path}\n" for path, found in sorted(listed.items()))
    write_file(folder / "manifest-sha256.txt", [sums.encode()], wait=False)
