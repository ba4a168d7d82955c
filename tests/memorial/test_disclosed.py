"""Nothing undisclosed is in the site: not one secret of the archive, in any file."""

from __future__ import annotations

from pathlib import Path

from dadkhah.memorial import build, disclosed
from dadkhah.records import Person
from tests.memorial import invented, reading


def test_no_secret_of_the_archive_is_in_any_file_of_the_site(archive: Path, site: Path) -> None:
    planted = b"".join(p.read_bytes() for p in archive.rglob("*") if p.is_file())
    assert planted.count(invented.CANARY.encode()) > 60
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert invented.CANARY.encode() not in data, path
            assert b"account:" not in data, path


def test_no_salt_of_the_archive_is_in_any_file_of_the_site(site: Path) -> None:
    salts = set(invented.salts(invented.invented()))
    for path in site.rglob("*.html"):
        assert not any(salt in path.read_text(encoding="utf-8") for salt in salts)


def test_what_is_kept_holds_no_secret_before_a_page_is_made(
    archive: Path, persons: tuple[Person, ...]
) -> None:
    assert invented.CANARY not in repr(disclosed.read(archive, persons))


def test_only_captures_of_open_texts_are_given_out(site: Path) -> None:
    given = {path.read_bytes().decode() for path in (site / "captures").iterdir()}
    assert given == {invented.STATEMENT}


def test_a_lapsed_or_withdrawn_disclosure_lets_nothing_out(archive: Path) -> None:
    held = disclosed.read(archive)
    assert held.open_texts == {invented.identity("statement")}


def test_a_confidential_source_is_shown_without_its_particulars(archive: Path, site: Path) -> None:
    source = disclosed.read(archive).sources[invented.identity("secret")]
    assert (source.title, source.author, source.publisher) == ("", "", "")
    page = (site / f"en/sources/{source.id}.html").read_text(encoding="utf-8")
    assert "A source whose particulars are withheld" in page
    assert "in confidence" in page


def test_what_is_withheld_of_a_person_is_named_and_sensitive_things_are_not(
    archive: Path, persons: tuple[Person, ...]
) -> None:
    held = disclosed.read(archive, persons)
    row = next(p for p in held.people if invented.identity("mention row 1") in p.mentions)
    assert held.withheld[row.id] == ("person.occupation", "sensitive")


def test_a_claim_whose_words_were_erased_is_not_shown(tmp_path: Path) -> None:
    cast = invented.invented()
    cast.records = [
        record
        for record in cast.records
        if record.kind != "passage" or record.source != invented.identity("reply")
    ]
    archive = invented.write(tmp_path / "archive", cast)
    folder = build(archive, tmp_path / "site").folder
    assert "Fewer than 90" not in reading.text(folder / "en/figures.html")
    assert invented.identity("reply") not in disclosed.read(archive).sources


def test_a_list_with_nothing_public_is_not_named_in_the_estimate(archive: Path) -> None:
    run = disclosed.read(archive).run
    assert run is not None
    assert [each["list"] for each in run.result["lists"]] == [invented.identity("list"), "—"]
    assert "overlaps" not in run.result
