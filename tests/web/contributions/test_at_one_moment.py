"""Many answers at one moment, and a server that is killed: kept once, never half, never lost."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from dadkhah.web.contributions import tickets

pytestmark = pytest.mark.slow
SECRET = "a secret of the tests, and of nobody else"


@pytest.fixture(autouse=True)
def same_secret(settings: Any) -> None:
    """Let this test read the server's tickets, as a person reads the picture."""
    settings.SECRET_KEY = SECRET


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty case."""
    folder = tmp_path_factory.mktemp("moment") / "case"
    command = [sys.executable, "-m", "dadkhah.cli", "init", str(folder), "--password", "x" * 14]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@contextmanager
def served(case: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the case as `dadkhah serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dadkhah.cli", "--case", str(case), "serve", "--quiet"]
    env = {**os.environ, "DADKHAH_SECRET_KEY": SECRET}
    server = subprocess.Popen([*command, "--port", str(port)], env=env, start_new_session=True)
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def opened_form(base: str) -> tuple[OpenerDirector, dict[str, str]]:
    """Open the form and give what a browser would send back, rightly answered."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{base}/contribute/?lang=en").read().decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    ticket = tickets.opened(hidden["ticket"])
    assert ticket is not None
    return browser, {**hidden, "kind": "memory", "answer": ticket.digits}


def sent(browser: OpenerDirector, base: str, form: dict[str, str]) -> str:
    """Send a form and give the receipt; empty when there is none."""
    try:
        page = browser.open(f"{base}/contribute/", urlencode(form).encode()).read().decode()
    except HTTPError as refusal:
        if refusal.code != 422:
            raise
        return ""
    except (URLError, OSError):
        return ""
    found = re.search(r'<code id="receipt">([^<]+)<', page)
    return found.group(1) if found else ""


def kept(case: Path) -> int:
    import sqlite3

    with sqlite3.connect(case / "store.sqlite3") as store:
        return int(store.execute("SELECT count(*) FROM contributions_contribution").fetchone()[0])


def test_of_many_answers_to_one_picture_one_is_kept(case: Path) -> None:
    before = kept(case)
    with served(case) as (base, _), ThreadPoolExecutor(8) as hands:
        browser, form = opened_form(base)
        forms = [{**form, "words": f"Words number {n}."} for n in range(8)]
        receipts = list(hands.map(lambda one: sent(browser, base, one), forms))
    assert len([code for code in receipts if code]) == 1
    assert kept(case) == before + 1
    bytes_kept = [path for path in (case / "captures").glob("*/*") if path.is_file()]
    assert len(bytes_kept) == kept(case)


def test_the_same_form_from_many_hands_is_kept_once_with_one_receipt(case: Path) -> None:
    before = kept(case)
    with served(case) as (base, _), ThreadPoolExecutor(8) as hands:
        browser, form = opened_form(base)
        form["words"] = "The very same words."
        receipts = set(hands.map(lambda _: sent(browser, base, form), range(8)))
    assert len(receipts) == 1
    assert "" not in receipts
    assert kept(case) == before + 1


def test_a_killed_server_has_every_receipt_that_it_gave(case: Path) -> None:
    given: list[str] = []
    with served(case) as (base, server), ThreadPoolExecutor(4) as hands:
        forms = [opened_form(base) for _ in range(24)]
        for number, (_, form) in enumerate(forms):
            form["words"] = f"Written while the power fails, {number}."
        work = [hands.submit(sent, browser, base, form) for browser, form in forms]
        while sum(one.done() for one in work) < 8:
            time.sleep(0.01)
        os.killpg(server.pid, signal.SIGKILL)
        given = [one.result() for one in work if one.result()]
    assert len(given) >= 8
    with served(case) as (base, _):
        again = [(b, {**f}) for b, f in forms]
        codes = {sent(browser, base, form) for browser, form in again}
        assert set(given) <= codes
        assert len(codes) == len(forms)
        for code in given:
            browser, form = opened_form(base)
            said = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "code": code, "lang": "en"}
            page = browser.open(f"{base}/contribute/receipt/", urlencode(said).encode())
            assert "Written while the power fails" in page.read().decode()
