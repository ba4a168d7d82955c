"""What goes into a site as it is: captures whose text is open, fonts, style and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from dadkhah import archive as archives
from dadkhah import canonical
from dadkhah.errors import ArchiveError
from dadkhah.memorial.book import Book
from dadkhah.memorial.ledger import Ledger
from dadkhah.memorial.pages import sources

__all__ = ["copy_what_is_open"]

_COMMENT: Final = re.compile(rb"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(rb"^[ \t]+|\n(?=[ \t]*\n)", re.MULTILINE)


def copy_what_is_open(book: Book, archive: Path, ledger: Ledger) -> None:
    """Put the files that are not made here into a site."""
    for digest, address in sources.files(book).items():
        found = archives.capture_path(archive, digest).read_bytes()
        if canonical.digest(found) != digest:
            raise ArchiveError(
                "memorial-capture",
                "The bytes of a capture are not what its digest says.",
                where=digest,
                todo="Run dadkhah verify on the archive.",
            )
        ledger.put(address, found)
    for place, file in _static(resources.files("dadkhah.memorial").joinpath("static"), "assets"):
        held = file.read_bytes()
        ledger.put(place, _slim(held) if place.endswith((".css", ".js")) else held)


def _slim(data: bytes) -> bytes:
    """Leave out comments and indents: they weigh on a slow connection."""
    return _INDENT.sub(b"", _COMMENT.sub(b"", data)).replace(b";}", b"}").lstrip()


def _static(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        if item.is_dir():
            yield from _static(item, f"{place}/{item.name}")
        else:
            yield f"{place}/{item.name}", item
