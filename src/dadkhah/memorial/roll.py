"""The slips of everybody, and the alphabetical order of each language: what lists are made from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dadkhah.memorial.book import Book
from dadkhah.memorial.naming import called, first_letter, order_key
from dadkhah.memorial.slips import GROUPS, Slip

__all__ = ["Order", "Roll", "amended", "roll_of"]

Key = tuple[bool, bool, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everybody in alphabetical order: ids, and the letter that each stands under."""

    ids: list[str]
    letters: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Everybody of whom something is public.

    Args:
        slips: by id, in the order of the ids. orders: by language, made when first asked for.
        kept, ranks: what `listed` and `sorted` found.
    """

    slips: Mapping[str, Slip]
    orders: dict[str, Order] = field(default_factory=dict)
    kept: dict[str, dict[str, list[tuple[Slip, str]]]] = field(default_factory=dict)
    ranks: dict[str, dict[str, int]] = field(default_factory=dict)

    def order(self, language: str) -> Order:
        """Give the alphabetical order of one language."""
        if language not in self.orders:
            keyed = sorted(_keyed(one, language) for one in self.slips.values())
            self.orders[language] = Order(
                ids=[key[-1] for key, _ in keyed], letters=[letter for _, letter in keyed]
            )
        return self.orders[language]

    def listed(self, language: str) -> Mapping[str, list[tuple[Slip, str]]]:
        """Give everybody in order, each with their letter, by group."""
        if language not in self.kept:
            found: dict[str, list[tuple[Slip, str]]] = {group: [] for group in GROUPS}
            order = self.order(language)
            for identity, letter in zip(order.ids, order.letters, strict=True):
                one = self.slips[identity]
                found[one.group].append((one, letter))
            self.kept[language] = found
        return self.kept[language]

    def sorted(self, some: Iterable[Slip], language: str) -> list[Slip]:
        """Give some people in alphabetical order."""
        if language not in self.ranks:
            ids = self.order(language).ids
            self.ranks[language] = dict(zip(ids, range(len(ids)), strict=True))
        rank = self.ranks[language]
        return sorted(some, key=lambda one: rank[one.id])

    def place(self, one: Slip, language: str) -> int:
        """Say at which place of the order somebody stands."""
        order = self.order(language)
        return bisect_left(
            order.ids, _keyed(one, language)[0],
            key=lambda identity: _keyed(self.slips[identity], language)[0],
        )  # fmt: skip


def _keyed(one: Slip, language: str) -> tuple[Key, str]:
    """Give the key by which somebody is ordered, and their letter."""
    name = called(one, language)
    return (*order_key(name, language), one.id), first_letter(name)


def roll_of(book: Book) -> Roll:
    """Give the roll of a book."""
    return book.once("roll", lambda: Roll(slips=book.slips))


def amended(roll: Roll, gone: Iterable[str], new: Iterable[Slip]) -> Roll:
    """Give a roll from which some are gone and in which some stand anew; the rest as it was.

    Args:
        gone: ids of all whose slips changed. new: their slips now, if there is anything to say.
    """
    gone, new = list(gone), list(new)
    slips = {k: one for k, one in roll.slips.items() if k not in set(gone)}
    slips = dict(sorted({**slips, **{one.id: one for one in new}}.items()))
    orders = {}
    for language, order in roll.orders.items():
        ids, letters = order.ids.copy(), order.letters.copy()
        leaving = [roll.place(roll.slips[each], language) for each in gone if each in roll.slips]
        for place in sorted(leaving, reverse=True):
            del ids[place], letters[place]
        held = Roll(slips=slips, orders={language: Order(ids=ids, letters=letters)})
        for one in new:
            place = held.place(one, language)
            ids.insert(place, one.id)
            letters.insert(place, _keyed(one, language)[1])
        orders[language] = held.orders[language]
    return Roll(slips=slips, orders=orders)
