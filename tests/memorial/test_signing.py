"""A mirror proves itself offline by the case's key; one file holds the whole site."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from dadkhah import canonical
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.errors import ArchiveError
from dadkhah.memorial import Site, build, manifest
from dadkhah.memorial.packing import pack
from dadkhah.memorial.verification import verify
from tests.memorial import invented
from tests.memorial.test_building import bytes_of

KEY = verifier_text(invented.SIGNER.verifier)
OTHER = LogSigner(name=invented.ORIGIN, seed=bytes(32))


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "copy"))


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
