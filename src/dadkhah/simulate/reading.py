"""Listed rows as mentions and claims, for tests and studies that need no files between."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dadkhah import text
from dadkhah.records import Claim, Mention
from dadkhah.simulate.writing import PREDICATES

if TYPE_CHECKING:
    from dadkhah.simulate.world import ListedRow, SimulatedList, World

__all__ = ["read_records"]

_FIRST_OF_TIR = datetime.date(1995, 6, 22)
_SOLAR_MONTHS = ("تیر", "مرداد", "شهریور")


def read_records(world: World) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """Read every row of every list as one mention and its claims; see World.records."""
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for each in world.lists:
        for row in each.rows:
            mention = _mention(world, each, row)
            mentions.append(mention)
            claims.extend(_claims(world, each, row, mention.id))
    return tuple(mentions), tuple(claims)


def _identifier(*parts: object) -> str:
    """Give an id that depends on the world only, in the alphabet of record ids."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
    return digest[:20].translate(str.maketrans("0189", "ghij"))


def _mention(world: World, each: SimulatedList, row: ListedRow) -> Mention:
    name = next(
        row.cells[column]
        for column, (field, _) in each.plan["columns"].items()
        if PREDICATES[field] == "person.name"
    )
    unknown = world.unidentified_words
    return Mention(
        id=_identifier(world.seed, each.name, row.key),
        source=f"source-{each.name}",
        type="person",
        label=name,
        passage=_identifier(world.seed, each.name, row.key, "passage"),
        collection=each.name,
        key=row.key,
        unidentified=name in unknown,
    )


def _claims(world: World, each: SimulatedList, row: ListedRow, mention: str) -> Iterator[Claim]:
    for column, (field, _) in each.plan["columns"].items():
        written = row.cells[column]
        if written:
            yield Claim(
                id=_identifier(world.seed, each.name, row.key, column),
                mention=mention,
                predicate=PREDICATES[field],
                written=written,
                passage=_identifier(world.seed, each.name, row.key, "passage"),
                value=_READERS.get(field, str)(written),
                author="simulate",
            )


def _read_number(written: str) -> dict[str, int]:
    number = int(text.to_ascii_digits(written))
    return {"low": number, "high": number}


def _read_solar(written: str) -> str:
    *day, month, _year = text.to_ascii_digits(written).split()
    first = _FIRST_OF_TIR + datetime.timedelta(days=31 * _SOLAR_MONTHS.index(month))
    if day:
        return (first + datetime.timedelta(days=int(day[0]) - 1)).isoformat()
    return f"{first}/{first + datetime.timedelta(days=30)}"


def _read_gregorian(written: str) -> str:
    form, result = ("%d %B %Y", "%Y-%m-%d") if written[0].isdigit() else ("%B %Y", "%Y-%m")
    moment = datetime.datetime.strptime(written, form)  # noqa: DTZ007 - a day has no zone
    return moment.strftime(result)


def _read_solar_year(written: str) -> str:
    year = int(text.to_ascii_digits(written)) + 621
    return f"{year}-03-21/{year + 1}-03-20"


_READERS: Mapping[str, Callable[[str], Any]] = {
    "age": _read_number,
    "solar_date": _read_solar,
    "gregorian_date": _read_gregorian,
    "solar_birth_year": _read_solar_year,
    "prison": lambda written: {"name": written, "level": "site"},
    "city_or_prison": lambda written: {"name": written},
    "sex": lambda written: "sex:female" if written in ("female", "زن") else "sex:male",
}
