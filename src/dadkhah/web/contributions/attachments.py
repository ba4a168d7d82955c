"""Pictures and papers that come with a contribution: looked at first, opened only as derivatives.

What a file is, is read from its bytes and never from its name. Of a picture a new one is drawn
from the pixels alone, so that no place, device, thumbnail, comment or second format travels on.
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps
from PIL import __version__ as pillow_version

from dadkhah.errors import SourceError

__all__ = ["LARGEST_BYTES", "MOST", "TOOL", "TOOL_VERSION", "Attachment", "look", "redrawn"]

MOST: Final = 4
LARGEST_BYTES: Final = 8 << 20
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 1600
QUALITY: Final = 82
TOOL: Final = "dadkhah.contributions.redrawn"
TOOL_VERSION: Final = f"1 (Pillow {pillow_version})"
PICTURES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# a telephone's JPEG with further pictures behind the first, of which nothing is drawn
FORMATS: Final = {**PICTURES, "MPO": "image/jpeg"}
# what Pillow's readers raise on bytes that were made, or fell, to be no picture
BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombWarning, Image.DecompressionBombError,
)  # fmt: skip
PAPER: Final = "application/pdf"
PLAIN: Final = "text/plain"
TAIL_BYTES: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that may be kept: its bytes, what they are, and the picture drawn anew from it."""

    data: bytes
    media_type: str
    derivative: bytes = b""


def look(data: bytes) -> Attachment:
    """Say what a file is, and draw its picture anew where it is one.

    Raises:
        SourceError: attachment-size, attachment-kind, attachment-picture.
    """
    if not data or len(data) > LARGEST_BYTES:
        raise SourceError(
            "attachment-size",
            "This file is empty or larger than 8 MB.",
            todo="Send a smaller copy, or write how we can get the large one.",
        )
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-TAIL_BYTES:]:
        return Attachment(data=data, media_type=PAPER)
    if _is_picture(data):
        return _picture(data)
    if _is_plain(data):
        return Attachment(data=data, media_type=PLAIN)
    raise SourceError(
        "attachment-kind",
        "This is not a kind of file that can be taken here.",
        todo="Send a picture (JPEG, PNG, WebP), a PDF or plain text.",
    )


def redrawn(data: bytes) -> bytes:
    """Draw a picture anew from its pixels: upright, at most 1600 across, without anything else.

    Raises:
        SourceError: attachment-picture when it cannot be drawn, or is a bomb.
    """
    return _picture(data).derivative


def _picture(data: bytes) -> Attachment:
    try:
        with _bombs_are_refused():
            return _drawn(data)
    except BROKEN as error:
        raise SourceError(
            "attachment-picture",
            "This picture cannot be opened safely.",
            todo="Save it anew as JPEG or PNG, not larger than 40 million points, and send that.",
        ) from error


@contextlib.contextmanager
def _bombs_are_refused() -> Iterator[None]:
    """Let Pillow refuse a bomb instead of warning of it; what else it warns of is not drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _drawn(data: bytes) -> Attachment:
    with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as opened:
        kind = FORMATS[str(opened.format)]
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("more points than are drawn here")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = _upright(opened)
        small = _without_transparency(upright)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # a new canvas: nothing but the pixels comes along
    canvas = Image.new("RGB", small.size)
    canvas.paste(small)
    stream = io.BytesIO()
    canvas.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return Attachment(data=data, media_type=kind, derivative=stream.getvalue())


def _upright(opened: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held, where that can be read."""
    try:
        return ImageOps.exif_transpose(opened)
    except BROKEN:
        return opened


def _without_transparency(picture: Any) -> Any:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("RGB")
    return picture.convert("RGB")


def _is_picture(data: bytes) -> bool:
    try:
        with _bombs_are_refused(), Image.open(io.BytesIO(data), formats=tuple(PICTURES)):
            return True
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return True
    except BROKEN:
        return False


def _is_plain(data: bytes) -> bool:
    """Say whether bytes are plain text in UTF-8: no control but tabs and line breaks, no markup."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return False
    return all(letter >= " " or letter in "\t\r\n" for letter in text)
