"""Photograph every page: both languages, phone and desktop, light and dark.

    python tests/browser/screenshots.py OUT NAME=URL [NAME=URL ...] [--user U --password-file F]
        [--only people,desk] [--quick]

Debian's Chromium is used (apt-get install chromium). Nothing is asked from anywhere but URL.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"phone": (375, 812), "desktop": (1280, 860)}
PAGES = {
    "overview": "/",
    "sources": "/sources/",
    "collections": "/sources/collections/",
    "words": "/sources/words/?q=the",
    "people": "/people/",
    "pairs": "/people/pairs/",
    "how-many": "/estimate/",
    "timeline": "/claims/timeline/",
    "posts": "/posts/",
    "orders": "/claims/orders/",
    "claims": "/claims/",
    "figures": "/claims/figures/",
    "contribute": "/contribute/",
    "contributions": "/contributions/",
    "log": "/custody/",
}
# Pages that stand behind the first link of a list.
BEHIND = {
    "desk": ("/sources/", ".claims h2 a"),
    "collection": ("/sources/collections/", ".claims h2 a"),
    "person": ("/people/?conflicts=on", ".people .name"),
    "pair": ("/people/pairs/", ".claims h2 a"),
    "claim": ("/claims/", ".claims h2 a"),
    "passage": ("/claims/figures/", ".record dd a[href*='claim=']"),
    "entry": ("/custody/", "tbody th a"),
}


def sign_in(page: Page, base: str, user: str, password: str) -> None:
    """Sign in once; the cookie stays in the page's context."""
    page.goto(f"{base}/accounts/sign-in/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    with page.expect_navigation():
        page.click("main button")


def addresses(page: Page, base: str) -> Iterator[tuple[str, str]]:
    """Give the name and address of every kind of page that this case has."""
    yield from ((name, base + path) for name, path in PAGES.items())
    for name, (path, link) in BEHIND.items():
        for place in dict.fromkeys((path, path.partition("?")[0])):
            page.goto(base + place)
            if page.locator(link).count():
                yield name, str(page.locator(link).first.evaluate("found => found.href"))
                break


def photograph(browser: Browser, name: str, base: str, asked: argparse.Namespace) -> int:
    """Photograph one case and give the number of pictures."""
    taken, found = 0, []
    for language in ("en", "fa"):
        for scheme in ("light",) if asked.quick else ("light", "dark"):
            context = browser.new_context(color_scheme=scheme)
            context.add_cookies([{"name": "django_language", "value": language, "url": base}])
            page = context.new_page()
            if asked.user:
                sign_in(page, base, asked.user, asked.password)
            found = found or list(addresses(page, base))
            for kind, address in found:
                if asked.only and kind not in asked.only.split(","):
                    continue
                for width, (across, down) in WIDTHS.items():
                    page.set_viewport_size({"width": across, "height": down})
                    page.goto(address)
                    page.evaluate("() => document.fonts.ready")
                    path = asked.out / f"{name}-{kind}-{language}-{width}-{scheme}.png"
                    page.screenshot(path=path, full_page=not asked.fold and "#" not in address)
                    taken += 1
            context.close()
    return taken


def main() -> None:
    """Read what is asked for, and photograph it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("cases", nargs="+", metavar="NAME=URL")
    parser.add_argument("--user", default="")
    parser.add_argument("--password-file", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true", help="light pages only")
    parser.add_argument("--fold", action="store_true", help="only what fits on one screen")
    asked = parser.parse_args()
    asked.password = asked.password_file.read_text().strip() if asked.password_file else ""
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for case in asked.cases:
            name, _, base = case.partition("=")
            taken = photograph(browser, name, base.rstrip("/"), asked)
            print(f"{name}: {taken} pictures")  # noqa: T201 - it is a command
        browser.close()


if __name__ == "__main__":
    main()
