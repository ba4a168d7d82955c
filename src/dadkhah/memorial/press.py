"""Every page of the site, written by one process or two: one language each."""

from __future__ import annotations

import gc
import multiprocessing
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from dadkhah.memorial import addresses, fingerprints, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf
from dadkhah.memorial.ledger import Ledger
from dadkhah.memorial.pages import (
    about,
    changes,
    days,
    disagreements,
    figures,
    find,
    groups,
    people,
    places,
    posts,
    sources,
    timeline,
    walls,
)
from dadkhah.memorial.rendering import Renderer
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.way import Way
from dadkhah.records import Person

__all__ = ["Press"]

ROOMS: Final = (
    about, walls, groups, find, days, changes, places, timeline, figures, posts, disagreements,
    sources,
)  # fmt: skip
SWEPT: Final = 100  # pages of lists and sources, which are large
MANY: Final = 2000  # people from which a second process is worth its start


class Press:
    """Writes the pages of one book.

    Args:
        state: digests that the last build kept; pages of people with equal ones are left alone.
    """

    def __init__(
        self, book: Book, way: Way, ledger: Ledger, state: Path | None,
        advance: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._book = book
        self._way = way
        self._ledger = ledger
        self._advance = advance
        self.shared = fingerprints.of_all(book, way)
        self._known = fingerprints.recall(state, self.shared)
        self.digests: dict[str, str] = {}

    def write_pages(self, here: Callable[[], int], there: Callable[[], int]) -> int:
        """Write every page; give how many there are.

        Args:
            here, there: further work on the ledger, each giving its count of pages; the second is
                done by the other process, where there is one.
        """
        self._ledger.put("index.html", Renderer(self._book, self._way).front())
        first, *others = words.LANGUAGES
        every = list(self._everybody())
        if self._known:  # which pages stand as they are must be known before any is written
            self._digest(every)
            every = []
        if len(self._book.held.people) < MANY or (os.cpu_count() or 1) < 2:
            self._digest(every)
            return 1 + sum(self._write(each) for each in words.LANGUAGES) + here() + there()
        half = len(every) // 2

        def with_first_half() -> int:
            self._digest(every[:half])
            return here()

        def with_second_half() -> int:
            self._digest(every[half:])
            return there()

        return 1 + self._beside(others, first, with_first_half, with_second_half)

    def _digest(self, every: Iterable[tuple[str, Person]]) -> None:
        stamps: dict[str, str] = {}
        for group, person in every:
            self.digests[person.id] = fingerprints.of_person(self._book, person, group, stamps)

    def _everybody(self) -> Iterator[tuple[str, Person]]:
        book = self._book
        for person in (*book.remembered, *book.unnamed):
            yield "remembered", person
        for person in book.others:
            yield "named", person

    def _leaves(self, language: str) -> Iterator[Leaf]:
        for room in ROOMS:
            yield from room.leaves(self._book, language)

    def _write(self, language: str) -> int:
        renderer, count = Renderer(self._book, self._way), 0
        for leaf in self._leaves(language):
            self._put(renderer, leaf)
            count += 1
            if count % SWEPT == 0:
                gc.collect(0)  # a rendered page leaves cycles behind that hold all it showed
        for group, person in self._everybody():
            count += 1
            if self._stands(person) and self._ledger.keep(addresses.person(language, person.id)):
                continue
            remembered = group == "remembered"
            self._put(renderer, people.leaf(self._book, person, language, remembered=remembered))
        return count

    def _stands(self, person: Person) -> bool:
        known = self._known.get(person.id)
        return known is not None and known == self.digests[person.id]

    def _put(self, renderer: Renderer, leaf: Leaf) -> None:
        self._ledger.put(leaf.address, renderer.page(leaf))
        self._advance(leaf.address)

    def _beside(
        self, others: list[str], own: str, here: Callable[[], int], there: Callable[[], int]
    ) -> int:
        """Write the other languages in a process of their own while this one writes its own."""
        context = multiprocessing.get_context("fork")
        receive, send = context.Pipe(duplex=False)
        gc.collect()
        gc.freeze()  # the child reads what this process holds; nothing of it is to be copied
        child = context.Process(target=self._in_child, args=(others, there, send))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a progress bar has a thread
            child.start()
        send.close()
        count = self._write(own) + here()
        try:
            files, written, theirs, order, digests = receive.recv()
        except EOFError:
            child.join()
            raise ChildProcessError("the process that wrote the other language ended") from None
        child.join()
        gc.unfreeze()
        self._ledger.join(files, written)
        roll_of(self._book).orders.update(order)
        self.digests.update(digests)
        return count + int(theirs)

    def _in_child(self, languages: list[str], there: Callable[[], int], send: Connection) -> None:
        self._advance = _nothing
        self._ledger.files, self._ledger.written = {}, 0
        count = sum(self._write(language) for language in languages) + there()
        orders = {language: roll_of(self._book).order(language) for language in languages}
        send.send((self._ledger.files, self._ledger.written, count, orders, self.digests))
        send.close()


def _nothing(_: str) -> None:
    """Tell nobody: the other process shows how far the work is."""
