"""Where each page lies in the site, from its top folder, and how one page leads to another."""

from __future__ import annotations

import hashlib

__all__ = ["capture", "home", "page", "person", "piece", "place", "root_of", "source"]


def home(language: str) -> str:
    """Give the address of a language's first page."""
    return f"{language}/index.html"


def page(language: str, word: str) -> str:
    """Give the address of a page that there is one of."""
    return f"{language}/{word}.html"


def piece(language: str, word: str, number: int) -> str:
    """Give the address of one piece, from 1, of a list that is cut into pieces."""
    return f"{language}/{word}/{'index' if number == 1 else number}.html"


def person(language: str, identity: str) -> str:
    """Give the address of a person; it stays when other mentions join."""
    return f"{language}/people/{identity[:2]}/{identity}.html"


def place(language: str, key: str, number: int = 1) -> str:
    """Give the address of a place by what names it: a gazetteer id, or its folded name."""
    name = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{language}/places/{name}{'' if number == 1 else f'-{number}'}.html"


def source(language: str, identity: str, number: int = 1) -> str:
    """Give the address of one piece of a source: of the first, or of one by its name."""
    return f"{language}/sources/{identity}{'' if number == 1 else f'-{number:012x}'}.html"


def capture(digest: str, *, text: bool, simulated: bool) -> str:
    """Give the place of a capture's bytes; the ending keeps a browser from running them."""
    marked = ".SIMULATED" if simulated else ""
    return f"captures/{digest}{marked}.{'txt' if text else 'bin'}"


def root_of(address: str) -> str:
    """Give the way from a page up to the top folder."""
    return "../" * address.count("/")
