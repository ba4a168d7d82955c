"""One received file, recognised, decoded and read."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dadkhah.errors import SourceError
from dadkhah.sources import encoding as encodings
from dadkhah.sources import kinds, tables
from dadkhah.sources.derived import DerivedText
from dadkhah.sources.encoding import Decoded
from dadkhah.sources.readers import html, text
from dadkhah.sources.rows import Table

__all__ = ["LINE_BYTES", "TEXT_BYTES", "Reading", "read"]

TEXT_BYTES: Final = 64 << 20
"""Most bytes of a running text; a longer one is no page or book."""
LINE_BYTES: Final = 8 << 20
"""Most bytes of one line of a running text."""
CHUNK_BYTES: Final = 1 << 20
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file holds.

    For running text, `decoded` and `derived`, with the `tool` and version that a derived capture
    names; for a table, `table`. `encoding` is empty for a workbook.
    """

    media_type: str
    encoding: str = ""
    had_bom: bool = False
    decoded: Decoded | None = None
    derived: DerivedText | None = None
    table: Table | None = None
    tool: str = ""
    tool_version: str = ""


def read(data: bytes | Path, name: str, *, sheet: str = "", formulas: str = "refuse") -> Reading:
    """Read one received file.

    Args:
        data: the bytes, or where they are (better for large tables).
        name: the file's name as given; only its ending and messages use it.
        sheet, formulas: for a table; see `tables.rows`.

    Raises:
        SourceError: empty, not what its name says, of a kind or an encoding that is not read, past
            the limits.
        TableError: a table whose shape cannot be trusted.
    """
    media_type = kinds.recognise(name, data)
    if kinds.is_table(media_type):
        table = tables.rows(data, media_type, sheet=sheet, formulas=formulas, name=name)
        return Reading(media_type=media_type, encoding=table.encoding, table=table)
    content = _bounded(data, name)
    declared = _declared(content) if media_type == kinds.HTML else ""
    decoded = encodings.decode(content, declared=declared, name=name)
    reader = html if media_type == kinds.HTML else text
    return Reading(
        media_type=media_type,
        encoding=decoded.encoding,
        had_bom=decoded.had_bom,
        decoded=decoded,
        derived=reader.derive(decoded),
        tool=reader.TOOL,
        tool_version=reader.VERSION,
    )


def _bounded(data: bytes | Path, name: str) -> bytes:
    """Give the bytes of a running text; a line or file past the limits stops it as it is met."""
    held: list[bytes] = []
    offset, line_start, line = 0, 0, 1
    with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            newest = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            if newest >= 0:
                line, line_start = line + piece.count(b"\n"), offset + newest + 1
            offset += len(piece)
            if offset - line_start > LINE_BYTES:
                raise _past("source-line-length", f"A line is longer than {LINE_BYTES} bytes.",
                            f"{name}, line {line}, from byte {line_start}")  # fmt: skip
            if offset > TEXT_BYTES:
                raise _past("source-size", f"This text is longer than {TEXT_BYTES} bytes.", name)
            held.append(piece)
    return b"".join(held)


def _past(code: str, what: str, where: str) -> SourceError:
    return SourceError(
        code,
        what,
        where=where,
        todo="Check that this is a text; if it is, divide it where its parts begin.",
    )


def _declared(content: bytes) -> str:
    found = _DECLARED.search(content[:4096])
    return found.group(1).decode("ascii").lower() if found else ""
