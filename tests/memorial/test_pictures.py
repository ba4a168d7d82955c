"""A portrait leaves as pixels only, with a reason, a disclosure of its own, and words for it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from dadkhah.errors import ArchiveError
from dadkhah.memorial import build
from dadkhah.memorial.pictures import MOST_BYTES
from dadkhah.records import Capture, Mention
from tests.memorial import invented, reading
from tests.memorial.invented import CANARY, identity, secret
from tests.memorial.test_building import bytes_of

SEEN = "A young man in front of a wall"
WHY = "His family asked for it."


def photograph() -> bytes:
    """A picture with a position, a camera, a comment and a profile inside."""
    picture = Image.radial_gradient("L").resize((1600, 1200)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = secret("camera")
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (35.0, 47.0, 12.0)
    out = io.BytesIO()
    picture.save(
        out, "JPEG", exif=exif, comment=secret("comment").encode(),
        icc_profile=secret("profile").encode(),
    )  # fmt: skip
    return out.getvalue()


def with_picture(
    folder: Path, data: bytes, *, written: str = SEEN, basis: str = WHY, let_out: bool = True
) -> Path:
    cast = invented.invented()
    source, _ = cast.source("album", "album\n", title="An album", author="The family")
    digest = hashlib.sha256(data).hexdigest()
    cast.bytes[digest] = data
    cast.add(Capture(id=digest, source=source.id, size_bytes=len(data), media_type="image/jpeg"))
    row = next(r for r in cast.records if r.id == identity("mention row 1"))
    assert isinstance(row, Mention)
    passage = next(r for r in cast.records if r.id == row.passage)
    claim = cast.claim(row, passage, "person.portrait", written, digest, basis=basis)
    # a rule lets no portrait out, however wide: each is let out by its own id
    cast.add(invented._disclosure("wide", sources=(row.source,), predicates=("person.portrait",)))
    if let_out:
        cast.add(invented._disclosure("portrait", claims=(claim.id,)))
    return invented.write(folder / "archive", cast)


def test_a_portrait_is_shown_with_its_words_and_its_reason(tmp_path: Path) -> None:
    site = build(with_picture(tmp_path, photograph()), tmp_path / "site").folder
    person = identity("mention row 1")
    page = reading.tree(site / f"en/people/{person[:2]}/{person}.html")
    (image,) = page.css("img")
    assert image.attributes["alt"] == SEEN
    assert image.attributes["loading"] == "lazy"
    assert WHY in page.text()
    assert hashlib.sha256(photograph()).hexdigest() not in page.css_first("main").text()


def test_nothing_but_pixels_leaves(tmp_path: Path) -> None:
    site = build(with_picture(tmp_path, photograph()), tmp_path / "site").folder
    (file,) = (site / "pictures").iterdir()
    data = file.read_bytes()
    assert len(data) <= MOST_BYTES
    for mark in (CANARY.encode(), b"Exif", b"ICC_PROFILE", b"http", b"Photoshop"):
        assert mark not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                     "progressive", "progression"}  # fmt: skip
        assert picture.size == (360, 480), "turned as the camera was held"
    assert photograph() not in [p.read_bytes() for p in site.rglob("*") if p.is_file()]


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    archive = with_picture(tmp_path, photograph())
    one, two = (build(archive, tmp_path / name).folder for name in ("one", "two"))
    assert bytes_of(one) == bytes_of(two)


def test_a_rule_never_lets_a_portrait_out(tmp_path: Path) -> None:
    site = build(with_picture(tmp_path, photograph(), let_out=False), tmp_path / "site").folder
    assert not (site / "pictures").exists()


@pytest.mark.parametrize(("written", "basis"), [(" ", WHY), (SEEN, "")])
def test_a_picture_without_words_or_reason_stops_the_build(
    tmp_path: Path, written: str, basis: str
) -> None:
    archive = with_picture(tmp_path, photograph(), written=written, basis=basis)
    with pytest.raises(ArchiveError) as caught:
        build(archive, tmp_path / "site")
    assert caught.value.code == "memorial-picture-words"
    assert not (tmp_path / "site").exists()


def bomb() -> bytes:
    """A small file that would unfold into very many pixels."""
    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    return out.getvalue()


def polyglot() -> bytes:
    """A picture with a page of HTML inside and behind it."""
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", f"<script>{CANARY}</script>")
    Image.new("RGB", (20, 20), "white").save(out, "PNG", pnginfo=info)
    return out.getvalue() + f"<html><script>{CANARY}</script>".encode()


@pytest.mark.parametrize("data", [b"<svg onload='x'/>", b"not a picture", bomb()])
def test_what_is_no_harmless_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ArchiveError) as caught:
        build(with_picture(tmp_path, data), tmp_path / "site")
    assert caught.value.code == "memorial-picture"


def test_a_file_that_is_two_things_leaves_as_one(tmp_path: Path) -> None:
    site = build(with_picture(tmp_path, polyglot()), tmp_path / "site").folder
    (file,) = (site / "pictures").iterdir()
    assert CANARY.encode() not in file.read_bytes()
