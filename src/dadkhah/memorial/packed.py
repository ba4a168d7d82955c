"""Many records of one kind in little room: as bytes, each made anew when it is asked for.

A hundred thousand people have half a million claims. As objects they take 250 MB, and twice that
where two processes read them, since whoever reads an object writes into it. As bytes they take a
third, and are shared.
"""

from __future__ import annotations

import dataclasses
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar, overload

import numpy
import orjson

from dadkhah.records import Anchor

__all__ = ["Grouped", "Packed", "Rows", "changed", "pack"]

R = TypeVar("R")
NEAR: Final = 4096  # of the things that were asked for last, kept until there are so many
_ANCHORS: Final = frozenset({"anchor", "origin", "within"})
_TUPLES: Final = frozenset({"flags", "box", "seconds", "derived_from"})


class _Form:
    """How records of one kind become bytes, and what can be read as they can."""

    def __init__(self, kind: type[Any]) -> None:
        names = [each.name for each in dataclasses.fields(kind)]
        self._get = attrgetter(*names)
        # read as the record is, but made in a fifth of its time; nothing here writes into one
        self._view: Any = namedtuple(kind.__name__, names)  # type: ignore[misc]
        self._anchors = [n for n, name in enumerate(names) if name in _ANCHORS]
        self._tuples = [n for n, name in enumerate(names) if name in _TUPLES]

    def plain(self, record: Any) -> list[Any]:
        """Give the fields of a record."""
        held = list(self._get(record))
        for n in self._anchors:
            held[n] = _ANCHOR.plain(held[n]) if held[n] is not None else None
        return held

    def made(self, held: list[Any]) -> Any:
        """Make what is read as a record, from its fields."""
        for n in self._tuples:
            held[n] = tuple(held[n])
        for n in self._anchors:
            if held[n] is not None:
                held[n] = _ANCHOR.made(held[n])
        return tuple.__new__(self._view, held)


def changed(record: R, **fields: Any) -> R:
    """Give a record, from a pack or not, with some fields changed."""
    if isinstance(record, tuple):
        return record._replace(**fields)  # type: ignore[attr-defined, no-any-return]
    return dataclasses.replace(record, **fields)  # type: ignore[type-var]


_ANCHOR: Final = _Form(Anchor)


class Packed(Mapping[str, R], Generic[R]):
    """Records by id, in log order.

    Args:
        body: their bytes, one after another. starts, ends: of each record, in order.
        sums: by field, a checksum of what each record has there; 0 where it has nothing.
    """

    def __init__(
        self, kind: type[R], body: bytearray, starts: array[int], ends: array[int],
        sums: Mapping[str, array[int]],
    ) -> None:  # fmt: skip
        self._kind, self._made = kind, _Form(kind).made
        self._held, self._body = body, memoryview(body)
        self._starts, self._ends, self._sums = starts, ends, sums
        self._near: dict[str, R] = {}
        self._groups: dict[str, Grouped[R]] = {}

    def at(self, row: int) -> R:
        """Make the record that stands at one place."""
        made: R = self._made(orjson.loads(self._body[self._starts[row] : self._ends[row]]))
        return made

    def raw(self, row: int) -> memoryview:
        """Give the bytes of the record that stands at one place: equal records have equal bytes."""
        return self._body[self._starts[row] : self._ends[row]]

    def by(self, name: str) -> Grouped[R]:
        """Give the records by one of the fields that they were packed by."""
        if name not in self._groups:
            self._groups[name] = Grouped(self, name, self._sums[name])
        return self._groups[name]

    def row(self, identity: str) -> int:
        """Say at which place a record stands; -1 where there is none."""
        return next((row for row, _ in self.by("id").rows(identity)), -1)

    def newest(self) -> tuple[Packed[R], frozenset[str]]:
        """Give the last of the records that share an id, at the place of the first.

        Returns:
            Also the ids that several shared.
        """
        groups = self.by("id")
        repeated = groups.shared()
        if not repeated:
            return self, repeated
        order = numpy.arange(len(self))
        dropped = numpy.zeros(len(self), dtype=bool)
        for identity in repeated:
            rows = [row for row, _ in groups.rows(identity)]
            order[rows[0]] = rows[-1]
            dropped[rows[1:]] = True
        order = order[~dropped]
        sums = {name: _taken(held, order) for name, held in self._sums.items()}
        starts, ends = _taken(self._starts, order), _taken(self._ends, order)
        return Packed(self._kind, self._held, starts, ends, sums), repeated

    def __getitem__(self, identity: str) -> R:
        if identity not in self._near:
            row = self.row(identity)
            if row < 0:
                raise KeyError(identity)
            if len(self._near) >= NEAR:
                self._near.clear()
            self._near[identity] = self.at(row)
        return self._near[identity]

    def __contains__(self, identity: object) -> bool:
        return identity in self._near or self.row(str(identity)) >= 0

    def __iter__(self) -> Iterator[str]:
        for row in range(len(self)):
            yield orjson.loads(self.raw(row))[0]

    def __len__(self) -> int:
        return len(self._starts)

    def values(self) -> ValuesView[R]:
        """Give the records in order, each made as it comes."""
        return _Values(self)

    def chosen(self, rows: Iterable[int]) -> Rows[R]:
        """Give the records at some places, made as they are asked for."""
        return Rows(self, array("I", rows))


def _taken(held: array[int], order: Any) -> array[int]:
    return array(held.typecode, numpy.frombuffer(held, dtype=held.typecode)[order].tobytes())


def pack(kind: type[R], every: Iterable[R], by: Sequence[str]) -> Packed[R]:
    """Pack records; each may be forgotten once it is in.

    Args:
        by: the fields that they will be asked for by; "id" is always one of them.
    """
    form, body = _Form(kind), bytearray()
    starts, ends = array("Q"), array("Q")
    sums = {name: array("I") for name in dict.fromkeys(("id", *by))}
    for record in every:
        starts.append(len(body))
        body += orjson.dumps(form.plain(record))
        ends.append(len(body))
        for name, held in sums.items():
            held.append(_sum(getattr(record, name)))
    return Packed(kind, body, starts, ends, sums)


def _sum(text: str) -> int:
    """Give the checksum of a text; 0 is that of none."""
    return (zlib.crc32(text.encode()) or 1) if text else 0


class _Values(ValuesView[R]):
    """The records of a pack, without their ids being looked up."""

    def __init__(self, packed: Packed[R]) -> None:
        super().__init__(packed)
        self._packed = packed

    def __iter__(self) -> Iterator[R]:
        return map(self._packed.at, range(len(self._packed)))


class Rows(Sequence[R]):
    """Some records of a pack, in an order of their own."""

    def __init__(self, packed: Packed[R], rows: array[int]) -> None:
        self._packed, self._rows = packed, rows

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...
    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        if isinstance(place, slice):
            return Rows(self._packed, self._rows[place])
        return self._packed.at(self._rows[place])

    def __iter__(self) -> Iterator[R]:
        return map(self._packed.at, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Grouped(Mapping[str, tuple[R, ...]], Generic[R]):
    """Records by one of their fields, each group in log order; an empty field is in no group.

    What is kept is a checksum of each field; a record whose checksum agrees is made and compared.
    """

    def __init__(self, packed: Packed[R], name: str, sums: array[int]) -> None:
        self._packed, self._name = packed, name
        self._near: dict[str, tuple[R, ...]] = {}
        held = numpy.frombuffer(sums, dtype=sums.typecode)
        order = numpy.argsort(held, kind="stable")
        order = order[held[order] != 0]
        self._sums = array("I", held[order].tobytes())
        self._rows = array("I", order.astype("I").tobytes())

    def rows(self, wanted: str) -> Iterator[tuple[int, R]]:
        """Give the records of which the field is what is wanted, each with its place."""
        one, sums = _sum(wanted), self._sums
        place = bisect_left(sums, one) if one else len(sums)
        while place < len(sums) and sums[place] == one:
            record = self._packed.at(self._rows[place])
            if getattr(record, self._name) == wanted:
                yield self._rows[place], record
            place += 1

    def raw(self, wanted: str) -> list[memoryview]:
        """Give the bytes of the records whose checksum agrees: hardly ever any but those wanted."""
        one, sums, found = _sum(wanted), self._sums, []
        place = bisect_left(sums, one) if one else len(sums)
        while place < len(sums) and sums[place] == one:
            found.append(self._packed.raw(self._rows[place]))
            place += 1
        return found

    def shared(self) -> frozenset[str]:
        """Give what several records have in the field."""
        sums = numpy.frombuffer(self._sums, dtype="I")
        twice = numpy.flatnonzero(sums[1:] == sums[:-1])
        told = {n for place in twice for n in (int(place), int(place) + 1)}
        said = Counter(getattr(self._packed.at(self._rows[n]), self._name) for n in told)
        return frozenset(name for name, count in said.items() if count > 1)

    def get(self, wanted: str, default: Any = ()) -> Any:
        """Give the records, or what was given for none."""
        found = self._near.get(wanted)
        if found is None:
            found = tuple([record for _, record in self.rows(wanted)])
            if not found:
                return default
            if len(self._near) >= NEAR:
                self._near.clear()
            self._near[wanted] = found
        return found

    def __getitem__(self, wanted: str) -> tuple[R, ...]:
        found: tuple[R, ...] = self.get(wanted, ())
        if not found:
            raise KeyError(wanted)
        return found

    def __contains__(self, wanted: object) -> bool:
        return next(self.rows(str(wanted)), None) is not None

    def __iter__(self) -> Iterator[str]:
        known = dict.fromkeys(getattr(record, self._name) for record in self._packed.values())
        return iter([name for name in known if name])

    def __len__(self) -> int:
        return sum(1 for _ in self)
