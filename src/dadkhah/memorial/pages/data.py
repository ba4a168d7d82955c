"""The page for researchers: every file of this version with its size and digest, and the feeds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dadkhah.memorial import addresses, anniversaries, research, words
from dadkhah.memorial.leaf import Leaf

__all__ = ["leaf"]


def leaf(language: str, written: Sequence[tuple[str, int, str]]) -> Leaf:
    """Give the page.

    Args:
        written: address, size in bytes and SHA-256 of each file.
    """
    w = words.of(language)
    files = [
        (w[f"data_{name.replace('.', '_')}"], sum(size for _, size, _ in held), held)
        for name in research.FILES
        if (held := [each for each in written if _is_of(each[0], name)])
    ]
    return Leaf(
        address=addresses.page(language, "data"),
        other=addresses.page("en" if language == "fa" else "fa", "data"),
        language=language, template="data.html", room="data", title=w["data"],
        shows={"files": files, "feeds": _feeds(language, w)},
    )  # fmt: skip


def _is_of(address: str, name: str) -> bool:
    """Say whether a file is one of those of this name, whole or a piece."""
    first, _, last = name.partition(".")
    return re.fullmatch(rf"data/([A-Z]+-)?{first}(-\d+)?\.{re.escape(last)}", address) is not None


def _feeds(language: str, w: Mapping[str, str]) -> list[tuple[str, str]]:
    feeds = [(f"{language}/feed.atom", w["feed_changes"])]
    for name in anniversaries.CALENDARS:
        file = f"{language}/days-{name.replace('_', '-')}.ics"
        feeds.append((file, f"{w['days']}: {w[f'calendar_{name}']}"))
    return feeds
