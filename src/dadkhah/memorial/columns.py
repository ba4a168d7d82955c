"""The slips of everybody as columns: what lists are cut by, without a slip being made.

Rows are in the order of the ids. A slip is kept as bytes and made where somebody is written on a
page; the rest (group, weight, days, stays) lies in arrays, so that the lists of a hundred thousand
people are cut in a fraction of a second.
"""

from __future__ import annotations

import datetime
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy
import orjson
from numpy.typing import NDArray

from dadkhah.memorial.slips import GROUPS, Slip, Stay

__all__ = ["COLUMNS", "Array", "Columns", "Slips", "columns_of", "exchanged"]

Array = NDArray[Any]
COLUMNS: Final = ("ids", "groups", "sums", "stamps", "contested", "starts", "ends")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Everybody of whom something is public.

    Args:
        ids: as ASCII bytes. groups: places in GROUPS. sums: CRC-32 of the ids.
        stamps: equal where two slips are. weights: by language, bytes of a line of a list.
        contested: on how many points sources disagree. starts, ends: of each slip in `body`.
        days, stays: of whom (row), and which: a day as its ordinal, a place of `kinds`.
    """

    ids: Array
    groups: Array
    sums: Array
    stamps: Array
    contested: Array
    starts: Array
    ends: Array
    weights: Mapping[str, Array]
    days: tuple[Array, Array]
    stays: tuple[Array, Array]
    kinds: tuple[Stay, ...]
    body: bytes

    def row(self, identity: str) -> int:
        """Say at which row somebody stands; -1 where nobody of this id is."""
        wanted = identity.encode()
        found = int(numpy.searchsorted(self.ids, wanted))
        return found if found < len(self.ids) and self.ids[found] == wanted else -1

    def names(self, rows: Array) -> frozenset[str]:
        """Give the ids of some rows."""
        return frozenset(each.decode() for each in self.ids[rows].tolist())

    def slip(self, row: int) -> Slip:
        """Make the slip of one row."""
        said = orjson.loads(self.body[self.starts[row] : self.ends[row]])
        identity, group, nameless, spellings, days, year, held, contested, weight, scripts = said
        return Slip(
            id=identity, group=group, nameless=nameless, spellings=tuple(spellings),
            days=tuple(days), year=year, stays=tuple([self.kinds[n] for n in held]),
            contested=contested, weight=weight, scripts=scripts,
        )  # fmt: skip


class Slips(Mapping[str, Slip]):
    """Slips by id, each made when it is asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __getitem__(self, identity: str) -> Slip:
        row = self._columns.row(identity)
        if row < 0:
            raise KeyError(identity)
        return self._columns.slip(row)

    def __iter__(self) -> Iterator[str]:
        return (each.decode() for each in self._columns.ids.tolist())

    def __len__(self) -> int:
        return len(self._columns.ids)


def columns_of(
    slips: Iterable[Slip], weigh: Mapping[str, Callable[[Slip], int]],
    kinds: Sequence[Stay] = (), at: int = 0,
) -> Columns:  # fmt: skip
    """Give slips, in the order of their ids, as columns.

    Args:
        weigh: by language. kinds: of stays that were known before. at: how long the body is
            that theirs is to follow.
    """
    held = list(slips)
    known = {kind: place for place, kind in enumerate(kinds)}
    days, stays = list[tuple[int, int]](), list[tuple[int, int]]()
    bodies = []
    for row, one in enumerate(held):
        named = [known.setdefault(each, len(known)) for each in one.stays]
        stays += [(row, each) for each in named]
        days += [(row, datetime.date.fromisoformat(each).toordinal()) for each in one.days]
        bodies.append(_bytes(one, named))
    ends = numpy.cumsum([0, *map(len, bodies)], dtype=numpy.int64) + at
    return Columns(
        ids=numpy.array([one.id.encode() for one in held], dtype=bytes),
        groups=_array((GROUPS.index(one.group) for one in held), numpy.uint8),
        sums=_array((zlib.crc32(one.id.encode()) for one in held), numpy.uint32),
        stamps=_array(map(_stamp, bodies), numpy.uint64),
        contested=_array((one.contested for one in held), numpy.uint32),
        starts=ends[:-1], ends=ends[1:],
        weights={name: _array(map(by, held), numpy.int64) for name, by in weigh.items()},
        days=_pairs(days), stays=_pairs(stays), kinds=tuple(known), body=b"".join(bodies),
    )  # fmt: skip


def _bytes(one: Slip, stays: Sequence[int]) -> bytes:
    return orjson.dumps(
        (
            one.id, one.group, one.nameless, one.spellings, one.days, one.year, stays,
            one.contested, one.weight, one.scripts,
        )
    )  # fmt: skip


def _stamp(body: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest())


def _array(values: Iterable[int], kind: Any) -> Array:
    return numpy.fromiter(values, dtype=kind)


def _pairs(held: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
    both = numpy.array(held, dtype=numpy.int64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def exchanged(
    was: Columns, gone: Iterable[str], new: Iterable[Slip],
    weigh: Mapping[str, Callable[[Slip], int]],
) -> tuple[Columns, Array]:  # fmt: skip
    """Give columns without some people and with others, and the row of each row of before.

    Returns:
        Also, for each row that was, the row where the same slip stands now; -1 where it is gone.
    """
    rows = [row for each in gone if (row := was.row(each)) >= 0]
    come = columns_of(sorted(new, key=lambda one: one.id), weigh, was.kinds, len(was.body))
    kept = numpy.delete(numpy.arange(len(was.ids)), rows)
    at = numpy.searchsorted(was.ids[kept], come.ids)
    now = numpy.full(len(was.ids), -1, dtype=numpy.int64)
    now[kept] = numpy.arange(len(kept)) + numpy.searchsorted(
        at, numpy.arange(len(kept)), side="right"
    )
    fresh = at + numpy.arange(len(come.ids))

    def column(one: Array, other: Array) -> Array:
        # np.insert would cut an id that is longer than those before it
        return numpy.concatenate([one[kept], other])[order]

    order = numpy.argsort(numpy.concatenate([now[kept], fresh]), kind="stable")
    return Columns(
        **{name: column(getattr(was, name), getattr(come, name)) for name in COLUMNS},
        weights={name: column(held, come.weights[name]) for name, held in was.weights.items()},
        days=_joined(was.days, come.days, now, fresh),
        stays=_joined(was.stays, come.stays, now, fresh),
        kinds=come.kinds, body=was.body + come.body,
    ), now  # fmt: skip


def _joined(
    was: tuple[Array, Array], come: tuple[Array, Array], now: Array, fresh: Array
) -> tuple[Array, Array]:
    rows = now[was[0]]
    rows, which = (
        numpy.concatenate([rows[rows >= 0], fresh[come[0]]]),
        numpy.concatenate([was[1][rows >= 0], come[1]]),
    )
    order = numpy.argsort(rows, kind="stable")
    return rows[order], which[order]
