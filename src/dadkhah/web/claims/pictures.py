"""A picture of a whole page, as a browser shows it; asked for by name, never by itself."""

from __future__ import annotations

import shutil
from typing import Any
from urllib.parse import urlsplit

from dadkhah.errors import SourceError
from dadkhah.sources.connecting import Limits, Way, refuse_private_host

__all__ = ["of_page"]


def of_page(address: str, way: Way, limits: Limits) -> tuple[bytes, str]:
    """Take a picture of a page, scripts off, by the same way and to public addresses only.

    Returns:
        A PNG, and the name of the browser with its version.

    Raises:
        SourceError: picture-browser when there is none, picture-failed.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        raise SourceError(
            "picture-browser",
            "A picture needs Chromium and Playwright, and one of them is not here.",
            todo="apt-get install chromium; pip install playwright; or leave --picture out.",
        )
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=browser, **_options(way))
            page = opened.new_page(java_script_enabled=False)
            page.route("**/*", lambda route: _pass(route, way, limits))
            page.goto(address, timeout=limits.seconds * 1000)
            shot = page.screenshot(full_page=True, timeout=limits.seconds * 1000)
            name = f"chromium {opened.version}"
            opened.close()
    except Error as error:
        raise SourceError(
            "picture-failed", "The browser could not show this page.", where=str(error)[:200]
        ) from error
    return bytes(shot), name


def _options(way: Way) -> dict[str, Any]:
    options: dict[str, Any] = {"args": ["--no-sandbox", "--disable-gpu"]}
    if way.kind != "direct":
        scheme = "socks5" if way.kind == "socks5h" else "http"
        options["proxy"] = {"server": f"{scheme}://{way.host}:{way.port}"}
    return options


def _pass(route: Any, way: Way, limits: Limits) -> None:
    """Let a request of the page go on, unless it leads into this machine or its network."""
    try:
        refuse_private_host(urlsplit(route.request.url).hostname or "", way, limits)
    except (SourceError, OSError):
        route.abort()
        return
    route.continue_()
