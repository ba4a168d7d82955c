"""Reading a text that as a whole is one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dadkhah.errors import InputError
from dadkhah.places.gazetteer import LEVELS, Entry, Gazetteer
from dadkhah.places.tokens import Word, words
from dadkhah.places.values import Part, Place
from dadkhah.places.vocabulary import kind_at, word_set

__all__ = ["assembled", "part_at", "read"]

LONGEST: Final = 300
_COUNTRIES_OR_MORE: Final = ("country", "province", "city", "district")


def part_at(cut: Sequence[Word], at: int, gazetteer: Gazetteer) -> Part | None:
    """Give the piece that begins at a word: the longer of a name and a kind."""
    named, kind = gazetteer.at(cut, at), kind_at(cut, at)
    if named and (kind is None or named[0] >= kind[0]):
        return Part(at, named[0], ids=named[1])
    if kind is None:
        return None
    return Part(at, kind[0], level="" if kind[1] == "whole" else kind[1], whole=kind[1] == "whole")


def read(text: str, gazetteer: Gazetteer | None = None, *, level: str | None = None) -> Place:
    """Read a text that as a whole is one place.

    A name that the gazetteer does not hold stays a name, at the level its own words give ("Green
    Hill prison") or "unknown"; nothing is guessed from the sound of it.

    Args:
        text: as written, at most 300 characters.
        gazetteer: the case's own; the packaged one when None.
        level: what is known of it otherwise, as from a column headed "province": it chooses
            between a city and a province of one name.

    Raises:
        InputError: place-empty, place-too-long, place-level.
    """
    if level is not None and level not in LEVELS:
        raise InputError(
            "place-level", "This is no level of a place.", where=level,
            todo=f"Levels are: {', '.join(LEVELS)}.",
        )  # fmt: skip
    stripped = text.strip()
    cut = words(stripped)[: LONGEST + 1]
    if not cut or not any(word.fold.isalnum() for word in cut) or len(stripped) > LONGEST:
        raise InputError(
            "place-too-long" if len(stripped) > LONGEST else "place-empty",
            f"A place has a name, of at most {LONGEST} characters.",
            todo="Give one place, or leave it out.",
        )
    held = gazetteer or Gazetteer.packaged()
    parts, rest = _parts(cut, held)
    if rest and all(cut[at].fold in word_set("not_known") for at in rest) and not parts:
        return Place(written=text, name="", level="unknown")
    if level is not None:
        parts = [_at_level(part, level, held) for part in parts]
    return assembled(text, parts, _rest_name(stripped, cut, rest), held)


def _at_level(part: Part, level: str, gazetteer: Gazetteer) -> Part:
    """Keep, of what a name can mean, the places of a level, if there are any."""
    fitting = tuple(item for item in part.ids if gazetteer.places[item].level == level)
    return replace(part, ids=fitting) if fitting else part


def _parts(cut: Sequence[Word], gazetteer: Gazetteer) -> tuple[list[Part], list[int]]:
    """Cut a written place into its pieces, and the words that are none."""
    parts: list[Part] = []
    rest: list[int] = []
    at = 0
    while at < len(cut):
        part = part_at(cut, at, gazetteer)
        if part is not None:
            parts.append(part)
            at = part.end
            continue
        if cut[at].fold not in word_set("between"):
            rest.append(at)
        at += 1
    return parts, rest


def _rest_name(text: str, cut: Sequence[Word], rest: list[int]) -> str:
    """Give the first run of words that no list knows: the name of the place itself."""
    run: list[int] = []
    for at in rest:
        if run and at != run[-1] + 1:
            break
        run.append(at)
    return text[cut[run[0]].start : cut[run[-1]].end] if run else ""


def assembled(written: str, parts: list[Part], name: str, gazetteer: Gazetteer) -> Place:
    """Put the pieces of one place together, the smallest level first."""
    kinds = [part.level for part in parts if part.level and not _taken(part, parts, gazetteer)]
    named = [part for part in parts if part.ids]
    if any(part.whole for part in parts) and not named and not name:
        return Place(written=written, name="", level="country")
    chosen = [_choose(part, parts, named, gazetteer) for part in named]
    places = _smallest_first([gazetteer.places[ids[0]] for ids in chosen if ids])
    level = _level(kinds)
    if name:
        within = _chain(places)
        return Place(written=written, name=name, level=level or "unknown", within=within)
    if not places:
        return Place(written=written, name=written.strip(), level=level or "unknown")
    return _named(written, places, level, chosen, parts)


def _taken(kind: Part, parts: list[Part], gazetteer: Gazetteer) -> bool:
    """Say whether a kind of place belongs to a name beside it, as in "Gilan Province"."""
    beside = (part for part in parts if part.end == kind.start or part.start == kind.end)
    return any(gazetteer.places[item].level == kind.level for part in beside for item in part.ids)


def _named(
    written: str, places: list[Entry], level: str, chosen: list[tuple[str, ...]],
    parts: list[Part],
) -> Place:  # fmt: skip
    """Give the smallest place named, or an unnamed one of a smaller kind within it."""
    entry = places[0]
    if level and level != entry.level and level not in _COUNTRIES_OR_MORE:
        if _plural(written, parts):
            return _of_entry(written, entry, places)
        return Place(written=written, name="", level=level, within=_chain(places))
    place = _of_entry(written, entry, places)
    doubt = next((ids for ids in chosen if len(ids) > 1 and entry.id in ids), ())
    return replace(place, candidates=doubt) if doubt else place


def _plural(written: str, parts: list[Part]) -> bool:
    """Say whether the kind is in the plural: "the prisons of ..." is no one prison."""
    many = any(word.fold in word_set("plurals") for word in words(written))
    return many and any(part.level for part in parts)


def _of_entry(written: str, entry: Entry, places: list[Entry]) -> Place:
    return Place(
        written=written,
        name=entry.name_en or entry.name_fa,
        level=entry.level,
        gazetteer=entry.id,
        within=entry.within or _chain(places[1:]),
        longitude=entry.longitude,
        latitude=entry.latitude,
    )


def _level(kinds: list[str]) -> str:
    """Give the smallest kind among those written."""
    order = ("ward", "court", "prison", "cemetery", "hospital", "site", "district", "city",
             "province")  # fmt: skip
    return min(kinds, key=order.index) if kinds else ""


def _choose(
    part: Part, parts: list[Part], named: list[Part], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Give the ids a name can mean here: those of the kind written next to it, if there are any."""
    beside = {
        other.level
        for other in parts
        if other.level and (other.end == part.start or other.start == part.end)
    }
    fitting = tuple(item for item in part.ids if gazetteer.places[item].level in beside)
    if fitting:
        return fitting
    others = {item for other in named if other is not part for item in other.ids}
    inside = tuple(item for item in part.ids if others & set(gazetteer.places[item].within))
    return inside or part.ids


def _smallest_first(places: list[Entry]) -> list[Entry]:
    return sorted(places, key=lambda entry: -len(entry.within))


def _chain(places: list[Entry]) -> tuple[str, ...]:
    """Give the ids of places and of all they lie in, nearest first."""
    ids = [item for entry in places for item in (entry.id, *entry.within)]
    return tuple(dict.fromkeys(ids))
