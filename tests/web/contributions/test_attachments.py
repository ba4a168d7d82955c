"""Files from strangers: looked at first, opened only as derivatives, traps refused."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.web.contributions.conftest import form_of, number_in

from dadkhah import archive
from dadkhah.errors import SourceError
from dadkhah.web.contributions import attachments
from dadkhah.web.contributions.models import Contribution
from dadkhah.web.sources.models import Capture

PLACE = "canary-place-32.6546N"


def picture(kind: str = "JPEG", **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), (120, 90, 60)).save(stream, kind, **more)
    return stream.getvalue()


def located() -> bytes:
    """A photograph that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = PLACE
    exif.get_ifd(0x8825)[2] = (32.0, 39.0, 16.0)
    return picture(exif=exif)


def photograph() -> SimpleUploadedFile:
    return SimpleUploadedFile("my name.jpg", located(), "image/jpeg")


def bomb() -> bytes:
    """A PNG of a few thousand bytes that would unfold to 900 million points."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4000)

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"\0" * 50_000_000)
    return stream.getvalue()


def test_the_picture_drawn_anew_says_neither_place_nor_device() -> None:
    found = attachments.look(located())
    assert found.media_type == "image/jpeg"
    assert PLACE.encode() not in found.derivative
    assert b"Exif" not in found.derivative
    with Image.open(io.BytesIO(found.derivative)) as drawn:
        assert dict(drawn.getexif()) == {}


def test_a_polyglot_loses_its_second_face() -> None:
    found = attachments.look(picture() + b"<script>alert(1)</script>" + zip_bomb()[:200])
    assert found.media_type == "image/jpeg"
    assert b"script" not in found.derivative
    assert b"PK" not in found.derivative[-400:]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_are_drawn_as_jpeg(kind: str) -> None:
    found = attachments.look(picture(kind))
    assert found.derivative.startswith(b"\xff\xd8")


def test_a_telephone_s_picture_of_several_is_taken_as_its_first() -> None:
    other = Image.new("RGB", (400, 300), (10, 200, 60))
    found = attachments.look(picture("MPO", save_all=True, append_images=[other]))
    assert found.media_type == "image/jpeg"
    with Image.open(io.BytesIO(found.derivative)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (400, 300))


@settings(max_examples=60)
@given(places=st.lists(st.integers(0, 600), min_size=1, max_size=8), byte=st.integers(0, 255))
def test_whatever_befell_a_file_it_is_taken_or_refused(places: list[int], byte: int) -> None:
    data = bytearray(located())
    for place in places:
        data[place % len(data)] = byte
    drawn = b""
    with contextlib.suppress(SourceError):
        drawn = attachments.look(bytes(data)).derivative
    assert PLACE.encode() not in drawn


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(), "attachment-picture"),
        (picture()[:-60], "attachment-picture"),
        (zip_bomb(), "attachment-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "attachment-kind"),
        (b"\xef\xbb\xbf <html><script>alert(1)</script>", "attachment-kind"),
        (b"MZ\x90\x00\x03", "attachment-kind"),
        (picture("GIF"), "attachment-kind"),
        (b"", "attachment-size"),
        (b"x" * (attachments.LARGEST_BYTES + 1), "attachment-size"),
    ],
)
def test_traps_are_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as refused:
        attachments.look(data)
    assert refused.value.code == code


def test_the_original_is_kept_to_the_byte_and_never_handed_out(
    send: Callable[..., Any], first: Client, case: Path
) -> None:
    number = number_in(send(files=[photograph()]))
    original = Capture.objects.get(pk=Contribution.objects.get(pk=number).files[0])
    assert archive.capture_path(case, original.pk).read_bytes() == located()
    drawn = Capture.objects.get(parent=original)
    assert (drawn.tool, drawn.media_type) == (attachments.TOOL, "image/jpeg")
    first.post(f"/contributions/{number}/accept/", {"about": "whole"})
    for digest in (original.pk, *_letters(number)):
        assert first.get(f"/sources/captures/{digest}/").status_code == 404
    answer = first.get(f"/contributions/drawn/{drawn.pk}/")
    assert PLACE.encode() not in b"".join(answer.streaming_content)
    assert first.get(f"/contributions/drawn/{original.pk}/").status_code == 404


def test_a_refused_file_leaves_no_byte_and_loses_no_word(sender: Client, case: Path) -> None:
    before = sorted(archive.capture_paths(case))
    trap = SimpleUploadedFile("a.jpg", bomb(), "image/jpeg")
    form = form_of(sender, words="What I want to tell.", files=[trap])
    answer = sender.post("/contribute/", form)
    assert answer.status_code == 422
    assert "What I want to tell." in answer.content.decode()
    assert sorted(archive.capture_paths(case)) == before


def test_the_name_of_a_file_is_kept_nowhere(send: Callable[..., Any], case: Path) -> None:
    from tests.web.contributions.test_withdrawing import dump

    send(files=[photograph()])
    assert "my name" not in dump()


def _letters(number: str) -> list[str]:
    exchange = Contribution.objects.get(pk=number).exchange
    return [said["capture"] for said in exchange]
