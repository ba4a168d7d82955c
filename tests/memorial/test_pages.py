"""What each page tells, in both languages."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from dadkhah.memorial import build
from dadkhah.records import Claim, Mention, Passage
from tests.memorial import invented, reading


def test_conflicting_dates_stand_side_by_side(site: Path) -> None:
    person, _ = reading.follow(site / "en/people/index.html", "Dara Sepehri")
    page = reading.text(person)
    assert "Sources disagree" in page
    assert "1 August 1988" in page
    assert "23 August 1988" in page
    assert "Dara Sepehri" in reading.text(site / "en/disagreements/index.html")


def test_a_person_is_called_in_the_page_s_script_where_a_source_gives_it(site: Path) -> None:
    name = f"people/{invented.identity('mention row 0')[:2]}/{invented.identity('mention row 0')}"
    for language, called in (("fa", "دارا سپهری"), ("en", "Dara Sepehri")):
        heading = reading.tree(site / f"{language}/{name}.html").css_first("h1")
        assert heading is not None
        assert heading.text(strip=True) == called


def test_a_persian_page_never_makes_up_a_persian_spelling(site: Path) -> None:
    assert "Mina Kuhestani" in reading.text(site / "fa/people/index.html")


def test_people_without_a_name_are_counted_and_not_on_the_wall(site: Path) -> None:
    page = reading.text(site / "en/people/unnamed/index.html")
    # one row says "Unknown"
    assert "1 person" in page
    assert "Unknown" not in reading.text(site / "en/people/index.html")


def test_a_person_whose_name_is_withheld_is_shown_as_that(site: Path) -> None:
    assert "A person whose name is withheld" in reading.text(site / "en/people/index.html")


def test_a_holder_of_a_post_is_not_on_the_wall_of_names(site: Path) -> None:
    assert "Karim Arvand" not in reading.text(site / "fa/people/index.html")
    assert "Karim Arvand" in reading.text(site / "fa/people/named/index.html")


def test_withheld_shows_as_withheld(site: Path) -> None:
    person, _ = reading.follow(site / "en/people/index.html", "Mina Kuhestani")
    page = reading.text(person)
    assert "Withheld" in page
    assert "Occupation" in page
    assert "details of a sensitive kind" in page
    assert "Father" not in page


def test_figures_stand_apart_by_kind_and_a_denial_is_marked(site: Path) -> None:
    page = reading.tree(site / "en/figures.html")
    estimated = page.css_first("section.kind-estimated")
    assert estimated is not None
    assert "1,200" in estimated.text()
    unknown = page.css_first("section.kind-unknown")
    assert unknown is not None
    assert "denied" in unknown.text()
    assert page.css_first("svg[role=img][aria-label]") is not None


def test_a_refusal_is_shown_with_its_reasons(site: Path) -> None:
    assert "Two lists are too few." in reading.text(site / "en/figures.html")
    assert "دو فهرست کم است." in reading.text(site / "fa/figures.html")
    assert "A list that is not public" in reading.text(site / "en/figures.html")


def test_dates_are_solar_hijri_on_a_persian_page_and_gregorian_on_an_english_one(
    site: Path,
) -> None:
    assert "۶ مرداد ۱۳۶۷" in reading.text(site / "fa/timeline.html")
    assert "28 July 1988" in reading.text(site / "en/timeline.html")


def test_markup_in_a_record_is_shown_as_text(site: Path) -> None:
    page = site / "en/sources/index.html"
    assert "Statement <b>of</b> the families" in reading.text(page)
    assert not reading.tree(page).css("b")


def test_text_in_another_language_says_its_language_and_direction(site: Path) -> None:
    person, _ = reading.follow(site / "en/people/index.html", "Dara Sepehri")
    assert reading.tree(person).css('[lang="fa"][dir="rtl"]')


def test_a_post_in_the_time_of_the_case_says_how_surely(site: Path) -> None:
    page = reading.tree(site / "en/posts.html").css_first("section[aria-labelledby=then]")
    assert page is not None
    assert "Karim Arvand" in page.text()
    assert "surely" in page.text() or "possibly" in page.text()


def test_every_person_place_and_source_leads_to_a_way_to_contribute(site: Path) -> None:
    for page, ul in (("people", "wall"), ("places", "index"), ("sources", "sources")):
        first = reading.tree(site / f"fa/{page}/index.html").css_first(f"main ul.{ul} a")
        assert first is not None
        where = site / f"fa/{page}" / str(first.attributes["href"])
        door = reading.tree(where.resolve()).css_first("p.contribute a")
        assert door is not None, where
        assert str(door.attributes["href"]).endswith("contribute.html")


def test_a_place_that_a_person_is_connected_with_leads_to_its_own_page(site: Path) -> None:
    person, _ = reading.follow(site / "en/people/index.html", "Mina Kuhestani")
    place, _ = reading.follow(person, "about this place")
    assert place.parent == site / "en/places"
    assert "Mina Kuhestani" in reading.text(place)
    assert "about this place" not in reading.text(place)


def test_one_is_counted_in_the_singular(site: Path) -> None:
    assert "On 1 point sources disagree." in reading.text(site / "en/index.html")
    assert "1 people" not in reading.text(site / "en/places/index.html")


def statuses(folder: Path, *wanted: str) -> str:
    """Give the page of a person whose claims have these statuses, in order."""
    cast = invented.invented()
    mention = invented.identity("mention row 0")
    claims = [r for r in cast.records if isinstance(r, Claim) and r.mention == mention]
    cast.add(*(dataclasses.replace(c, status=s) for c, s in zip(claims[:3], wanted, strict=True)))
    site = build(invented.write(folder / "archive", cast), folder / "site").folder
    return (site / f"en/people/{mention[:2]}/{mention}.html").read_text(encoding="utf-8")


def test_where_nobody_reviewed_anything_the_page_says_so_once(tmp_path: Path) -> None:
    page = statuses(tmp_path, "unreviewed", "unreviewed", "unreviewed")
    assert page.count("reviewed by a person") == 1
    assert "Nothing on this page has been reviewed" in page


def test_where_some_was_reviewed_each_that_was_not_says_so(tmp_path: Path) -> None:
    page = statuses(tmp_path, "accepted", "unreviewed", "unreviewed")
    assert page.count("not yet reviewed by a person") == 2


def test_a_claim_that_somebody_found_in_conflict_says_that(tmp_path: Path) -> None:
    page = statuses(tmp_path, "accepted", "conflict", "accepted")
    assert page.count("in conflict") == 1
    assert "not yet reviewed" not in page


def pointed_at(folder: Path, predicate: str) -> reading.HTMLParser:
    """Give the page of a person whom an act names."""
    cast = invented.invented()
    passage = next(r for r in cast.records if isinstance(r, Passage) and "act" not in r.id)
    person, act = invented.identity("mention row 0"), cast.mention("act", passage, "deed")
    claim = cast.claim(act, passage, predicate, "Karim", target=person)
    cast.add(invented._disclosure("deed", claims=(claim.id,)))
    site = build(invented.write(folder / "archive", cast), folder / "site").folder
    return reading.tree(site / f"en/people/{person[:2]}/{person}.html")


def test_a_victim_of_an_act_is_never_shown_as_alleged_to_have_a_part_in_it(tmp_path: Path) -> None:
    page = pointed_at(tmp_path, "act.victim")
    assert page.css_first("section[aria-labelledby=alleged]") is None
    section = page.css_first("section[aria-labelledby=named-in]")
    assert section is not None
    assert "Victim" in section.text()
    doors = [node.attributes["href"] or "" for node in section.css("a.leads")]
    assert [door.partition("#")[0].endswith("timeline.html") for door in doors] == [True]


def test_who_is_named_as_having_a_part_is_shown_under_what_is_alleged(tmp_path: Path) -> None:
    page = pointed_at(tmp_path, "act.involvement")
    assert page.css_first("section[aria-labelledby=alleged]") is not None
    assert page.css_first("section[aria-labelledby=named-in]") is None


def test_a_group_without_names_is_linked_with_whoever_of_it_is_named_and_never_added(
    tmp_path: Path,
) -> None:
    cast = invented.invented()
    passage = next(r for r in cast.records if isinstance(r, Passage))
    group = cast.mention("group", passage, "fourteen")
    member = next(r for r in cast.records if r.id == invented.identity("mention row 1"))
    assert isinstance(member, Mention)
    claims = (
        cast.claim(group, passage, "group.name", "14 from Tabriz", "14 from Tabriz"),
        cast.claim(group, passage, "group.size", "14", {"low": 14, "high": 14}),
        cast.claim(member, passage, "person.member_of", "of the 14", target=group.id),
    )
    cast.add(invented._disclosure("group", claims=tuple(claim.id for claim in claims)))
    alone = build(invented.write(tmp_path / "without", invented.invented()), tmp_path / "a").folder
    grouped = build(invented.write(tmp_path / "with", cast), tmp_path / "b").folder
    page = grouped / "en/people/groups/index.html"
    assert "14 from Tabriz" in reading.text(page)
    person, _ = reading.follow(page, "Mina Kuhestani")
    assert person.stem == member.id
    door = reading.tree(page).css_first("p.contribute code")
    assert door is not None
    assert door.text() == f"group:{group.id}"
    named, before = (
        re.search(r"\d+ people are named here", reading.text(each / "en/index.html"))
        for each in (grouped, alone)
    )
    assert named is not None
    assert before is not None
    assert named.group() == before.group()
