"""What kind of file was received, by its content first and its name second."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from dadkhah.errors import SourceError
from dadkhah.sources import encoding

__all__ = ["CSV", "HTML", "TEXT", "XLSX", "is_table", "recognise"]

TEXT: Final = "text/plain"
HTML: Final = "text/html"
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEAD_BYTES: Final = 8192

_BY_NAME: Final = {
    "": TEXT, "txt": TEXT, "text": TEXT, "md": TEXT,
    "csv": CSV, "tsv": CSV, "tab": CSV,
    "htm": HTML, "html": HTML, "xhtml": HTML,
    "xlsx": XLSX, "xlsm": XLSX,
}  # fmt: skip

# First bytes of files that are kept safe by others but not read here.
_KNOWN: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.xls or .doc)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a recording"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "a rich text file"),
)
_FILM: Final = re.compile(rb"\A.{4}ftyp", re.DOTALL)
_HTML: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--.*?-->\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.DOTALL | re.IGNORECASE,
)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def recognise(name: str, data: bytes | Path) -> str:
    """Name the media type of a received file.

    Content decides; the name decides only between kinds of text. Nothing past the first
    kilobytes is read, but for the list of contents of a workbook.

    Args:
        name: the file's name as given; only its ending is used.
        data: the bytes, or where they are.

    Returns: one of TEXT, HTML, CSV, XLSX.

    Raises:
        SourceError: empty, a binary under a text's name, a kind that dadkhah does not read.
    """
    head, size = _head(data)
    ending = Path(name).suffix.lstrip(".").lower()
    if size == 0:
        raise SourceError(
            "source-empty",
            "This file is empty.",
            where=name,
            todo="Get the file again from where it came; an empty file is no evidence.",
        )
    if head.startswith(b"PK\x03\x04"):
        return _workbook(name, ending, data)
    _refuse_known(name, head)
    _refuse_binary(name, ending, head)
    return _text_kind(name, ending, head)


def is_table(media_type: str) -> bool:
    """Say whether a media type is read row by row."""
    return media_type in (CSV, XLSX)


def _head(data: bytes | Path) -> tuple[bytes, int]:
    if isinstance(data, Path):
        with data.open("rb") as file:
            return file.read(HEAD_BYTES), data.stat().st_size
    return data[:HEAD_BYTES], len(data)


def _workbook(name: str, ending: str, data: bytes | Path) -> str:
    if ending and ending in _BY_NAME and _BY_NAME[ending] is not XLSX:
        raise _misnamed(name, ending, "a zip archive or an Office file")
    opened: IO[bytes] | Path = BytesIO(data) if isinstance(data, bytes) else data
    try:
        with zipfile.ZipFile(opened) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, ValueError):
        raise SourceError(
            "workbook-broken",
            "This file begins like a workbook but cannot be opened.",
            where=name,
            todo="Get the file again; it may have been cut off on its way.",
        ) from None
    if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
        return XLSX
    raise _unread(name, "a zip archive or an Office file that is no .xlsx workbook")


def _refuse_known(name: str, head: bytes) -> None:
    known = next((what for mark, what in _KNOWN if head.startswith(mark)), "")
    if known == "a program" and not _CONTROL.search(head):
        known = ""
    if known or _FILM.match(head):
        ending = Path(name).suffix.lstrip(".").lower()
        what = known or "a film or recording"
        raise _misnamed(name, ending, what) if ending in _BY_NAME else _unread(name, what)


def _refuse_binary(name: str, ending: str, head: bytes) -> None:
    if head.startswith(_UTF16_MARKS) or not _CONTROL.search(head) or _utf16_like(head):
        return
    raise _misnamed(name, ending, "not text")


def _utf16_like(head: bytes) -> bool:
    if b"\0" not in head:
        return False
    try:
        encoding.detect(head[: len(head) & ~1])
    except SourceError:
        return False
    return True


def _text_kind(name: str, ending: str, head: bytes) -> str:
    plain = head.replace(b"\0", b"") if b"\0" in head else head
    if _HTML.match(plain.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return HTML
    if ending not in _BY_NAME:
        raise _unread(name, f"a file of kind .{ending}")
    kind = _BY_NAME[ending]
    if kind is XLSX:
        raise _misnamed(name, ending, "not a workbook but text")
    return kind


def _misnamed(name: str, ending: str, what: str) -> SourceError:
    label = f"This file is named .{ending}" if ending else "This file"
    verb = " but is" if ending else " is"
    return SourceError(
        "source-binary",
        f"{label}{verb} {what}.",
        where=name,
        todo="Check where it came from; give it the ending of what it is, or get it again.",
    )


def _unread(name: str, what: str) -> SourceError:
    return SourceError(
        "source-kind",
        f"This is {what}, which dadkhah does not read.",
        where=name,
        todo="Text, HTML, CSV and XLSX are read; add a copy in one of these beside the original.",
    )
