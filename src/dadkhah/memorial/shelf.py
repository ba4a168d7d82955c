"""Where in an archive's files each record lies: so that one person is read without the others.

An archive only grows: what was read for the last build is the beginning of each file now. The shelf
keeps, for claims, mentions and passages, the offsets of their lines by a checksum of what they are
asked for by; each line that is found is read and compared, so a checksum that two ids share does no
harm.
"""

from __future__ import annotations

import io
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy
import orjson

from dadkhah import records

__all__ = ["Shelf", "Version", "make"]

FIELDS: Final = {
    "claim": ("id", "mention", "passage", "target"),
    "mention": ("id",),
    "passage": ("id",),
}
Version = tuple[int, int, Any]  # offset of its line, entry of the log, record


def make(folder: Path, piece_of: Mapping[str, int]) -> dict[str, Any]:
    """Read where everything lies.

    Args:
        piece_of: by passage, the name of the piece of its source's page on which it stands.
    """
    found: dict[str, Any] = {}
    things: list[str] = []
    for kind, fields in FIELDS.items():
        offsets = array("Q")
        sums = {name: array("I") for name in fields}
        on_piece, numbers = array("I"), array("Q")
        for offset, line in _lines(folder / "records" / f"{kind}.jsonl"):
            record = line["record"]
            offsets.append(offset)
            for name, held in sums.items():
                held.append(_sum(record.get(name, "")))
            if kind == "passage":
                numbers.append(piece_of.get(record["id"], 0))
                on_piece.append(_sum(_piece(record["source"], numbers[-1])))
            elif kind == "mention" and record["type"] != "person":
                things.append(record["id"])
        found[f"{kind}.offset"] = numpy.frombuffer(offsets, dtype=numpy.uint64)
        for name, held in sums.items():
            _put(found, f"{kind}.{name}", held)
        if kind == "passage":
            _put(found, "passage.piece", on_piece)
            found["passage.number"] = numpy.frombuffer(numbers, dtype=numpy.uint64)
    found["things"] = numpy.frombuffer(orjson.dumps(sorted(set(things))), dtype=numpy.uint8)
    return found


def _put(found: dict[str, Any], name: str, held: array[int]) -> None:
    sums = numpy.frombuffer(held, dtype=numpy.uint32)
    order = numpy.argsort(sums, kind="stable").astype(numpy.uint32)
    found[name], found[f"{name}.row"] = sums[order], order


def _piece(source: str, number: int) -> str:
    return f"{source}/{number}"


def _sum(text: object) -> int:
    return zlib.crc32(str(text).encode())


def _lines(path: Path, start: int = 0) -> Iterator[tuple[int, Any]]:
    if path.is_file():
        with path.open("rb") as file:
            file.seek(start)
            offset = start
            for row in file:
                yield offset, orjson.loads(row)
                offset += len(row)


class Shelf:
    """The files of an archive, held open, read line by line where something is asked for.

    Args:
        index: as `make` gave it for the beginning of the files.
        indexed: how many bytes of each file that beginning is.
        seen: how many bytes of each file the site tells of; ids of what is behind are `arrived`.
        moved: passages that stand on another piece than the index says; 0 for none.
    """

    def __init__(
        self, folder: Path, index: Mapping[str, Any], indexed: Mapping[str, int],
        seen: Mapping[str, int], moved: Mapping[str, int],
    ) -> None:  # fmt: skip
        self._index, self._moved = index, moved
        self._files = {kind: self._open(folder, kind) for kind in FIELDS}
        self._tail: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self.arrived: dict[str, list[str]] = {kind: [] for kind in FIELDS}
        self._seen = seen
        self.as_it_was = False
        for kind, fields in FIELDS.items():
            for offset, line in _lines(folder / "records" / f"{kind}.jsonl", indexed[kind]):
                if offset >= seen[kind]:
                    self.arrived[kind].append(line["record"]["id"])
                for name in fields:
                    self._tail[kind, name, line["record"].get(name, "")].append(offset)

    @staticmethod
    def _open(folder: Path, kind: str) -> io.BufferedIOBase:
        path = folder / "records" / f"{kind}.jsonl"
        return path.open("rb") if path.is_file() else io.BytesIO()

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()

    @property
    def things(self) -> list[str]:
        """Ids of the mentions that are no person, as far as the index goes."""
        return list(orjson.loads(self._index["things"].tobytes()))

    def versions(self, kind: str, name: str, wanted: str) -> list[Version]:
        """Give every line of which a field is what is wanted, in log order."""
        lines = (self._read(kind, offset) for offset in self._offsets(kind, name, wanted))
        return [each for each in lines if getattr(each[2], name) == wanted]

    def newest(self, kind: str, name: str, wanted: str) -> dict[str, tuple[int, Any]]:
        """Give the records of which a field is now what is wanted, by id.

        Returns:
            For each the offset of its first version, by which the log orders it, and itself.
        """
        ids = dict.fromkeys(record.id for _, _, record in self.versions(kind, name, wanted))
        every = ((each, self.versions(kind, "id", each)) for each in ids)
        found = {each: (held[0][0], held[-1][2]) for each, held in every}
        return {each: two for each, two in found.items() if getattr(two[1], name) == wanted}

    def piece_of(self, passage: str) -> int:
        """Name the piece of its source's page on which a passage stands; 0 where on none."""
        if passage in self._moved:
            return self._moved[passage]
        rows = self._rows("passage", "id", passage)
        found = [
            r for r in rows if self._read("passage", self._offset("passage", r))[2].id == passage
        ]
        return int(self._index["passage.number"][found[-1]]) if found else 0

    def on_piece(self, source: str, number: int) -> list[Any]:
        """Give the passages that stand on one piece of a source's page."""
        offsets = self._indexed("passage", "piece", _piece(source, number))
        found = [self._read("passage", offset)[2] for offset in offsets]
        here = [each for each in found if each.id not in self._moved]
        moved = (each for each, name in self._moved.items() if name == number)
        here += (self.newest("passage", "id", each)[each][1] for each in moved)
        return [passage for passage in here if passage.source == source]

    def _offsets(self, kind: str, name: str, wanted: str) -> Iterable[int]:
        yield from self._indexed(kind, name, wanted)
        for offset in self._tail.get((kind, name, wanted), ()):
            if not (self.as_it_was and offset >= self._seen[kind]):
                yield offset

    def _indexed(self, kind: str, name: str, wanted: str) -> list[int]:
        return [self._offset(kind, row) for row in self._rows(kind, name, wanted)]

    def _offset(self, kind: str, row: int) -> int:
        return int(self._index[f"{kind}.offset"][row])

    def _rows(self, kind: str, name: str, wanted: str) -> list[int]:
        sums, one = self._index[f"{kind}.{name}"], numpy.uint32(_sum(wanted))
        low, high = (numpy.searchsorted(sums, one, side=side) for side in ("left", "right"))
        return sorted(map(int, self._index[f"{kind}.{name}.row"][low:high]))

    def _read(self, kind: str, offset: int) -> Version:
        file = self._files[kind]
        file.seek(offset)
        line = orjson.loads(file.readline())
        return offset, int(line["entry"]), records.read(line["record"])
