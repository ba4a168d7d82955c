"""In a real browser: somebody sends a memory, two officers decide, all read, it is taken back.

Both languages, with and without scripts, by picture, question, computation and keyboard alone.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.screenshots import sign_in
from tests.browser.serve import PASSWORD, USER
from tests.browser.test_pages import RULES
from tests.steps import follow

from dadkhah.web.contributions import tickets

pytestmark = pytest.mark.browser
SERVE = Path(__file__).parent / "serve.py"
SECRET = secrets.token_hex(24)
SECOND = """
import django; django.setup()
from dadkhah.web.accounts.models import Account
Account.objects.create_user(username="second", password="{password}", role="editor")
"""
WRONG = {"en": "The answer was not right", "fa": "پاسخ درست نبود"}
NOT_VERIFIED = {"en": "contributed, not verified", "fa": "راستی‌آزمایی‌نشده"}
MEMORY = {
    "en": "The snow lay until March.\n\nSee https://example.org/snow and ask me@example.org.",
    "fa": "برف تا فروردین ماند.\n\nنگاه کنید: https://example.org/barf و me@example.org.",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the invented case is served, with two officers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("contributing")
    env = {**os.environ, "DADKHAH_CASE": str(folder), "DADKHAH_SECRET_KEY": SECRET}
    command = [sys.executable, str(SERVE), str(folder), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline().strip() == "ready"
            env["DJANGO_SETTINGS_MODULE"] = "dadkhah.web.settings"
            code = SECOND.format(password=PASSWORD)
            subprocess.run([sys.executable, "-c", code], env=env, check=True)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(autouse=True)
def same_secret(settings: Any) -> None:
    """Let this test read the server's tickets, as a person reads the picture."""
    settings.SECRET_KEY = SECRET


def digits(page: Any) -> str:
    """Read the digits of the picture on a page."""
    ticket = tickets.opened(page.locator("input[name=ticket]").input_value())
    assert ticket is not None
    return ticket.digits


def fill(page: Any, room: str, language: str, about: str = "whole") -> None:
    page.goto(f"{room}/contribute/?about={about}&lang={language}")
    page.fill("#id_words", MEMORY[language] + f"\n{secrets.token_hex(4)}")


def officer(browser: Any, room: str, name: str) -> Any:
    context = browser.new_context()
    context.add_cookies([{"name": "django_language", "value": "en", "url": room}])
    page = context.new_page()
    sign_in(page, room, name, PASSWORD)
    return page


def decide(browser: Any, room: str, number: str) -> None:
    """One officer accepts, another publishes."""
    page = officer(browser, room, USER)
    page.goto(f"{room}/contributions/{number}/")
    follow(page, "form[action$='/accept/'] button")
    assert page.locator("form[action$='/publish/']").count() == 0
    page.context.close()
    page = officer(browser, room, "second")
    page.goto(f"{room}/contributions/")
    follow(page, f"a:has-text('{number}')")
    page.fill("#ground", "It was sent to be read.")
    follow(page, "form[action$='/publish/'] button")
    assert page.locator("form[action$='/retract/']").count() == 1
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_from_a_wrong_answer_to_a_tombstone(
    browser: Any, room: str, language: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    fill(page, room, language)
    typed = page.input_value("#id_words")
    page.fill("#id_answer", "000000" if digits(page) != "000000" else "111111")
    follow(page, "form.contribute button:not([type=button])")
    assert WRONG[language] in page.locator("[role=alert]").inner_text()
    assert page.input_value("#id_words") == typed

    if scripts:
        page.click(".proof button")
        page.wait_for_selector("input[name=proof]:not([value=''])", state="attached")
    else:
        assert not page.locator(".proof").is_visible()
        page.fill("#id_answer", digits(page))
    follow(page, "form.contribute button:not([type=button])")
    receipt = page.locator("#receipt").inner_text()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", receipt)
    number = page.locator("main p > code").last.inner_text()

    page.goto(f"{room}/contribute/published/?lang={language}")
    assert number not in page.content()
    decide(browser, room, number)
    page.goto(f"{room}/contribute/published/?lang={language}")
    article = page.locator("article", has=page.locator(f"a[href*='{number}']"))
    assert NOT_VERIFIED[language] in article.inner_text()
    link = article.locator(".said a").first
    assert link.get_attribute("rel") == "nofollow noopener ugc"
    assert "me@example.org" not in article.inner_text()

    page.goto(f"{room}/contribute/receipt/?lang={language}")
    page.fill("#id_code", receipt.lower())
    follow(page, "form button")
    assert "me@example.org" in page.locator(".letter").inner_text()
    page.check("#id_sure")
    follow(page, "form[action$='/withdraw/'] button")
    page.goto(f"{room}/contribute/published/?lang={language}")
    assert number not in page.content()
    page.goto(f"{room}/contribute/{number}/?lang={language}")
    assert page.locator(".tombstone").count() == 1
    context.close()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_question_in_words_lets_in_too(browser: Any, room: str, language: str) -> None:
    from dadkhah.web.contributions import questions

    page = browser.new_page(java_script_enabled=False)
    fill(page, room, language)
    ticket = tickets.opened(page.input_value("input[name=ticket]"))
    assert ticket is not None
    asked = questions.ask(ticket, language)
    assert asked.written in page.locator("#gate").inner_text()
    page.fill("#id_reply", str(asked.answer))
    follow(page, "form.contribute button:not([type=button])")
    assert page.locator("#receipt").count() == 1
    page.close()


def test_the_keyboard_alone_is_enough(browser: Any, room: str) -> None:
    page = browser.new_page()
    page.goto(f"{room}/contribute/?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.id")
        if where == "id_words":
            page.keyboard.type("Written by keyboard alone.")
        if where == "id_answer":
            page.keyboard.type(digits(page))
            page.keyboard.press("Enter")
            break
    page.wait_for_selector("#receipt")
    page.close()


def addresses(browser: Any, room: str) -> list[tuple[str, str]]:
    """Give every page of contributions, the error page of the form left to its own test."""
    page = browser.new_page()
    fill(page, room, "en")
    page.fill("#id_answer", digits(page))
    follow(page, "form.contribute button:not([type=button])")
    number = page.locator("main p > code").last.inner_text()
    page.close()
    decide(browser, room, number)
    return [
        ("form", "/contribute/"),
        ("rules", "/contribute/rules/"),
        ("receipt", "/contribute/receipt/"),
        ("published", "/contribute/published/"),
        ("corrections", "/contribute/corrections/"),
        ("one", f"/contribute/{number}/"),
        ("queue", "/contributions/?state=published"),
        ("desk", f"/contributions/{number}/"),
    ]


@pytest.mark.parametrize("look", ["en-light", "fa-dark"])
def test_axe_finds_no_barrier_and_nothing_is_too_wide(browser: Any, room: str, look: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    language, _, scheme = look.partition("-")
    found = addresses(browser, room)
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "django_language", "value": language, "url": room}])
    page = context.new_page()
    sign_in(page, room, USER, PASSWORD)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    wrong = []
    for name, address in found:
        page.goto(f"{room}{address}")
        page.wait_for_load_state("networkidle")
        wrong += _wrong(Axe, page, name)
    page.goto(f"{room}/contribute/?lang={language}")
    page.fill("#id_words", "x")
    follow(page, "form.contribute button:not([type=button])")
    wrong += _wrong(Axe, page, "form-refused")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
    assert wrong == []
    assert [said for said in complaints if "422" not in said] == []
    assert {url for url in asked if not url.startswith((room, "data:"))} == set()
    context.close()


def _wrong(axe: Any, page: Any, name: str) -> list[Any]:
    violations = axe().run(page, options=RULES).response["violations"]
    found = [(name, v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in violations]
    across = page.evaluate("document.documentElement.scrollWidth")
    return [*found, (name, "wide", across)] if across > 320 else found
