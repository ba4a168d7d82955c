"""The pieces of a source cut anew around a change: as the whole would be cut, without reading it.

Where a piece begins follows from what stands before it, and where it ends from what stands on it:
see `slicing`. So only what comes after a change can be cut otherwise, and only until a cut falls
where one was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dadkhah.memorial import slicing
from dadkhah.memorial.book import reading_order
from dadkhah.memorial.shelf import Shelf
from dadkhah.records import Passage

__all__ = ["Recut", "recut"]

FIRST: Final = 1
Piece = list[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recut:
    """How the passages of one source stand now.

    Args:
        names: of all pieces, in order. held: by name, ids of the passages of those that were cut.
        moved: passages that stand on another piece than before; 0 for none.
        turned: names of the pieces of which the next or the one before has another name.
    """

    names: tuple[int, ...]
    held: Mapping[int, tuple[str, ...]]
    moved: Mapping[str, int]
    turned: frozenset[int]


def recut(
    shelf: Shelf, source: str, names: Sequence[int], added: Sequence[Passage],
    removed: Iterable[str],
) -> Recut:  # fmt: skip
    """Cut the pieces of one source anew.

    Args:
        names: of its pieces as they stand. added: passages to show. removed: not to be shown.
    """
    held = _Held(shelf, source, frozenset(removed))
    for passage in added:
        held.coming[_place(held, names, passage)].append(passage)
    touched = {name for each in removed if (name := shelf.piece_of(each))} | set(held.coming)
    new: list[tuple[int, Piece]] = []
    done: list[int] = []
    at = 0
    while at < len(names):
        if names[at] not in touched:
            done.append(names[at])
            at += 1
            continue
        made, at = _from(held, names, at)
        new += made
        done += [name for name, _ in made]
    if not names:
        new = _cut(held.now(FIRST), FIRST)
        done = [name for name, _ in new]
    now = {each.id: name for name, piece in new for each in piece}
    moved = {each: name for each, name in now.items() if shelf.piece_of(each) != name}
    return Recut(
        names=tuple(done), held={name: tuple(p.id for p in piece) for name, piece in new},
        moved={**moved, **dict.fromkeys(removed, 0)}, turned=_turned(names, done),
    )  # fmt: skip


class _Held:
    """The pieces of a source, read when they are asked for; `coming` is what is added to each."""

    def __init__(self, shelf: Shelf, source: str, gone: frozenset[str]) -> None:
        self._shelf, self._source, self._gone = shelf, source, gone
        self._read: dict[int, Piece] = {}
        self.coming: dict[int, Piece] = defaultdict(list)

    def then(self, name: int) -> Piece:
        """Give a piece as it stood."""
        if name not in self._read:
            self._read[name] = _ordered(self._shelf.on_piece(self._source, name))
        return self._read[name]

    def now(self, name: int) -> Piece:
        """Give what stood on a piece, without what is gone and with what is added."""
        coming = self.coming.get(name, [])
        return _ordered([*(p for p in self.then(name) if p.id not in self._gone), *coming])


def _ordered(held: Iterable[Passage]) -> Piece:
    return sorted(held, key=reading_order)


def _cut(items: Piece, first: int) -> list[tuple[int, Piece]]:
    cut = slicing.cut_by_end(items, slicing.PASSAGES, lambda each: each.id, first)
    return [(name, list(piece)) for name, piece in cut if piece]


def _from(held: _Held, names: Sequence[int], at: int) -> tuple[list[tuple[int, Piece]], int]:
    """Cut from one piece on until a cut falls where one was; give the pieces and what is next."""
    first, items = names[at], held.now(names[at])
    at += 1
    while at < len(names):
        more = [*items, *held.now(names[at])]
        same = bool(items) and slicing.name_after(items[-1].id) == names[at]
        if same and len(items) in _ends(_cut(more, first)):
            break
        items, at = more, at + 1
    return _cut(items, first), at


def _ends(cut: Sequence[tuple[int, Piece]]) -> set[int]:
    found, size = set[int](), 0
    for _, piece in cut:
        size += len(piece)
        found.add(size)
    return found


def _place(held: _Held, names: Sequence[int], passage: Passage) -> int:
    """Name the piece on which a passage is to stand."""
    if not names:
        return FIRST
    wanted = reading_order(passage)
    before = bisect_right(names, wanted, key=lambda name: reading_order(held.then(name)[0]))
    return names[max(before - 1, 0)]


def _turned(before: Sequence[int], after: Sequence[int]) -> frozenset[int]:
    """Give the pieces of which a neighbour has another name, or is there only now."""
    then, now = _neighbours(before), _neighbours(after)
    return frozenset(name for name, two in now.items() if then.get(name) != two)


def _neighbours(names: Sequence[int]) -> dict[int, tuple[int, int]]:
    around = zip((0, *names[:-1]), (*names[1:], 0), strict=True) if names else ()
    return dict(zip(names, around, strict=True))
