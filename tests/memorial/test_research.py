"""Data for researchers and feeds: the same as the pages, in forms that others read."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from dadkhah.memorial import research
from tests.memorial import invented, reading


def one(site: Path, name: str) -> str:
    (path,) = site.glob(f"data/{name}")
    return path.read_text(encoding="utf-8")


def lines(site: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in one(site, name).splitlines()]


def test_conflicting_claims_stand_on_lines_of_their_own(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(one(site, "claims.csv"))))
    person = invented.identity("mention row 0")
    dates = {r["value"] for r in rows if r["person"] == person and "death_date" in r["predicate"]}
    assert dates == {"1988-08-01", "1988-08-23"}


def test_every_person_on_the_pages_is_in_every_file(site: Path) -> None:
    pages = {p.stem for p in site.glob("en/people/??/*.html")}
    for name in ("people.jsonl", "people.ftm.json"):
        ids = {str(each["id"]) for each in lines(site, name)}
        assert ids
        assert ids <= pages
    table = {row["person"] for row in csv.DictReader(io.StringIO(one(site, "people.csv")))}
    assert table == {str(each["id"]) for each in lines(site, "people.jsonl")}


def test_entities_are_those_of_follow_the_money(site: Path) -> None:
    held = {str(e["id"]): e for e in lines(site, "people.ftm.json")}
    entity = held[invented.identity("mention row 0")]
    assert entity["schema"] == "Person"
    properties = entity["properties"]
    assert isinstance(properties, dict)
    assert properties["name"] == ["دارا سپهری", "Dara Sepehri"]
    assert properties["deathDate"] == ["1988-08-01", "1988-08-23"]


def test_a_page_says_in_json_ld_what_the_bulk_file_says(site: Path) -> None:
    bulk = {json.dumps(each, sort_keys=True) for each in lines(site, "people.jsonld")}
    person = invented.identity("mention row 0")
    node = reading.tree(site / f"fa/people/{person[:2]}/{person}.html").css_first(
        'script[type="application/ld+json"]'
    )
    assert node is not None
    said = json.loads(node.text())
    assert said["deathDate"] == ["1988-08-01", "1988-08-23"]
    assert json.dumps(said, sort_keys=True) in bulk


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    (block,) = research._table(("a",), [("=HYPERLINK()",), ("+1",), ("plain",), (None,)])
    assert block.decode() == "a\n'=HYPERLINK()\n'+1\nplain\n\"\"\n"


def test_the_atom_feed_is_well_formed_and_names_the_edition(site: Path) -> None:
    feed = ET.fromstring((site / "fa/feed.atom").read_bytes())  # noqa: S314 — our own bytes
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:updated", namespaces=space) == "2026-03-21T00:00:00Z"
    assert feed.findall("a:entry", space)


def test_every_line_of_a_calendar_is_short_and_every_event_whole(site: Path) -> None:
    for path in site.glob("??/days-*.ics"):
        data = path.read_bytes()
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert data.count(b"BEGIN:VEVENT") == data.count(b"END:VEVENT") > 0
        unfolded = data.decode().replace("\r\n ", "")
        assert "Dara Sepehri" in unfolded or "دارا سپهری" in unfolded


def test_a_solar_day_comes_on_its_gregorian_day_of_each_year(site: Path) -> None:
    text = (site / "en/days-solar-hijri.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    text = re.sub(r"\n ", "", text)
    event = text.split("UID:s-05-10@")[1].split("END:VEVENT")[0]
    assert "20260801" in event


def test_the_page_names_each_file_with_its_digest(site: Path) -> None:
    page = reading.text(site / "en/data.html")
    for name in research.FILES:
        assert name in page
