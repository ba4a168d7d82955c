"""The page that finds a name: in the browser, or without JavaScript by letter and by place."""

from __future__ import annotations

from collections.abc import Iterator

from dadkhah.memorial import addresses, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.pages.walls import wall

__all__ = ["TOLD", "leaves"]

TOLD = ("wait", "none", "some", "many", "common", "failed")


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the one page of this room in one language."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    yield Leaf(
        address=addresses.page(language, "find"), other=addresses.page(other, "find"),
        language=language, template="find.html", room="find", title=w["find"],
        shows={
            "told": [(key, w[f"find_{key}"]) for key in TOLD],
            "letters": wall(book, language, "remembered").letters,
        },
    )  # fmt: skip
