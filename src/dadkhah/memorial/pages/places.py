"""Places: each at the level its sources give, what is said of it, and who is connected with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dadkhah import predicates
from dadkhah.memorial import addresses, mapping, words
from dadkhah.memorial.book import Book
from dadkhah.memorial.leaf import Leaf, pieces
from dadkhah.memorial.mapping import Mark
from dadkhah.memorial.pages.people import cards, said_in_groups
from dadkhah.memorial.saying import Text, label, place_name, say, text_of
from dadkhah.memorial.sent import about
from dadkhah.names import sort_key
from dadkhah.places import Gazetteer
from dadkhah.places.gazetteer import Entry
from dadkhah.records import Claim, Person
from dadkhah.text import fold_letters

__all__ = ["Spot", "key_of", "leaves", "spots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: what of every claim that reads as it its pages need.

    Args:
        written: every way it is written, in log order. people: connected with it.
        relations: by predicate, how many people. things: claims about anything but people.
    """

    key: str
    value: dict[str, Any]
    written: tuple[str, ...]
    people: tuple[Person, ...]
    relations: tuple[tuple[str, int], ...]
    things: tuple[Claim, ...]


def spots(book: Book) -> list[Spot]:
    """Gather places by gazetteer entry, else by folded name and level, in log order."""
    return book.once("spots", lambda: _spots(book))


def _spots(book: Book) -> list[Spot]:
    claims, by = book.held.claims, book.held.claims.by("predicate")
    told = [
        (row, key_of(claim.value))
        for predicate in predicates.all()
        if predicate.value == "place"
        for row, claim in by.rows(predicate.name)
        if isinstance(claim.value, dict)
    ]
    rows: dict[str, list[int]] = defaultdict(list)
    for row, key in sorted(told):
        rows[key].append(row)
    return [_spot(book, key, claims.chosen(held)) for key, held in rows.items()]


def _spot(book: Book, key: str, claims: Iterable[Claim]) -> Spot:
    value: dict[str, Any] = {}
    written: dict[str, None] = {}
    people: dict[str, Person] = {}
    relations: dict[str, set[str]] = defaultdict(set)
    things: list[Claim] = []
    for claim in claims:
        value = value or claim.value
        written[claim.written] = None
        person = book.person_of.get(claim.mention)
        if person is None:
            things.append(claim)
        else:
            people[person.id] = person
            relations[claim.predicate].add(person.id)
    return Spot(
        key=key, value=value, written=tuple(written), people=tuple(people.values()),
        relations=tuple((name, len(held)) for name, held in relations.items()),
        things=tuple(things),
    )  # fmt: skip


def key_of(value: dict[str, Any]) -> str:
    """Give what names a place: its gazetteer id, else its folded name and its level."""
    if value.get("gazetteer"):
        return str(value["gazetteer"])
    return f"{fold_letters(str(value.get('name', ''))).casefold()}|{value.get('level', '')}"


def leaves(book: Book, language: str) -> Iterator[Leaf]:
    """Give the index of places and a page for each."""
    w, other = words.of(language), "en" if language == "fa" else "fa"
    every = sorted(spots(book), key=lambda s: (sort_key(place_name(s.value, language)), s.key))
    levels: dict[str, list[tuple[str, Text, int]]] = defaultdict(list)
    for spot in every:
        level = str(spot.value.get("level") or "unknown")
        levels[level].append(
            (addresses.place(language, spot.key), _name(spot, language), len(spot.people))
        )
    yield Leaf(
        address=f"{language}/places/index.html", other=f"{other}/places/index.html",
        language=language, template="places.html", room="places", title=w["places"],
        shows={
            "levels": [(w.get(f"level_{one}", one), held) for one, held in levels.items()],
            **_map(every, language),
        },
    )  # fmt: skip
    for spot in every:
        yield from _place(book, spot, language, other)


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


def _place(book: Book, spot: Spot, language: str, other: str) -> Iterator[Leaf]:
    named = cards(book, spot.people, language)
    mentions = dict.fromkeys(c.mention for c in spot.things)
    claims = [claim for mention in mentions for claim in _of_place(book, mention)]
    cut = list(pieces(named))
    way = [addresses.place(language, spot.key, number) for number, _ in cut]
    for number, piece in cut:
        yield Leaf(
            address=way[number - 1],
            other=addresses.place(other, spot.key, number),
            language=language,
            template="place.html",
            room="places",
            title=place_name(spot.value, language),
            shows={
                "name": _name(spot, language), "key": spot.key,
                "level": str(spot.value.get("level") or "unknown"),
                "written": _written(spot, language),
                "groups": said_in_groups(book, claims, language) if number == 1 else [],
                "elsewhere": _elsewhere(book, spot, language) if number == 1 else [],
                "relations": _relations(spot, language) if number == 1 else [],
                "sent_here": about(book, f"place:{spot.key}", language) if number == 1 else [],
                **(_own_map(spot, language) if number == 1 else {"chart": None}),
                "people": piece, "count": len(named), "number": number,
                "pieces": way,
            },
        )  # fmt: skip


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
