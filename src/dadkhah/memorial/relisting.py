"""Lists before and after a change: the pages that differ, and those that are no longer there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dadkhah.memorial import anniversaries, feeds, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.pages import days, disagreements, find, places, walls
from dadkhah.memorial.roll import Roll, roll_of
from dadkhah.memorial.slips import Slip
from dadkhah.memorial.spots import gather, place_claims, spots

__all__ = ["Relisted", "relist"]

Drafts = Callable[[Book, str], Iterable[Draft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relisted:
    """What of the lists changes.

    Args:
        drafts: pages to be written. leaves: of one of which there is one. gone: addresses.
        files: that are no pages, by address.
    """

    drafts: tuple[Draft, ...]
    leaves: tuple[Leaf, ...]
    files: tuple[tuple[str, bytes], ...]
    gone: tuple[str, ...]


def relist(book: Book, before: Roll, touched: frozenset[str], mark: str) -> Relisted:
    """Say which pages of lists a change touches.

    Args:
        before: the roll as it was. touched: ids of the people of whom something is said anew.
    """
    old = [before.slips[each] for each in sorted(touched) if each in before.slips]
    new = [book.slips[each] for each in sorted(touched) if each in book.slips]
    was = dataclasses.replace(book, slips=before.slips, kept={"roll": before})
    differ = old != new
    drafts: list[Draft] = []
    gone: list[str] = []
    leaves: list[Leaf] = []
    files: list[tuple[str, bytes]] = []
    sides: list[Drafts] = []
    if differ or any(one.group == "unnamed" for one in (*old, *new)):
        sides.append(walls.drafts)
    if any(one.contested for one in (*old, *new)):
        sides.append(disagreements.drafts)
    if differ and _stays(old) | _stays(new):
        sides.append(_places(_stays(old) | _stays(new)))
        leaves += [places.of_all(spots(book).values(), one) for one in words.LANGUAGES]
    if differ and _days(old) | _days(new):
        sides.append(_anniversaries(_days(old) | _days(new)))
        leaves += [days.of_all(book, one) for one in words.LANGUAGES]
        files += [*feeds.calendars(book), ("find/days.js", _table(book, mark))]
    for side in sides:
        for language in words.LANGUAGES:
            made, lost = _compare(side(was, language), side(book, language), touched)
            drafts += made
            gone += lost
    if differ:
        leaves += [leaf for one in words.LANGUAGES for leaf in find.leaves(book, one)]
    return Relisted(
        drafts=tuple(drafts), leaves=tuple(leaves), files=tuple(files), gone=tuple(gone)
    )


def _compare(
    was: Iterable[Draft], now: Iterable[Draft], touched: frozenset[str]
) -> tuple[list[Draft], set[str]]:
    then = {draft.address: draft for draft in was}
    made = []
    for draft in now:
        before = then.pop(draft.address, None)
        if before is None or before.made_from != draft.made_from or draft.people & touched:
            made.append(draft)
    return made, set(then)


def _stays(slips: Iterable[Slip]) -> frozenset[str]:
    return frozenset(stay[1] for one in slips for stay in one.stays)


def _days(slips: Iterable[Slip]) -> frozenset[str]:
    return frozenset(day for one in slips for day in one.days)


def _places(keys: frozenset[str]) -> Drafts:
    def drafts(book: Book, language: str) -> Iterator[Draft]:
        roll, things = roll_of(book), place_claims(book)
        for spot in book.once("some spots", lambda: gather(roll, things, keys)).values():
            yield from places.drafts(book, spot, language)

    return drafts


def _anniversaries(exact: frozenset[str]) -> Drafts:
    def drafts(book: Book, language: str) -> Iterator[Draft]:
        wanted = {key for day in exact for key in anniversaries.keys(day)}
        for day in anniversaries.days(book):
            if day.key in wanted:
                yield from days.drafts(book, day, language)

    return drafts


def _table(book: Book, mark: str) -> bytes:
    return anniversaries.table(anniversaries.days(book), mark)
