"""The pages and files that a small change touches, written over the site that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dadkhah.memorial import addresses, feeds, research, words
from dadkhah.memorial.amending import Amendment, word_of
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.pages import about, changes, people, sources, timeline
from dadkhah.memorial.rendering import Renderer
from dadkhah.memorial.resealing import Patch
from dadkhah.memorial.swapping import swapped
from dadkhah.memorial.way import Way

__all__ = ["patch"]


def patch(found: Amendment, ledger: Patch, way: Way) -> list[tuple[str, int, str]]:
    """Write what a small change touches; give the files for researchers, all of them."""
    book, renderer = found.book, Renderer(found.book, way)
    for address in _gone(found):
        ledger.leave(address)
    for leaf in _leaves(found):
        ledger.put(leaf.address, renderer.page(leaf))
    for address, data in (*found.lists.files, *found.respelled.files):
        ledger.put(address, data)
    for language in words.LANGUAGES:
        ledger.put(f"{language}/feed.atom", feeds.atom(book, language))
    for picture in book.pictures.values():
        ledger.put(picture.address, picture.data)
    return _tables(found, ledger)


def _gone(found: Amendment) -> Iterator[str]:
    """Give the addresses of pages that are there no more."""
    yield from found.lists.gone
    yield from found.respelled.gone
    before = found.change.before.people
    for language in words.LANGUAGES:
        yield from (addresses.person(language, m) for p in before for m in (p.id, *p.mentions))
        for source, cut in found.standing.recut.items():
            lost = set(found.last.names_of.get(source, ())) - set(cut.names)
            yield from (addresses.source(language, source, name) for name in lost)


def _leaves(found: Amendment) -> Iterator[Leaf]:
    book = found.book
    shown = found.last.sources != found.kept.sources
    for language in words.LANGUAGES:
        yield from about.leaves(book, language)
        yield from changes.leaves(book, language)
        for person in found.people:
            remembered = word_of(book, person) == "remembered"
            yield people.leaf(book, person, language, remembered=remembered)
        yield from _pieces(found, language)
        if shown:
            yield from sources.of_all(book, language)
            yield from timeline.leaves(book, language)
    yield from found.lists.leaves
    yield from (draft.make() for draft in found.lists.drafts)


def _pieces(found: Amendment, language: str) -> Iterator[Leaf]:
    """Give the pieces of sources on which something changed."""
    book = found.book
    for (source, name), held in found.standing.pieces.items():
        if source in book.held.sources:
            passages = [book.held.passages[each] for each in held]
            names = found.standing.names_of[source]
            yield sources.leaf(book, book.held.sources[source], passages, name, names, language)


def _tables(found: Amendment, ledger: Patch) -> list[tuple[str, int, str]]:
    """Write the files for researchers with the lines that changed."""
    book, made = found.book, dict[str, bytes]()
    for (name, address), lines in _lines(found).items():
        made[address] = swapped(name, (found.folder / address).read_bytes(), lines)
    for address, blocks in (research.changes(book), research.sources(book)):
        made[address] = b"".join(blocks)
    for address, data in made.items():
        ledger.put(address, data)
    return [
        (where, len(made[where]), ledger.digest(where)) if where in made else (where, size, digest)
        for where, size, digest in found.kept.data
    ]


def _lines(found: Amendment) -> dict[tuple[str, str], dict[str, bytes]]:
    """Give the lines of each person of whom something is said anew, by file."""
    book = found.book
    pieces = research.pieces_for(len(book.slips))
    now = {p.id: p for p in found.people if p.id in found.change.after.slips}
    lines: dict[tuple[str, str], dict[str, bytes]] = defaultdict(dict)
    for each in found.change.before.slips.keys() | now.keys():
        said = research.lines_of(book, now[each]) if each in now else {}
        for name in research.OF_PEOPLE:
            place = research.piece_of(each, pieces)
            lines[name, research.address(book, name, place, pieces)][each] = said.get(name, b"")
    return lines
