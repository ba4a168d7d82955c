"""A real browser opens the site from its folder: style, fonts, two clicks, no fault of access."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]
PAGES = ("index", "figures", "timeline", "posts", "people/index", "sources/index", "verify")


def test_a_number_is_followed_to_its_highlighted_words_without_javascript(
    browser: Any, site: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site}/en/index.html")
    page.get_by_role("link", name="1,200", exact=True).first.click()
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


@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_page_has_a_fault_of_access_or_runs_over_at_320_pixels(
    browser: Any, site: Path, language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 640}).new_page()
    for name in PAGES:
        page.goto(f"file://{site}/{language}/{name}.html")
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found] == [], name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, name
