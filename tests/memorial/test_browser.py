"""A real browser opens the site from its folder: style, fonts, two clicks, no fault of access."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.memorial import invented
from tests.steps import follow

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
PAGES = (
    "index", "find", "contribute", "data", "method", "verify", "corrections", "days/index",
    "days/g-08-01/index", "people/index", "people/named/index", "people/unnamed/index",
    "people/groups/index", "places/index", "timeline", "figures", "posts", "disagreements/index",
    "sources/index",
)  # fmt: skip


def every_page(site: Path, language: str) -> list[str]:
    """One page of every type."""
    joined = invented.identity("mention row 2")
    kinds = ("people/??/*.html", "places/[0-9a-f]*.html", "sources/[0-9a-f]*.html")
    found = [max((site / language).glob(kind), key=lambda p: p.stat().st_size) for kind in kinds]
    named = [str(path.relative_to(site / language).with_suffix("")) for path in found]
    return [*PAGES, *named, f"people/{joined[:2]}/{joined}"]


def test_a_number_is_followed_to_its_highlighted_words_without_javascript(
    browser: Any, site: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site}/en/index.html")
    follow(page, page.get_by_role("link", name="1,200", exact=True).first)
    chosen = page.locator("mark:target, mark:has(:target)").first
    assert chosen.inner_text() == "about 1,200"
    assert chosen.is_visible()
    assert page.locator("code").first.is_visible()


def test_style_and_fonts_load_from_a_folder_under_the_strict_policy(
    browser: Any, site: Path
) -> None:
    page, told = browser.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("requestfailed", lambda request: told.append(request.url))
    page.goto(f"file://{site}/fa/index.html")
    loaded = page.evaluate("document.fonts.ready.then(f => [...f].map(x => x.status))")
    assert "loaded" in loaded
    assert told == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_page_has_a_fault_of_access_or_runs_over_at_320_pixels(
    browser: Any, site: Path, language: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(
        bypass_csp=True, viewport={"width": 320, "height": 640}, color_scheme=scheme
    ).new_page()
    for name in every_page(site, language):
        page.goto(f"file://{site}/{language}/{name}.html")
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found] == [], name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, name


@pytest.mark.parametrize("language", ["fa", "en"])
def test_letters_of_twice_the_size_cover_nothing_and_run_over_nowhere(
    browser: Any, site: Path, language: str
) -> None:
    page = browser.new_context(viewport={"width": 640, "height": 640}).new_page()
    for name in every_page(site, language):
        page.goto(f"file://{site}/{language}/{name}.html")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, name
        assert page.locator("h1").is_visible(), name


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_first_key_press_reaches_the_way_to_the_content(
    browser: Any, site: Path, language: str
) -> None:
    page = browser.new_page()
    for name in every_page(site, language):
        page.goto(f"file://{site}/{language}/{name}.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.localName") == "main", name


@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_page_is_blocked_by_its_own_policy_or_asks_anybody_else(
    browser: Any, site: Path, language: str
) -> None:
    page, told, asked = browser.new_page(), [], []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for name in every_page(site, language):
        page.goto(f"file://{site}/{language}/{name}.html")
    assert told == []
    assert all(url.startswith(f"file://{site}/") for url in asked)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_reads_in_forced_colours_and_in_print(
    browser: Any, site: Path, language: str
) -> None:
    page = browser.new_context(forced_colors="active").new_page()
    for name in every_page(site, language):
        page.goto(f"file://{site}/{language}/{name}.html")
        assert page.locator("h1").is_visible(), name
        if name != "contribute":
            page.emulate_media(media="print")
            assert page.locator("h1").is_visible(), name
            page.emulate_media(media="screen")


def test_only_the_sheet_and_the_address_of_the_ways_in_are_printed(
    browser: Any, site: Path
) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/en/contribute.html")
    page.emulate_media(media="print")
    assert page.locator(".sheet").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert not page.locator("footer ul").is_visible()


def test_a_name_is_found_with_the_keyboard_alone(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/en/find.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find-text":
            break
    page.keyboard.type("Mina Kuhestani")
    page.keyboard.press("Enter")
    page.locator("#find-list a").first.wait_for()
    page.locator("#find-list a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/**")
    assert page.locator("h1").inner_text() == "Mina Kuhestani"
