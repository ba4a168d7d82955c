"""What had been public and was changed stays told of, and its address still answers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from dadkhah.memorial import build
from dadkhah.memorial.pages import changes
from dadkhah.records import Claim
from tests.memorial import invented, reading


def claim_of(cast: invented.Cast, mention: str, predicate: str) -> Claim:
    found = [r for r in cast.records if isinstance(r, Claim) and r.predicate == predicate]
    return next(c for c in found if c.mention == invented.identity(f"mention {mention}"))


def corrected(folder: Path) -> Path:
    """One value corrected, one claim withdrawn, one person withdrawn whole, one rule ended."""
    cast = invented.invented()
    date = claim_of(cast, "row 1", "person.death_date")
    place = claim_of(cast, "row 0", "person.detention_place")
    looked_at = claim_of(cast, "row 2", "person.name")
    never = claim_of(cast, "row 1", "person.occupation")
    gone = [c for c in cast.records if isinstance(c, Claim)]
    gone = [c for c in gone if c.mention == invented.identity("mention row 3")]
    rule = next(r for r in cast.records if r.id == invented.identity("disclosure reply"))
    cast.add(
        dataclasses.replace(date, written="1367-05-13", value="1988-08-04"),
        dataclasses.replace(place, status="withdrawn"),
        dataclasses.replace(looked_at, flags=("seen",)),
        dataclasses.replace(never, status="withdrawn"),
        *(dataclasses.replace(claim, status="withdrawn") for claim in gone),
        dataclasses.replace(rule, withdrawn=True),
    )
    archive = invented.write(folder / "archive", cast)
    return build(archive, folder / "site").folder


def test_a_corrected_value_stands_beside_the_old_one(tmp_path: Path) -> None:
    page = reading.text(corrected(tmp_path) / "en/corrections.html")
    assert "3 August 1988" in page
    assert "4 August 1988" in page
    assert "was corrected." in page


def test_a_withdrawn_value_is_told_of_and_not_told_again(tmp_path: Path) -> None:
    page = " ".join(reading.text(corrected(tmp_path) / "en/corrections.html").split())
    assert "Place of detention was withdrawn." in page
    assert "سنگاب" not in page


def test_what_was_never_public_leaves_no_trace(tmp_path: Path) -> None:
    site = corrected(tmp_path)
    page = reading.text(site / "en/corrections.html")
    assert "Occupation" not in page
    assert invented.CANARY not in page


def test_a_review_is_no_correction(tmp_path: Path) -> None:
    page = reading.tree(corrected(tmp_path) / "en/corrections.html")
    told = [node.text() for node in page.css("ol.changes > li")]
    assert not any("Name was corrected" in each for each in told)


def test_an_ended_permission_is_told_with_its_count(tmp_path: Path) -> None:
    page = reading.text(corrected(tmp_path) / "en/corrections.html")
    assert "A permission to publish was withdrawn; 2 statements went with it." in page


def test_the_page_of_a_withdrawn_person_still_answers(tmp_path: Path) -> None:
    site, mention = corrected(tmp_path), invented.identity("mention row 3")
    page = site / f"en/people/{mention[:2]}/{mention}.html"
    assert "A record that was withdrawn" in reading.text(page)
    assert "Sangab" not in reading.text(page)


def test_the_page_of_an_entry_that_was_joined_leads_on(site: Path) -> None:
    mention, person = (invented.identity(f"mention row {n}") for n in (2, 0))
    page = site / f"fa/people/{mention[:2]}/{mention}.html"
    doors = [node.attributes["href"] for node in reading.tree(page).css("main a")]
    assert any(str(door).endswith(f"{person}.html") for door in doors)


def test_nothing_corrected_says_so(site: Path) -> None:
    assert "Nothing that had been public was changed" in reading.text(site / "en/corrections.html")


def test_a_feed_leads_to_the_page_on_which_a_correction_stands() -> None:
    assert changes.address("en", 99) == "en/corrections.html"
    assert changes.address("fa", 100) == "fa/corrections-2.html"
