"""Places: each at the level its sources give, what is said of it, and who is connected with it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy

from dadkhah.memorial import addresses, mapping, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import Array
from dadkhah.memorial.leaf import Draft, Leaf
from dadkhah.memorial.mapping import Mark
from dadkhah.memorial.pages.people import said_in_groups
from dadkhah.memorial.pages.walls import card
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.saying import Text, label, place_name, say, text_of
from dadkhah.memorial.sent import about
from dadkhah.memorial.spots import Spot, spots
from dadkhah.names import sort_key
from dadkhah.places import Gazetteer
from dadkhah.places.gazetteer import Entry
from dadkhah.records import Claim

__all__ = ["drafts", "leaves", "of_all"]


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the index of places and a page for each."""
    yield of_all(spots(book).values(), language)
    for spot in spots(book).values():
        yield from (draft.make() for draft in drafts(book, spot, language))


def of_all(held: Iterable[Spot], language: str) -> Leaf:
    """Give the index of places, with their map."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    every = sorted(held, key=lambda s: (sort_key(place_name(s.value, language)), s.key))
    levels: dict[str, list[tuple[str, Text, int]]] = defaultdict(list)
    for spot in every:
        level = spot.value["level"] or "unknown"
        levels[level].append(
            (addresses.place(language, spot.key), _name(spot, language), len(spot.people))
        )
    return Leaf(
        address=f"{language}/places/index.html", other=f"{other}/places/index.html",
        language=language, template="places.html", room="places", title=w["places"],
        shows={
            "levels": [(w.get(f"level_{one}", one), held) for one, held in levels.items()],
            **_map(every, language),
        },
    )  # fmt: skip


def _entry(spot: Spot) -> Entry | None:
    return Gazetteer.packaged().places.get(str(spot.value.get("gazetteer") or ""))


def _map(every: Sequence[Spot], language: str) -> dict[str, Any]:
    """Draw the places whose own position is known, and count those that are not on the map."""
    marks, countries = [], dict[str, None]()
    for spot in every:
        entry = _entry(spot)
        found = mapping.located(entry, Gazetteer.packaged()) if entry else None
        if entry is not None:
            countries.update(dict.fromkeys(one for one in entry.within if len(one) == 2))
        if found is not None and found[1]:
            marks.append(_mark(found[0], spot, language))
    return {"chart": mapping.draw(marks, countries), "off_map": len(every) - len(marks)}


def _mark(entry: Entry, spot: Spot | None, language: str) -> Mark:
    name = place_name({"gazetteer": entry.id}, language)
    address = addresses.place(language, spot.key) if spot else ""
    return Mark(
        name=name, address=address, longitude=entry.longitude or 0.0,
        latitude=entry.latitude or 0.0, exact=mapping.exact(entry),
    )  # fmt: skip


def _own_map(spot: Spot, language: str) -> dict[str, Any]:
    """Draw one place, or the city that it lies in; which of the two is said in words."""
    entry = _entry(spot)
    found = mapping.located(entry, Gazetteer.packaged()) if entry else None
    if entry is None or found is None:
        return {"chart": None, "stands_for": ""}
    countries = [one for one in entry.within if len(one) == 2]
    chart = mapping.draw([_mark(found[0], None, language)], countries)
    name = "" if found[1] else place_name({"gazetteer": found[0].id}, language)
    return {"chart": chart, "stands_for": name}


def _relations(spot: Spot, language: str) -> list[tuple[str, int]]:
    """Count the people by what connects them with a place: detained, killed, buried."""
    return [(label(name, language), count) for name, count in spot.relations]


def _name(spot: Spot, language: str) -> Text:
    return text_of(place_name(spot.value, language), language)


def drafts(book: Book, spot: Spot, language: str) -> Iterator[Draft]:
    """Give the pages of one place."""
    roll = roll_of(book)
    people = spot.people[numpy.argsort(roll.rank(language)[spot.people])]
    cut = roll.cut(people, language)
    for number, (start, stop) in enumerate(cut, start=1):
        first = (spot.value, spot.written, spot.relations) if number == 1 else spot.value
        piece = people[start:stop]
        stamps = roll.columns.stamps[piece].tobytes()
        yield Draft(
            address=addresses.place(language, spot.key, number),
            made_from=(stamps, number, len(cut), first, len(people) if number == 1 else 0),
            make=functools.partial(_leaf, book, spot, language, piece, number, len(cut)),
        )


def _leaf(book: Book, spot: Spot, language: str, piece: Array, number: int, last: int) -> Leaf:
    first = number == 1
    return Leaf(
        address=addresses.place(language, spot.key, number),
        other=addresses.place("en" if language == "fa" else "fa", spot.key),
        language=language, template="place.html", room="places",
        title=place_name(spot.value, language),
        shows={
            "name": _name(spot, language), "key": spot.key,
            "level": spot.value["level"] or "unknown",
            "written": _written(spot, language) if first else [],
            "groups": said_in_groups(book, _claims(book, spot), language) if first else [],
            "elsewhere": _elsewhere(book, spot, language) if first else [],
            "relations": _relations(spot, language) if first else [],
            "sent_here": about(book, f"place:{spot.key}", language) if first else [],
            **(_own_map(spot, language) if first else {"chart": None}),
            "held": [card(one, language) for one in roll_of(book).some(piece)],
            "count": len(spot.people) if first else 0, "number": number,
            "pieces": [addresses.place(language, spot.key, n) for n in range(1, last + 1)],
        },
    )  # fmt: skip


def _claims(book: Book, spot: Spot) -> list[Claim]:
    mentions = dict.fromkeys(c.mention for c in spot.things)
    return [claim for mention in mentions for claim in _of_place(book, mention)]


def _of_place(book: Book, mention: str) -> Sequence[Claim]:
    return book.claims(mention) if book.held.mentions[mention].type == "place" else []


def _elsewhere(book: Book, spot: Spot, language: str) -> list[Any]:
    """Give the claims that name this place about an event, an act, a figure or a group."""
    return [
        say(book, claim, language)
        for claim in spot.things
        if book.held.mentions[claim.mention].type != "place"
    ]


def _written(spot: Spot, language: str) -> list[Text]:
    shown = place_name(spot.value, language)
    return [text_of(each, language) for each in spot.written if each and each != shown][:12]
