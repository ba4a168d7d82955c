"""One file to hand on: a site as a zip archive, the same bytes for the same site; and unpacked."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from dadkhah.errors import ArchiveError
from dadkhah.memorial import manifest

__all__ = ["pack", "refuse_taken", "unpacked"]

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
STORED: Final = (".woff2", ".bin", ".jpg", ".png", ".webp")
PLAIN: Final = 0o644 << 16
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


def refuse_taken(file: Path) -> None:
    """Refuse a place where something lies; asked before a site is built, it saves the building.

    Raises:
        ArchiveError: memorial-pack-exists.
    """
    if file.exists():
        raise ArchiveError(
            "memorial-pack-exists",
            "There is a file at this place already.",
            where=str(file),
            todo="Give another name, or remove it.",
        )


def pack(folder: Path, file: Path) -> int:
    """Write a site as one zip file, beside its place first; give its size in bytes.

    Names in order, no time, no owner, one way of compressing: the same site gives the same bytes
    with the same version of zlib. The file is opened by any system; index.html lies in a folder.

    Raises:
        ArchiveError: memorial-not-a-site, memorial-pack-exists.
    """
    if not manifest.is_site(folder):
        raise ArchiveError("memorial-not-a-site", "This folder is no site.", where=str(folder))
    refuse_taken(file)
    top = "SIMULATED-memorial" if manifest.read(folder).get("simulated") else "memorial"
    growing = file.with_name(f".{file.name}.growing")
    with zipfile.ZipFile(growing, "w", strict_timestamps=True) as packed:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            _add(packed, path, f"{top}/{path.relative_to(folder).as_posix()}")
    growing.replace(file)
    return file.stat().st_size


@contextlib.contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """Unpack a site for as long as it is looked at; give its folder.

    Nothing is written outside that folder, whatever the file says, and no more than there is room
    for: a file of another shape than `pack` gives is refused before a byte of it is unpacked.

    Raises:
        ArchiveError: memorial-pack-broken, memorial-pack-shape, memorial-pack-room.
    """
    with tempfile.TemporaryDirectory(prefix="dadkhah-pack-") as room:
        try:
            with zipfile.ZipFile(file) as packed:
                rows = [row for row in packed.infolist() if not row.is_dir()]
                top = _top(rows, file)
                _require_room(rows, Path(room), file)
                for row in rows:
                    _unpack(packed, row, Path(room))
        except BROKEN:
            raise ArchiveError(
                "memorial-pack-broken",
                "This file is broken: not all of it can be unpacked.",
                where=file.name,
                todo="Get it again; compare its size and digest with another copy.",
            ) from None
        yield Path(room) / top


def _top(rows: list[zipfile.ZipInfo], file: Path) -> str:
    """Give the one folder that all files of a pack lie in."""
    names = [row.filename for row in rows]
    parts = [PurePosixPath(name).parts for name in names]
    tops = {each[0] for each in parts if each}
    safe = all(
        len(each) > 1
        and not {"..", "."} & set(name.split("/"))
        and not set("\\:\0") & set(name)
        and "/".join(each) == name
        for each, name in zip(parts, names, strict=True)
    )
    if len(tops) != 1 or not safe or len(set(names)) != len(names):
        raise ArchiveError(
            "memorial-pack-shape",
            "This file is no packed memorial: its files do not lie in one folder, each once.",
            where=file.name,
            todo="Do not unpack it. Get the memorial from another copy.",
        )
    return tops.pop()


def _require_room(rows: list[zipfile.ZipInfo], room: Path, file: Path) -> None:
    if sum(row.file_size for row in rows) > shutil.disk_usage(room).free // 2:
        raise ArchiveError(
            "memorial-pack-room",
            "There is not enough room to unpack this file and look at it.",
            where=file.name,
            todo="Make room where temporary files lie, or set TMPDIR to another place.",
        )


def _unpack(packed: zipfile.ZipFile, row: zipfile.ZipInfo, room: Path) -> None:
    place = room / row.filename
    place.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(row) as held, place.open("xb") as file:
        shutil.copyfileobj(held, file)  # never more than the size that room was asked for
    if place.stat().st_size != row.file_size:
        raise zipfile.BadZipFile(row.filename)


def _add(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    row = zipfile.ZipInfo(name, date_time=EPOCH)
    row.create_system = 3
    row.external_attr = PLAIN
    row.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    with path.open("rb") as file:
        packed.writestr(row, file.read(), compresslevel=9)
