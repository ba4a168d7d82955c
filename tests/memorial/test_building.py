"""The whole site: same bytes, whole links, one step into place, both languages."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dadkhah.errors import AccessError, ArchiveError
from dadkhah.memorial import build
from dadkhah.memorial.rendering import POLICY
from dadkhah.records import Disclosure, Person
from tests.memorial import invented, reading


def bytes_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_archive_gives_the_same_bytes(
    archive: Path, persons: tuple[Person, ...], site: Path, tmp_path: Path
) -> None:
    again = build(archive, tmp_path / "again", persons=persons, signer=invented.SIGNER)
    assert bytes_of(again.folder) == bytes_of(site)


def test_another_machine_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    """Another order of sets, another clock, another language and another folder change nothing."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(archive, elsewhere / "archive")
    code = "from pathlib import Path; from dadkhah.memorial import build; "
    code += "build(Path('archive'), Path('site'))"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=elsewhere, check=True,
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tehran", "LC_ALL": "C"},
    )  # fmt: skip
    assert bytes_of(elsewhere / "site") == bytes_of(build(archive, tmp_path / "here").folder)


def test_every_link_leads_to_a_file_and_a_place_in_the_site(site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for page in reading.pages(site):
        for node, target, place in reading.links(page):
            assert target.is_relative_to(site.resolve()), node.html
            assert target.is_file(), f"{page}: {node.html}"
            if place:
                if target not in ids:
                    found = reading.tree(target).css("[id]")
                    ids[target] = {str(each.attributes["id"]) for each in found}
                assert place in ids[target], f"{page}: {node.html}"


def test_no_page_has_anything_inline_or_another_host(site: Path) -> None:
    for page in reading.pages(site):
        tree, data = reading.tree(page), page.read_text(encoding="utf-8")
        assert not tree.css("iframe, img:not([alt]), style, [style], [onclick], form[action]")
        for script in tree.css("script:not([src])"):
            assert script.attributes["type"] == "application/ld+json"
        data = data.replace('"@context":"https://schema.org"', "")
        policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None
        assert policy.attributes["content"] == POLICY.format("'none'")
        assert "http://" not in data
        assert "https://" not in data


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for page in reading.pages(site):
        ids = [node.attributes["id"] for node in reading.tree(page).css("[id]")]
        assert len(ids) == len(set(ids)), page


def test_every_page_begins_with_the_way_to_the_main_content(site: Path) -> None:
    for page in reading.pages(site):
        tree = reading.tree(page)
        first = tree.css_first("body a")
        assert first is not None
        assert first.attributes["href"] == "#main"
        assert len(tree.css("main#main")) == len(tree.css("h1")) == 1
    english = reading.tree(site / "en/index.html").css_first("a.skip")
    assert english is not None
    assert english.text() == "Skip to main content"


def test_both_languages_have_the_same_pages_and_their_own_direction(site: Path) -> None:
    persian = {str(p.relative_to(site / "fa")) for p in reading.pages(site / "fa")}
    english = {str(p.relative_to(site / "en")) for p in reading.pages(site / "en")}
    assert persian == english
    html = reading.tree(site / "fa/index.html").css_first("html")
    assert html is not None
    assert html.attributes == {"lang": "fa", "dir": "rtl"}


def test_a_simulated_case_says_so_on_every_page_and_file_it_names(tmp_path: Path) -> None:
    archive = invented.write(tmp_path / "archive", invented.invented(simulated=True))
    folder = build(archive, tmp_path / "site").folder
    for page in reading.pages(folder):
        banner = reading.tree(page).css_first("p.simulated")
        assert banner is not None, page
        assert "SIMULATED" in banner.text() or "شبیه‌سازی‌شده" in banner.text()
    assert (folder / "README.txt").read_text(encoding="utf-8").startswith("SIMULATED")
    assert b'"simulated":"SIMULATED"' in (folder / "site.json").read_bytes()
    assert all("SIMULATED" in path.name for path in (folder / "captures").iterdir())


def test_a_real_case_never_says_simulated(site: Path) -> None:
    assert not any(reading.tree(page).css("p.simulated") for page in reading.pages(site))


def test_a_folder_that_is_not_a_memorial_is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ArchiveError) as caught:
        build(archive, tmp_path)
    assert caught.value.code == "memorial-not-ours"
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_an_older_memorial_is_replaced_whole(archive: Path, site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    (folder / "en/left-over.html").write_text("old", encoding="utf-8")
    build(archive, folder)
    assert not (folder / "en/left-over.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_fails_leaves_the_older_memorial(site: Path, tmp_path: Path) -> None:
    cast = invented.invented()
    cast.add(Disclosure(id=invented.identity("x"), by="a", reviewed_by="a", at="", ground="x"))
    archive = invented.write(tmp_path / "archive", cast)
    folder = tmp_path / "out" / "site"
    shutil.copytree(site, folder)
    before = bytes_of(folder)
    with pytest.raises(AccessError) as caught:
        build(archive, folder)
    assert caught.value.code == "disclosure-alone"
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_an_archive_without_a_case_is_refused(tmp_path: Path) -> None:
    cast = invented.invented()
    cast.records = [record for record in cast.records if record.kind != "case"]
    with pytest.raises(ArchiveError) as caught:
        build(invented.write(tmp_path / "archive", cast), tmp_path / "site")
    assert caught.value.code == "memorial-no-case"


def test_an_archive_with_an_empty_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        build(invented.write(tmp_path / "archive", invented.Cast()), tmp_path / "site")
    assert caught.value.code == "memorial-empty"


def test_a_capture_that_is_not_what_its_digest_says_is_never_given_out(tmp_path: Path) -> None:
    archive = invented.write(tmp_path / "archive", invented.invented())
    for path in (archive / "captures").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(ArchiveError) as caught:
        build(archive, tmp_path / "site")
    assert caught.value.code == "memorial-capture"
