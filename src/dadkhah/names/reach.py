"""Tables, weights and working room as the kernels reach them: by bare pointers (`pointers`)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from dadkhah.names.alignment import BEGIN, COLUMNS, Model, Pointer, Room, Side, inner
from dadkhah.names.pointers import fetch, moved, pointer_to

__all__ = ["Names", "Table", "ask_ahead", "model_of", "names_of", "room_of", "side_of"]

Table = tuple[Any, ...]  # arrays of several types; numba checks them
FIRST_WORD, WORDS, ALL, IDEAL = range(4)  # columns of `NameTable.names`
AHEAD: Final = 4  # pairs


class Names(NamedTuple):
    """A table by pointers; see `NameTable`."""

    codes: Pointer
    words: Pointer
    names: Pointer
    worth: Pointer


@inner
def names_of(table: Table) -> Names:
    """Give a table by pointers."""
    codes, words, names, worth = table
    return Names(pointer_to(codes), pointer_to(words), pointer_to(names), pointer_to(worth))


@inner
def model_of(weights: Table) -> Model:
    """Give the weights by pointers."""
    gains, gaps, peaks, skips, decision = weights
    return Model(
        pointer_to(gains), pointer_to(gaps), pointer_to(peaks), pointer_to(skips),
        pointer_to(decision),
    )  # fmt: skip


@inner
def room_of(space: Table) -> Room:
    """Give what the kernel works in by pointers."""
    row, pair, best, step, keys, values, column, letters = space
    return Room(
        pointer_to(row), pointer_to(pair), pointer_to(best), pointer_to(step),
        pointer_to(keys), pointer_to(values), pointer_to(column), pointer_to(letters),
    )  # fmt: skip


@inner
def side_of(table: Names, name: int) -> Side:
    """Give one name of a table."""
    first = table.names[4 * name + FIRST_WORD]
    words, worth = moved(table.words, first * COLUMNS), moved(table.worth, 2 * first)
    return Side(table.codes, words, worth, table.names[4 * name + WORDS])


@inner
def ask_ahead(table: Names, rows: Pointer, place: int, end: int) -> None:
    """Ask for what the next pairs need: waiting for memory costs more than aligning."""
    if place + 3 * AHEAD < end:
        fetch(table.names, 4 * rows[place + 3 * AHEAD])
    if place + 2 * AHEAD < end:
        first = table.names[4 * rows[place + 2 * AHEAD] + FIRST_WORD]
        fetch(table.words, first * COLUMNS)
        fetch(table.words, (first + 2) * COLUMNS - 1)
        fetch(table.worth, 2 * first)
    if place + AHEAD < end and table.names[4 * rows[place + AHEAD] + WORDS]:
        first = table.names[4 * rows[place + AHEAD] + FIRST_WORD]
        fetch(table.codes, table.words[first * COLUMNS + BEGIN])
