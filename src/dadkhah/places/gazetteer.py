"""Names of places and where each lies, read from a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from dadkhah.errors import TableError
from dadkhah.places.tokens import Word, words

__all__ = ["COLUMNS", "LEVELS", "Entry", "Gazetteer"]

LEVELS: Final = (
    "country", "province", "city", "district", "prison", "ward", "court", "cemetery", "hospital",
    "site", "unknown",
)  # fmt: skip
COLUMNS: Final = (
    "id", "level", "name_en", "name_fa", "other_names", "within", "longitude", "latitude",
    "precision", "source",
)  # fmt: skip
_MARKS: Final = frozenset("-–—.()'،,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of a gazetteer.

    Args:
        within: ids of the larger places it lies in, the nearest first; former provinces too.
        longitude, latitude: degrees, WGS 84; None when not surely known at this level.
        precision: the level at which the coordinates hold.
    """

    id: str
    level: str
    name_en: str
    name_fa: str = ""
    other_names: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    precision: str = ""
    source: str = ""


def _degrees(row: dict[str, str], column: str, limit: float, line: int) -> float | None:
    text = row.get(column, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = limit + 1
    if not -limit <= value <= limit:
        raise TableError(
            "gazetteer-degrees",
            f"A {column} is a number from -{limit:g} to {limit:g}.",
            where=f"row {line}, {column}",
            todo="Correct the number or leave it empty.",
        )
    return value


def _entry(row: dict[str, str], line: int) -> Entry:
    held = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not held["id"] or held["level"] not in LEVELS or not (held["name_en"] or held["name_fa"]):
        raise TableError(
            "gazetteer-row",
            "A place needs an id, a level and a name.",
            where=f"row {line}",
            todo=f"Levels are: {', '.join(LEVELS)}.",
        )
    return Entry(
        id=held["id"],
        level=held["level"],
        name_en=held["name_en"],
        name_fa=held["name_fa"],
        other_names=tuple(filter(None, map(str.strip, held["other_names"].split("|")))),
        within=tuple(filter(None, map(str.strip, held["within"].split("|")))),
        longitude=_degrees(held, "longitude", 180, line),
        latitude=_degrees(held, "latitude", 90, line),
        precision=held["precision"],
        source=held["source"],
    )


class Gazetteer:
    """Places by id and by any of their names.

    Args:
        entries: the places. Of two with one id, the later stands.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.places: dict[str, Entry] = {entry.id: entry for entry in entries}
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entry in self.places.values():
            for name in {entry.name_en, entry.name_fa, *entry.other_names} - {""}:
                self._add(
                    tuple(word.fold for word in words(name) if word.fold not in _MARKS), entry
                )
        for held in self._names.values():
            held.sort(key=lambda item: (-len(item[0]), _rank(self.places[item[1]].level), item[1]))

    def _add(self, folds: tuple[str, ...], entry: Entry) -> None:
        if folds:
            self._names.setdefault(folds[0], []).append((folds, entry.id))

    @classmethod
    def packaged(cls) -> Gazetteer:
        """Give the gazetteer that comes with dadkhah: the countries, and places of the demo."""
        return _packaged()

    @classmethod
    def read(cls, path: Path, *, with_packaged: bool = True) -> Gazetteer:
        """Read a gazetteer file (CSV, UTF-8, the columns of COLUMNS).

        Args:
            with_packaged: keep the packaged places, which those of the file may replace.

        Raises:
            TableError: gazetteer-columns, gazetteer-row, gazetteer-degrees.
        """
        own = _entries(path.read_text(encoding="utf-8-sig"), path.name)
        return cls([*(_packaged().places.values() if with_packaged else ()), *own])

    def at(self, cut: Sequence[Word], start: int) -> tuple[int, tuple[str, ...]] | None:
        """Give the word after the longest name at a word, and the ids it can mean."""
        best: tuple[int, int] | None = None
        ids: list[str] = []
        for folds, place in self._names.get(cut[start].fold, ()):
            if best is not None and len(folds) < best[1]:
                break
            end = _end(cut, start, folds)
            if end is not None:
                best = best or (end, len(folds))
                ids.append(place)
        return (best[0], tuple(dict.fromkeys(ids))) if best is not None else None


def _end(cut: Sequence[Word], at: int, folds: tuple[str, ...]) -> int | None:
    """Give the word after a name when it stands here; hyphens and dots inside it are free."""
    for position, name in enumerate(folds):
        while position and at < len(cut) and cut[at].fold in _MARKS - {"(", ")", ",", "،"}:
            at += 1
        if at >= len(cut) or cut[at].fold != name:
            return None
        at += 1
    return at


def _rank(level: str) -> int:
    """Order levels when one name is a city and a province: the city's name is the older."""
    order = ("prison", "cemetery", "hospital", "court", "ward", "site", "city", "district",
             "province", "country", "unknown")  # fmt: skip
    return order.index(level)


def _entries(text: str, name: str) -> list[Entry]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise TableError(
            "gazetteer-columns",
            f"The gazetteer lacks the columns {', '.join(missing)}.",
            where=name,
            todo=f"Give these columns: {', '.join(COLUMNS)}.",
        )
    return [_entry(row, line) for line, row in enumerate(reader, start=2)]


@cache
def _packaged() -> Gazetteer:
    file = files("dadkhah.places") / "data" / "gazetteer.csv"
    return Gazetteer(_entries(file.read_text(encoding="utf-8"), "gazetteer.csv"))
