"""A mirror proves itself offline by the case's key; one file holds the whole site."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from dadkhah import canonical
from dadkhah.custody.report import Report
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.errors import ArchiveError
from dadkhah.memorial import Site, build, manifest
from dadkhah.memorial.packing import pack, unpacked
from dadkhah.memorial.verification import verify
from tests.memorial import invented
from tests.memorial.test_building import bytes_of

KEY = verifier_text(invented.SIGNER.verifier)
OTHER = LogSigner(name=invented.ORIGIN, seed=bytes(32))


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "copy"))


def verified(file: Path) -> Report:
    with unpacked(file) as folder:
        return verify(folder)


def codes(folder: Path, key: str = "") -> dict[int, str]:
    return {check.number: check.where for check in verify(folder, key).failures}


def test_a_mirror_is_proved_with_the_key_that_came_by_another_way(built: Site) -> None:
    assert built.signed
    assert verify(built.folder, KEY).passed


def test_a_forger_who_alters_a_page_and_the_lists_is_found_by_the_signature(copy: Path) -> None:
    page = copy / "en/figures.html"
    page.write_bytes(page.read_bytes().replace(b"1,200", b"1,100"))
    said = manifest.read(copy)
    said["files"]["en/figures.html"] = canonical.digest(page.read_bytes())
    rows = sorted((p, d) for p, d in said["files"].items() if p != manifest.LISTING)
    listing = "".join(f"{found}  {path}\n" for path, found in rows).encode()
    (copy / manifest.LISTING).write_bytes(listing)
    said["files"][manifest.LISTING] = canonical.digest(listing)
    (copy / manifest.NAME).write_bytes(canonical.encode(said))
    assert codes(copy) == {26: "site.sig"}


def test_a_site_signed_by_another_key_is_refused_where_the_key_is_known(copy: Path) -> None:
    (copy / "log/verifier.txt").write_text(verifier_text(OTHER.verifier) + "\n", encoding="utf-8")
    assert 26 in codes(copy, KEY) or 22 in codes(copy, KEY)
    assert 26 in codes(copy, verifier_text(OTHER.verifier))


def test_a_signature_that_was_taken_away_is_missed(copy: Path) -> None:
    (copy / manifest.SIGNATURE).unlink()
    assert list(codes(copy)) == [26]


def test_a_site_that_was_never_signed_is_whole_but_proves_nothing_to_a_key(
    archive: Path, tmp_path: Path
) -> None:
    folder = build(archive, tmp_path / "site").folder
    assert verify(folder).passed
    assert list(codes(folder, KEY)) == [26]


def test_one_file_holds_the_whole_site_and_is_the_same_bytes(site: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.zip", tmp_path / "other.zip"
    assert pack(site, first) == pack(site, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as packed:
        packed.extractall(tmp_path / "out")
    assert bytes_of(tmp_path / "out" / "memorial") == bytes_of(site)
    assert verify(tmp_path / "out" / "memorial", KEY).passed


def test_a_pack_never_overwrites_and_packs_only_sites(site: Path, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_bytes(b"mine")
    with pytest.raises(ArchiveError) as caught:
        pack(site, tmp_path / "there.zip")
    assert caught.value.code == "memorial-pack-exists"
    with pytest.raises(ArchiveError) as caught:
        pack(tmp_path, tmp_path / "new.zip")
    assert caught.value.code == "memorial-not-a-site"


def test_a_pack_is_verified_as_it_is_and_an_altered_byte_in_it_is_found(
    site: Path, tmp_path: Path
) -> None:
    pack(site, tmp_path / "site.zip")
    assert verified(tmp_path / "site.zip").passed
    with zipfile.ZipFile(tmp_path / "site.zip") as whole:
        held = {name: whole.read(name) for name in whole.namelist()}
    held["memorial/en/index.html"] += b" "
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for name, data in held.items():
            other.writestr(name, data)
    found = verified(tmp_path / "other.zip")
    assert [(each.number, each.where) for each in found.failures] == [(22, "en/index.html")]


@pytest.mark.parametrize(
    "names",
    [
        ["../out.html"], ["/etc/x"], ["memorial/../../x"], ["a/x", "b/x"], ["x"],
        ["memorial/a\\..\\x"], ["memorial/./x"], ["memorial//x"], [],
    ],
)  # fmt: skip
def test_a_pack_that_would_write_elsewhere_is_refused(tmp_path: Path, names: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "trap.zip", "w") as trap:
        for name in names:
            trap.writestr(name, b"x")
    with pytest.raises(ArchiveError) as caught, unpacked(tmp_path / "trap.zip"):
        pass
    assert caught.value.code == "memorial-pack-shape"
    assert [each.name for each in tmp_path.iterdir()] == ["trap.zip"]


def test_a_pack_larger_than_the_room_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("memorial/x", b"0" * 1000)
    data = bytearray(file.read_bytes())
    place = data.index(b"PK\x01\x02") + 24  # the size that the directory claims
    data[place : place + 4] = b"\xfe\xff\xff\xff"
    file.write_bytes(data)
    with pytest.raises(ArchiveError) as caught, unpacked(file):
        pass
    assert caught.value.code in {"memorial-pack-broken", "memorial-pack-room"}


def test_a_pack_of_which_a_part_is_missing_is_called_broken(site: Path, tmp_path: Path) -> None:
    pack(site, tmp_path / "site.zip")
    data = bytearray((tmp_path / "site.zip").read_bytes())
    third = len(data) // 3
    data[third : third + 200] = bytes(200)
    (tmp_path / "site.zip").write_bytes(data)
    with pytest.raises(ArchiveError) as caught:
        verified(tmp_path / "site.zip")
    assert caught.value.code == "memorial-pack-broken"
