"""Read a built page as a reader would: its links, its ids, its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node


def tree(page: Path) -> HTMLParser:
    return HTMLParser(page.read_text(encoding="utf-8"))


def pages(site: Path) -> Iterator[Path]:
    yield from sorted(site.rglob("*.html"))


def links(page: Path) -> Iterator[tuple[Node, Path, str]]:
    """Give each link with the file and the place in it that it leads to."""
    for node in tree(page).css("a[href], link[href]"):
        address, _, place = (node.attributes["href"] or "").partition("#")
        target = (page.parent / unquote(address)).resolve() if address else page.resolve()
        yield node, target, place


def follow(page: Path, words: str) -> tuple[Path, str]:
    """Click the first link that says these words."""
    return next(
        (target, place)
        for node, target, place in links(page)
        if node.tag == "a" and node.text(strip=True) == words
    )


def text(page: Path) -> str:
    return tree(page).body.text(separator=" ")  # type: ignore[union-attr]


def place_text(page: Path, place: str) -> str:
    found = tree(page).css_first(f'[id="{place}"]')
    assert found is not None
    return found.text()
