"""Places as lists need them: gathered from the slips of people and claims about other things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from dadkhah import predicates
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array
from dadkhah.memorial.roll import Roll, roll_of
from dadkhah.memorial.slips import key_of, stay
from dadkhah.records import Claim

__all__ = ["Spot", "gather", "place_claims", "spots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: what of every claim that reads as it its pages need.

    Args:
        value: as most claims read it. written: every way it is written, the most used first.
        people: rows of the roll, in their order. relations: by predicate, how many people.
        things: claims about anything but people, in log order.
    """

    key: str
    value: dict[str, str]
    written: tuple[str, ...]
    people: Array
    relations: tuple[tuple[str, int], ...]
    things: tuple[Claim, ...]


def spots(book: Book) -> Mapping[str, Spot]:
    """Gather the places of a whole book, by what names them."""
    return book.once("spots", lambda: gather(roll_of(book), place_claims(book)))


def gather(
    roll: Roll, things: Iterable[Claim], only: frozenset[str] | None = None
) -> dict[str, Spot]:
    """Gather places by gazetteer entry, else by folded name and level; some only, if named."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, kind in enumerate(roll.columns.kinds):
        if only is None or kind[1] in only:
            kinds[kind[1]].append(place)
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in things:
        key = key_of(claim.value)
        if only is None or key in only:
            told[key].append(claim)
    rows, stays = roll.columns.stays
    order = numpy.argsort(stays, kind="stable")
    rows, stays = rows[order], stays[order]
    found = {}
    for key in sorted(kinds.keys() | told.keys()):
        of_it = {n: rows[slice(*stays.searchsorted((n, n + 1)))] for n in kinds.get(key, ())}
        of_it = {n: held for n, held in of_it.items() if len(held)}
        if of_it or key in told:
            found[key] = _spot(key, roll, of_it, told.get(key, ()))
    return found


def _spot(key: str, roll: Roll, of_it: Mapping[int, Array], things: Sequence[Claim]) -> Spot:
    """Make a place of the rows of each kind of stay in it, and of what else is told of it."""
    values, written = Counter[tuple[str, ...]](), Counter[str]()
    by: dict[str, list[Array]] = defaultdict(list)
    said = [stay(c.predicate, c.written, c.value) for c in things]
    kinds = [(roll.columns.kinds[n], len(held)) for n, held in of_it.items()]
    for kind, count in (*kinds, *((each, 1) for each in said)):
        values[kind[3:]] += count
        written[kind[2]] += count
    for n, held in of_it.items():
        by[roll.columns.kinds[n][0]].append(held)
    value = min(values, key=lambda each: (-values[each], each))
    order = {predicate.name: place for place, predicate in enumerate(predicates.all())}
    return Spot(
        key=key, value=dict(zip(("gazetteer", "name", "level"), value, strict=True)),
        written=tuple(sorted(written, key=lambda each: (-written[each], each))),
        people=_together(list(of_it.values())), things=tuple(things),
        relations=tuple(
            (name, len(_together(by[name]))) for name in sorted(by, key=order.__getitem__)
        ),
    )  # fmt: skip


def _together(rows: Sequence[Array]) -> Array:
    return numpy.unique(numpy.concatenate([numpy.empty(0, dtype=numpy.int64), *rows]))


def place_claims(book: Book) -> list[Claim]:
    """Give the claims about anything but people that name a place."""

    def is_place(claim: Claim) -> Any:
        return isinstance(claim.value, dict) and predicates.get(claim.predicate).value == "place"

    return [c for m in book.things for c in book.claims(m.id) if is_place(c)]
