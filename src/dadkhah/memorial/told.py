"""How many accounts are public, by their source and by the list that they stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dadkhah.memorial.book import Book

__all__ = ["Told", "told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Accounts by source and by collection; those on no list under none."""

    sources: Mapping[str, int]
    collections: Mapping[str, int]


def told(book: Book) -> Told:
    """Count the accounts; a book of a part brings the counts of the whole."""
    return book.once("told", lambda: _told(book))


def _told(book: Book) -> Told:
    sources, collections = Counter[str](), Counter[str]()
    for mention in book.held.mentions.values():
        sources[mention.source] += 1
        collections[mention.collection] += 1
    return Told(sources=sources, collections=collections)
