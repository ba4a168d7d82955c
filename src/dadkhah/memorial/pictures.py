"""Portraits and letters: derivatives without metadata, each with a reason, a disclosure and words.

A picture is a claim, `person.portrait` or `person.letter`: its value is the SHA-256 of a capture,
its written words say what is to be seen, for whoever cannot see it, and its basis says why it may
be shown. Both predicates are sensitive, so that a disclosure lets each out by its own id.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from dadkhah import archive as archives
from dadkhah.errors import ArchiveError
from dadkhah.memorial.disclosed import Disclosed
from dadkhah.records import SIMULATED, Claim

__all__ = ["KINDS", "Picture", "make"]

KINDS: Final = ("person.portrait", "person.letter")
SIDES: Final = {"person.portrait": 480, "person.letter": 1000}
MOST_PIXELS: Final = 60_000_000
MOST_BYTES: Final = 60_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
# what Pillow's readers raise on bytes that are no picture, or no longer one
BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombWarning, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A derivative: where it lies, its size in pixels, and its bytes until they are written."""

    address: str
    width: int
    height: int
    data: bytes


def make(held: Disclosed, archive: Path) -> Iterator[tuple[str, Picture]]:
    """Make the derivative of every picture that was let out: (claim id, picture).

    Raises:
        ArchiveError: memorial-picture-words without words or a reason; memorial-picture when the
            bytes are missing, altered, too large, or no picture.
    """
    for kind in KINDS:
        for claim in held.claims.by("predicate").get(kind):
            yield claim.id, _derive(claim, archive, simulated=held.case.simulated)


def _derive(claim: Claim, archive: Path, *, simulated: bool) -> Picture:
    if not claim.written.strip() or not claim.basis.strip():
        raise ArchiveError(
            "memorial-picture-words",
            "A picture is shown only with words that say what is to be seen, and a stated reason.",
            where=claim.id,
            todo="Write what is to be seen into the claim, and into its basis why it may be shown.",
        )
    size = SIDES[claim.predicate]
    data, width, height = _plain(_bytes(archive, claim), size, claim.id)
    mark = f".{SIMULATED}" if simulated else ""
    address = f"pictures/{hashlib.sha256(data).hexdigest()[:32]}{mark}.jpg"
    return Picture(address=address, width=width, height=height, data=data)


def _bytes(archive: Path, claim: Claim) -> bytes:
    digest = str(claim.value)
    try:
        data = archives.capture_path(archive, digest).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise _refusal(claim.id, "The bytes of this picture are not in the archive.")
    return data


def _refusal(claim: str, what: str) -> ArchiveError:
    return ArchiveError(
        "memorial-picture", what, where=claim, todo="Withdraw its disclosure, or restore the bytes."
    )


def _plain(data: bytes, side: int, claim: str) -> tuple[bytes, int, int]:
    """Draw a picture anew, smaller, with nothing but its pixels; the same bytes for the same."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _refusal(claim, "This picture has too many pixels.")
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except BROKEN:
        raise _refusal(claim, "This capture is no picture that can be read.") from None
    upright.thumbnail((side, side))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    return _within_weight(bare), *bare.size


def _within_weight(picture: Image.Image) -> bytes:
    """Write JPEG at the best quality that stays small enough."""
    for quality in (82, 70, 58, 45, 30):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
