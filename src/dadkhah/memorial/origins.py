"""Where a source comes from in the end: what is copied from one root counts once (CR-12)."""

from __future__ import annotations

from dadkhah.memorial.book import Book

__all__ = ["roots"]


def roots(book: Book, source: str) -> frozenset[str]:
    """Give the ids of the lists and sources that a source goes back to in the end."""
    if source not in book.roots:
        book.roots[source] = _roots(book, source)
    return book.roots[source]


def _roots(book: Book, source: str) -> frozenset[str]:
    record = book.held.sources[source]
    found: set[str] = set()
    waiting, seen = [*record.derived_from, record.collection or source], set[str]()
    if record.derived_from and not record.collection:
        waiting.remove(source)
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        parents = _parents(book, each)
        if parents:
            waiting.extend(parents)
        else:
            found.add(each)
    return frozenset(found)


def _parents(book: Book, identity: str) -> tuple[str, ...]:
    if identity in book.held.collections:
        return book.held.collections[identity].derived_from
    record = book.held.sources.get(identity)
    if record is None:
        return ()
    return (*record.derived_from, *([record.collection] if record.collection else []))
