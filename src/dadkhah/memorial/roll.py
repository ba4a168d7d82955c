"""The slips of everybody, and the alphabetical order of each language: what lists are made from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy

from dadkhah.memorial import slicing
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array, Columns, Slips, exchanged
from dadkhah.memorial.naming import called, first_letter, order_key
from dadkhah.memorial.slips import GROUPS, Slip
from dadkhah.memorial.weighing import WEIGH

__all__ = ["Order", "Roll", "amended", "roll_of"]

Key = tuple[bool, bool, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everybody in alphabetical order: rows, and the place in `alphabet` of the letter of each."""

    rows: Array
    letters: Array
    alphabet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Everybody of whom something is public.

    Args:
        orders: by language, made when first asked for. kept: what was asked for before.
    """

    columns: Columns
    orders: dict[str, Order] = field(default_factory=dict)
    kept: dict[str, Array] = field(default_factory=dict)

    @property
    def slips(self) -> Slips:
        """Give the slips by id."""
        return Slips(self.columns)

    def order(self, language: str) -> Order:
        """Give the alphabetical order of one language."""
        if language not in self.orders:
            self.orders[language] = _ordered(self.columns, language)
        return self.orders[language]

    def listed(self, language: str, group: str) -> tuple[Array, Array]:
        """Give the rows of a group in alphabetical order, and the letter of each."""
        order = self.order(language)
        name = f"{language} {group}"
        if name not in self.kept:
            of_it = self.columns.groups[order.rows] == GROUPS.index(group)
            self.kept[name] = numpy.flatnonzero(of_it)
        return order.rows[self.kept[name]], order.letters[self.kept[name]]

    def count(self, group: str) -> int:
        """Count the people of a group."""
        return int(numpy.count_nonzero(self.columns.groups == GROUPS.index(group)))

    def rank(self, language: str) -> Array:
        """Give for each row its place in the alphabet."""
        if language not in self.kept:
            rows = self.order(language).rows
            rank = numpy.empty(len(rows), dtype=numpy.int64)
            rank[rows] = numpy.arange(len(rows))
            self.kept[language] = rank
        return self.kept[language]

    def cut(self, rows: Array, language: str) -> list[tuple[int, int]]:
        """Cut a list of names into pieces; give from where to where each goes."""
        held = self.columns
        ends = slicing.may_end(held.sums[rows], slicing.NAMES)
        return slicing.cut_rows(held.weights[language][rows], ends, slicing.NAMES)

    def some(self, rows: Iterable[int]) -> list[Slip]:
        """Make the slips of some rows."""
        return [self.columns.slip(int(row)) for row in rows]


def _ordered(columns: Columns, language: str) -> Order:
    keyed = sorted((*_keyed(columns.slip(row), language), row) for row in range(len(columns.ids)))
    known: dict[str, int] = {}
    letters = [known.setdefault(letter, len(known)) for _, letter, _ in keyed]
    return Order(
        rows=numpy.array([row for _, _, row in keyed], dtype=numpy.int64),
        letters=numpy.array(letters, dtype=numpy.int64), alphabet=tuple(known),
    )  # fmt: skip


def _keyed(one: Slip, language: str) -> tuple[Key, str]:
    """Give the key by which somebody is ordered, and their letter."""
    name = called(one, language)
    return (*order_key(name, language), one.id), first_letter(name)


def roll_of(book: Book) -> Roll:
    """Give the roll of a book."""
    return book.once("roll", lambda: Roll(columns=book.slips.columns))


def amended(roll: Roll, gone: Iterable[str], new: Iterable[Slip]) -> Roll:
    """Give a roll from which some are gone and in which some stand anew; the rest as it was.

    Args:
        gone: ids of all whose slips changed. new: their slips now, if there is anything to say.
    """
    new = list(new)
    columns, now = exchanged(roll.columns, gone, new, WEIGH)
    orders = {
        language: _amended(order, columns, now, new, language)
        for language, order in roll.orders.items()
    }
    return Roll(columns=columns, orders=orders)


def _amended(was: Order, columns: Columns, now: Array, new: Iterable[Slip], language: str) -> Order:
    rows = now[was.rows]
    letters = was.letters[rows >= 0].tolist()
    held: list[int] = rows[rows >= 0].tolist()
    known = {letter: place for place, letter in enumerate(was.alphabet)}
    for one in new:
        key, letter = _keyed(one, language)
        place = bisect_left(held, key, key=lambda row: _keyed(columns.slip(row), language)[0])
        held.insert(place, columns.row(one.id))
        letters.insert(place, known.setdefault(letter, len(known)))
    return Order(
        rows=numpy.array(held, dtype=numpy.int64), letters=numpy.array(letters, dtype=numpy.int64),
        alphabet=tuple(known),
    )  # fmt: skip
