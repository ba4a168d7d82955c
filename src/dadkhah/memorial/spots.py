"""Places as lists need them: gathered from the slips of people and claims about other things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dadkhah import predicates
from dadkhah.memorial.book import Book
from dadkhah.memorial.slips import Slip, Stay, stay
from dadkhah.records import Claim

__all__ = ["Spot", "gather", "place_claims", "spots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: what of every claim that reads as it its pages need.

    Args:
        value: as most claims read it. written: every way it is written, the most used first.
        people: connected with it. relations: by predicate, how many people.
        things: claims about anything but people, in log order.
    """

    key: str
    value: dict[str, str]
    written: tuple[str, ...]
    people: tuple[Slip, ...]
    relations: tuple[tuple[str, int], ...]
    things: tuple[Claim, ...]


@dataclass(slots=True)
class _Heap:
    """What is gathered of one place."""

    values: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    people: dict[str, Slip] = field(default_factory=dict)
    relations: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    things: list[Claim] = field(default_factory=list)

    def add(self, said: Stay) -> None:
        """Count one claim."""
        self.values[said[3:]] += 1
        self.written[said[2]] += 1


def spots(book: Book) -> Mapping[str, Spot]:
    """Gather the places of a whole book, by what names them."""
    return book.once("spots", lambda: gather(book.slips.values(), place_claims(book)))


def gather(
    slips: Iterable[Slip], things: Iterable[Claim], only: frozenset[str] | None = None
) -> dict[str, Spot]:
    """Gather places by gazetteer entry, else by folded name and level; some only, if named."""
    held: dict[str, _Heap] = defaultdict(_Heap)
    for one in slips:
        for said in one.stays:
            if only is None or said[1] in only:
                heap = held[said[1]]
                heap.add(said)
                heap.people[one.id] = one
                heap.relations[said[0]].add(one.id)
    for claim in things:
        said = stay(claim.predicate, claim.written, claim.value)
        if only is None or said[1] in only:
            held[said[1]].add(said)
            held[said[1]].things.append(claim)
    return {key: _spot(key, heap) for key, heap in sorted(held.items())}


def _spot(key: str, heap: _Heap) -> Spot:
    value = min(heap.values, key=lambda each: (-heap.values[each], each))
    order = {predicate.name: place for place, predicate in enumerate(predicates.all())}
    return Spot(
        key=key, value=dict(zip(("gazetteer", "name", "level"), value, strict=True)),
        written=tuple(sorted(heap.written, key=lambda each: (-heap.written[each], each))),
        people=tuple(heap.people.values()), things=tuple(heap.things),
        relations=tuple(
            (name, len(heap.relations[name]))
            for name in sorted(heap.relations, key=order.__getitem__)
        ),
    )  # fmt: skip


def place_claims(book: Book) -> list[Claim]:
    """Give the claims about anything but people that name a place."""

    def is_place(claim: Claim) -> Any:
        return isinstance(claim.value, dict) and predicates.get(claim.predicate).value == "place"

    return [c for m in book.things for c in book.claims(m.id) if is_place(c)]
