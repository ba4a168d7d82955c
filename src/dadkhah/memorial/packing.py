"""One file to hand on: a site as a zip archive that is the same bytes for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from dadkhah.errors import ArchiveError
from dadkhah.memorial import manifest

__all__ = ["pack"]

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
STORED: Final = (".woff2", ".bin", ".jpg", ".png", ".webp")
PLAIN: Final = 0o644 << 16


def pack(folder: Path, file: Path) -> int:
    """Write a site as one zip file, beside its place first; give its size in bytes.

    Names in order, no time, no owner, one way of compressing: the same site gives the same bytes
    with the same version of zlib. The file is opened by any system; index.html lies in a folder.

    Raises:
        ArchiveError: memorial-not-a-site, memorial-pack-exists.
    """
    if not manifest.is_site(folder):
        raise ArchiveError("memorial-not-a-site", "This folder is no site.", where=str(folder))
    if file.exists():
        raise ArchiveError(
            "memorial-pack-exists",
            "There is a file at this place already.",
            where=str(file),
            todo="Give another name, or remove it.",
        )
    top = "SIMULATED-memorial" if manifest.read(folder).get("simulated") else "memorial"
    growing = file.with_name(f".{file.name}.growing")
    with zipfile.ZipFile(growing, "w", strict_timestamps=True) as packed:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            _add(packed, path, f"{top}/{path.relative_to(folder).as_posix()}")
    growing.replace(file)
    return file.stat().st_size


def _add(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    row = zipfile.ZipInfo(name, date_time=EPOCH)
    row.create_system = 3
    row.external_attr = PLAIN
    row.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    with path.open("rb") as file:
        packed.writestr(row, file.read(), compresslevel=9)
