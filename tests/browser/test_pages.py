"""The pages in a real browser: no barrier that axe can find, no overflow, nothing blocked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.screenshots import addresses, sign_in
from tests.browser.serve import PASSWORD, USER
from tests.steps import follow

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def opened(browser: Any, base: str, language: str, **settings: Any) -> Any:
    """Open a page in one language, signed in."""
    context = browser.new_context(**settings)
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    page = context.new_page()
    sign_in(page, base, USER, PASSWORD)
    return page


@pytest.fixture(scope="module", params=["en-light", "fa-dark"])
def page(request: Any, browser: Any, base: str) -> Iterator[Any]:
    """A signed-in page; both languages, both colour schemes."""
    language, _, scheme = request.param.partition("-")
    found = opened(browser, base, language, color_scheme=scheme)
    yield found
    found.context.close()


def test_axe_finds_no_barrier_on_any_page(page: Any, base: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    barriers = []
    for name, address in [*addresses(page, base), ("sign-in", f"{base}/accounts/sign-in/")]:
        page.goto(address)
        page.wait_for_load_state()
        found = Axe().run(page, options=RULES).response["violations"]
        barriers += [(name, v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]
    assert barriers == []


def test_no_page_is_wider_than_a_narrow_phone(page: Any, base: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for name, address in addresses(page, base):
        page.goto(address)
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > 320:
            wide.append((name, across))
    assert wide == []


def test_nothing_is_blocked_and_nobody_else_is_asked(page: Any, base: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    for _, address in addresses(page, base):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert complaints == []
    assert {url for url in asked if not url.startswith((base, "data:"))} == set()


def test_the_first_key_press_reaches_the_way_to_the_content(page: Any, base: str) -> None:
    page.goto(f"{base}/people/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_searching_while_typing_keeps_the_address(browser: Any, base: str) -> None:
    page = opened(browser, base, "en")
    page.goto(f"{base}/people/")
    page.fill("#id_q", "محمد رهگشا")
    page.wait_for_url("**/people/?q=*")
    assert page.locator("#found .name").first.inner_text() == "Mohammad Rahgosha"
    assert page.locator("#found #found").count() == 0
    page.context.close()


def test_every_way_through_the_pages_works_without_scripts(browser: Any, base: str) -> None:
    page = opened(browser, base, "en", java_script_enabled=False)
    page.goto(f"{base}/people/?q=Muhammad")
    follow(page, ".people .name >> nth=0")
    follow(page, ".values .meta a >> nth=0")
    assert "claim=" in page.url
    assert page.locator(".chosen-claim .digest").count() == 1
    follow(page, ".tools button >> text=فارسی")
    assert page.locator("html[dir=rtl]").count() == 1
    assert "claim=" in page.url
    page.context.close()
