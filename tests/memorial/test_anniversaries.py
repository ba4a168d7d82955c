"""Days of remembrance in three calendars; the browser's today is Python's."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest

from dadkhah.dates import to_lunar_hijri, to_solar_hijri
from dadkhah.memorial import anniversaries, build
from dadkhah.records import Claim
from tests.memorial import invented, reading
from tests.steps import follow

CHROMIUM = Path("/usr/bin/chromium")


def keys(day: datetime.date) -> list[str]:
    _, month, date = to_solar_hijri(day)
    _, moon, night = to_lunar_hijri(day)
    return [
        f"s-{month:02}-{date:02}", f"g-{day.month:02}-{day.day:02}", f"l-{moon:02}-{night:02}"
    ]  # fmt: skip


def test_a_person_stands_on_both_days_that_sources_give(site: Path) -> None:
    for key in ("g-08-01", "g-08-23", "s-05-10", "s-06-01"):
        assert "Dara Sepehri" in reading.text(site / f"en/days/{key}/index.html")


def test_a_day_that_no_calendar_has_stops_no_build(tmp_path: Path) -> None:
    cast = invented.invented()
    dates = [r for r in cast.records if isinstance(r, Claim) and r.predicate == "person.death_date"]
    for place, value in enumerate(("1988-02-31", "0000-08-01")):
        cast.add(dataclasses.replace(dates[place], value=value))
    site = build(invented.write(tmp_path / "archive", cast), tmp_path / "site").folder
    held = {path.name for path in (site / "en/days").iterdir() if path.is_dir()}
    assert not held & {"g-02-31", "s-12-12"}


def test_all_days_are_listed_without_javascript(site: Path) -> None:
    page = reading.tree(site / "fa/days/index.html")
    assert len(page.css("main section")) == len(anniversaries.CALENDARS)
    assert any(node.text() == "۱۰ مرداد" for node in page.css("main a"))


def test_a_date_that_is_not_a_day_is_on_no_day(site: Path) -> None:
    held = {path.name for path in (site / "en/days").iterdir() if path.is_dir()}
    assert "s-04-01" not in held  # "the summer of 1367" of an act


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_the_browser_counts_days_as_python_does(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/en/index.html")
    days = [datetime.date(1988, 7, 1) + datetime.timedelta(days=29 * n) for n in range(900)]
    found = page.evaluate(
        "days => days.map(day => dadkhahToday(...day))", [[d.year, d.month, d.day] for d in days]
    )
    assert found == [keys(day) for day in days]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_the_first_page_shows_today_when_somebody_is_remembered(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time(datetime.datetime(2026, 8, 1, 12, tzinfo=datetime.UTC))
    page.goto(f"file://{site}/fa/index.html")
    page.locator("#today a").first.wait_for()
    assert "۱ اوت" in page.locator("#today").inner_text()
    follow(page, page.locator("#today a").first)
    assert "دارا سپهری" in page.locator("main").inner_text()
