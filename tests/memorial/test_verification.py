"""A copy of a site is checked offline, to the last byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dadkhah import canonical
from dadkhah.custody.checkpoints import Checkpoint, sign_checkpoint
from dadkhah.memorial import manifest
from dadkhah.memorial.verification import SENTENCES, verify
from tests.memorial import invented


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "copy"))


def failures(folder: Path) -> dict[int, str]:
    return {check.number: f"{check.code}: {check.where}" for check in verify(folder).failures}


def reseal(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    said = manifest.read(folder)
    change(said)
    said["signer"] = ""
    (folder / manifest.SIGNATURE).unlink(missing_ok=True)
    (folder / manifest.NAME).write_bytes(canonical.encode(said))


def test_a_whole_site_passes_every_check(site: Path) -> None:
    report = verify(site)
    assert report.passed
    assert [check.number for check in report.checks] == list(SENTENCES)


def test_a_single_altered_byte_of_any_file_is_found(copy: Path) -> None:
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    for path in files:
        data = path.read_bytes()
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        assert failures(copy), path
        path.write_bytes(data)
    assert verify(copy).passed


def test_the_altered_page_is_named(copy: Path) -> None:
    page = copy / "en/figures.html"
    page.write_bytes(page.read_bytes().replace(b"1,200", b"1,100"))
    assert failures(copy) == {22: "site-file-changed: en/figures.html"}


def test_an_added_and_a_missing_file_are_named(copy: Path) -> None:
    (copy / "en/extra.html").write_text("x", encoding="utf-8")
    assert failures(copy)[22] == "site-file-added: en/extra.html"
    (copy / "en/extra.html").unlink()
    (copy / "fa/posts.html").unlink()
    assert failures(copy)[22] == "site-file-missing: fa/posts.html"


def test_a_link_that_leads_out_of_the_folder_is_no_file_of_the_site(copy: Path) -> None:
    page = copy / "en/posts.html"
    page.rename(copy.parent / "elsewhere.html")
    page.symlink_to(copy.parent / "elsewhere.html")
    assert failures(copy)[22] == "site-file-changed: en/posts.html"


def test_the_listing_for_sha256sum_must_say_the_same(copy: Path) -> None:
    listing = copy / manifest.LISTING
    listing.write_bytes(listing.read_bytes() + b"\n")
    assert failures(copy)[23] == f"site-listing-differs: {manifest.LISTING}"


def test_a_manifest_that_is_not_canonical_stops_the_check(copy: Path) -> None:
    path = copy / manifest.NAME
    path.write_bytes(path.read_bytes() + b"\n")
    assert failures(copy) == {21: "canonical-form: site.json"}
    path.write_bytes(b"{}")
    assert failures(copy) == {21: "site-manifest: site.json"}
    path.write_bytes(b"{")
    assert list(failures(copy)) == [21]


def test_a_checkpoint_of_another_state_of_the_log_is_refused(copy: Path) -> None:
    other = sign_checkpoint(
        Checkpoint(origin=invented.ORIGIN, size=1, root=bytes(32)), invented.SIGNER
    )
    (copy / "log/checkpoint").write_text(other, encoding="utf-8")
    assert failures(copy)[24] == "site-checkpoint-other: log/checkpoint"
    (copy / "log/checkpoint").unlink()
    assert failures(copy)[24] == "site-checkpoint-missing: log"


def test_a_checkpoint_that_nobody_signed_is_refused(copy: Path) -> None:
    note = (copy / "log/checkpoint").read_text(encoding="utf-8")
    (copy / "log/checkpoint").write_text(note.replace("example.org", "example.net"), "utf-8")
    assert 24 in failures(copy)


def test_a_capture_under_a_name_that_is_not_its_digest_is_found(copy: Path) -> None:
    address = next((copy / "captures").iterdir()).relative_to(copy).as_posix()

    def swap(said: dict[str, object]) -> None:
        said["captures"] = {"0" * 64: address}

    reseal(copy, swap)
    assert failures(copy) == {25: f"site-capture-digest: {address}"}
    reseal(copy, lambda said: said.update(captures={}))
    assert failures(copy) == {25: f"site-capture-unnamed: {address}"}


def test_sha256sum_finds_the_same(copy: Path) -> None:
    rows = (copy / manifest.LISTING).read_text(encoding="utf-8").splitlines()
    for row in rows:
        digest, _, path = row.partition("  ")
        assert canonical.digest((copy / path).read_bytes()) == digest
