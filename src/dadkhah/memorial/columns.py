"""The slips of everybody as columns: what lists are cut by, without a slip being made.

Rows are in the order of the ids. A slip is kept as bytes and made where somebody is written on a
page; the rest (group, weight, days, stays) lies in arrays, so that the lists of a hundred thousand
people are cut in a fraction of a second.
"""

from __future__ import annotations

import datetime
import hashlib
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy
import orjson
from numpy.typing import NDArray

from dadkhah.memorial.slips import GROUPS, Slip, Stay

__all__ = ["COLUMNS", "Array", "Columns", "Slips", "columns_of", "exchanged"]

Array = NDArray[Any]
_MADE: Final = {
    "groups": "B", "sums": "I", "stamps": "Q", "contested": "I", "starts": "q", "ends": "q",
    "days row": "q", "days": "q", "stays row": "q", "stays": "q",
}  # fmt: skip
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
    """Slips by id, each made when it is asked for; the last one is kept."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._near: dict[str, Slip] = {}

    def __getitem__(self, identity: str) -> Slip:
        found = self._near.get(identity)
        if found is None:
            row = self.columns.row(identity)
            if row < 0:
                raise KeyError(identity)
            found = self.columns.slip(row)
            self._near = {identity: found}
        return found

    def group(self, identity: str) -> str:
        """Give the group of somebody."""
        return GROUPS[self.columns.groups[self.columns.row(identity)]]

    def __iter__(self) -> Iterator[str]:
        return (each.decode() for each in self.columns.ids.tolist())

    def __len__(self) -> int:
        return len(self.columns.ids)


def columns_of(
    slips: Iterable[Slip], weigh: Mapping[str, Callable[[Slip], int]],
    kinds: Sequence[Stay] = (), at: int = 0,
) -> Columns:  # fmt: skip
    """Give slips, in the order of their ids, as columns.

    Args:
        weigh: by language. kinds: of stays that were known before. at: how long the body is
            that theirs is to follow.
    """
    known = {kind: place for place, kind in enumerate(kinds)}
    made: dict[str, array[int]] = {name: array(kind) for name, kind in _MADE.items()}
    weights = {language: array("q") for language in weigh}
    ids, body = list[bytes](), bytearray()
    for row, one in enumerate(slips):
        named = [known.setdefault(each, len(known)) for each in one.stays]
        made["stays row"].extend([row] * len(named))
        made["stays"].extend(named)
        made["days row"].extend([row] * len(one.days))
        made["days"].extend(datetime.date.fromisoformat(day).toordinal() for day in one.days)
        written = _bytes(one, named)
        body += written
        ids.append(one.id.encode())
        _add(made, one, written, at + len(body))
        for language, held in weights.items():
            held.append(weigh[language](one))
    of = {name: numpy.array(held) for name, held in made.items()}
    return Columns(
        ids=numpy.array(ids, dtype=bytes), groups=of["groups"], sums=of["sums"],
        stamps=of["stamps"], contested=of["contested"], starts=of["starts"], ends=of["ends"],
        weights={language: numpy.array(held) for language, held in weights.items()},
        days=(of["days row"], of["days"]), stays=(of["stays row"], of["stays"]),
        kinds=tuple(known), body=bytes(body),
    )  # fmt: skip


def _add(made: Mapping[str, array[int]], one: Slip, written: bytes, end: int) -> None:
    made["groups"].append(GROUPS.index(one.group))
    made["sums"].append(zlib.crc32(one.id.encode()))
    made["stamps"].append(_stamp(written))
    made["contested"].append(one.contested)
    made["starts"].append(end - len(written))
    made["ends"].append(end)


def _bytes(one: Slip, stays: Sequence[int]) -> bytes:
    return orjson.dumps(
        (
            one.id, one.group, one.nameless, one.spellings, one.days, one.year, stays,
            one.contested, one.weight, one.scripts,
        )
    )  # fmt: skip


def _stamp(body: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest())


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
