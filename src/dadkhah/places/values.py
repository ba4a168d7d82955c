"""The values of this room: a place, a place found in a text, and a piece of a written place."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FoundPlace", "Part", "Place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place at the level really known (CR-08).

    Args:
        written: as the source writes it.
        name: what it is called there, without the words for its kind.
        level: one of LEVELS.
        gazetteer: the id of its entry; None when no entry is surely meant.
        within: ids of larger places, nearest first.
        longitude, latitude: degrees, of this very place; None when not known at its level. The
            middle of a city never stands for a prison in it.
        candidates: ids that the name can mean when it is not clear which.
    """

    written: str
    name: str
    level: str
    gazetteer: str | None = None
    within: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """A place found in running text: `text[start:end]` is what was read."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a written place: a kind of place, a name of the gazetteer, or a whole country."""

    start: int
    end: int
    level: str = ""
    ids: tuple[str, ...] = ()
    whole: bool = False
