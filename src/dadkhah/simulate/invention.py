"""Invented people: names from parts, families, ages, places and days of death."""

from __future__ import annotations

import dataclasses
import datetime
import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from dadkhah.simulate.chance import stream
from dadkhah.simulate.world import PrisonPlace, Spellings, TruePerson

__all__ = ["invent_people", "read_places"]

FEMALE_SHARE = 0.12
EASY_SHARE = 0.35
SIBLING_SHARE = 0.04
HOMONYM_SHARE = 0.015
NISBA_SHARE = 0.15
PREFIX_SHARE = 0.35
SECOND_SHARE = 0.12
TITLE_SHARE = 0.06
# The effective number of given names (about 45) and of the rest of a name (about 600) is that of
# public lists of some thousand Iranian names; real lists set these constants, no real name does.
COMMON_RANK = 12


def read_places(country: Mapping[str, Any]) -> tuple[PrisonPlace, ...]:
    """Read the prisons of data/country.yaml, in its order."""
    return tuple(
        PrisonPlace(key=f"place-{index}", prison=tuple(row["prison"]), city=tuple(row["city"]))
        for index, row in enumerate(country["places"], start=1)
    )


def invent_people(
    seed: int, count: int, names: Mapping[str, Any], country: Mapping[str, Any]
) -> tuple[TruePerson, ...]:
    """Invent `count` people; brothers, sisters and homonyms among them.

    Args:
        names: data/names.yaml as read; common parts come first and are drawn more often.
        country: data/country.yaml as read.
    """
    rng = stream("people", seed)
    places = read_places(country)
    people: list[TruePerson] = []
    for number in range(1, count + 1):
        person = _invent_person(rng, f"P{number:05d}", names, country, places)
        people.append(_relate(rng, person, people))
    return tuple(people)


def _relate(rng: random.Random, person: TruePerson, earlier: Sequence[TruePerson]) -> TruePerson:
    """Make a few people the sibling or the namesake of someone already there."""
    draw = rng.random()
    if not earlier or draw >= SIBLING_SHARE + HOMONYM_SHARE:
        return person
    other = rng.choice(earlier)
    if draw < SIBLING_SHARE and other.given != person.given:
        place = other.place if rng.random() < 0.7 else person.place
        years = rng.choice((-7, -5, -4, -3, -2, 2, 3, 4, 5, 7))
        age = max(16, other.age + years)
        return dataclasses.replace(
            person,
            family=other.family,
            father=other.father,
            place=place,
            affiliation=other.affiliation,
            age=age,
            birth_year=other.birth_year + other.age - age,
            sibling_of=other.id,
        )
    if draw >= SIBLING_SHARE and other.sex == person.sex:
        return dataclasses.replace(
            person, given=other.given, family=other.family, homonym_of=other.id
        )
    return person


def _invent_person(
    rng: random.Random,
    identifier: str,
    names: Mapping[str, Any],
    country: Mapping[str, Any],
    places: Sequence[PrisonPlace],
) -> TruePerson:
    sex = "female" if rng.random() < FEMALE_SHARE else "male"
    age = min(75, max(16, round(rng.lognormvariate(3.3, 0.28))))
    day = _death_day(rng, country)
    shares = [row["share"] for row in country["places"]]
    groups = country["affiliations"]
    return TruePerson(
        id=identifier,
        given=_given(rng, names, sex),
        family=_family(rng, names),
        father=_common_first(rng, names["male"]),
        sex=sex,
        age=age,
        birth_year=day.year - age - (rng.random() < 0.5),
        death_date=day,
        place=rng.choices(places, shares)[0],
        affiliation=rng.choices([g["key"] for g in groups], [g["share"] for g in groups])[0],
        hard=rng.random() >= EASY_SHARE,
        title=tuple(rng.choice(names["titles"][:2])) if rng.random() < TITLE_SHARE else (),
    )


def _death_day(rng: random.Random, country: Mapping[str, Any]) -> datetime.date:
    """Draw a day of the summer: few at first, most in its middle weeks."""
    first: datetime.date = country["summer"]["first"]
    last: datetime.date = country["summer"]["last"]
    return first + datetime.timedelta(days=round(rng.triangular(0, (last - first).days, 45)))


def _common_first(rng: random.Random, rows: Sequence[Sequence[str]]) -> Spellings:
    """Draw a row of a list that stands in order of how common it is."""
    weights = list(accumulate(1 / (rank + COMMON_RANK) for rank in range(len(rows))))
    return tuple(rng.choices(rows, cum_weights=weights)[0])


def _given(rng: random.Random, names: Mapping[str, Any], sex: str) -> Spellings:
    """Draw a given name; some men bear two."""
    name = _common_first(rng, names[sex])
    if sex == "female" or rng.random() >= SECOND_SHARE:
        return name
    other = rng.choice(names["second"])
    if other[0] in name[0]:
        return name
    first, last = (name, other) if rng.random() < 0.5 else (other, name)
    return tuple(f"{a}~{b}" for a, b in zip(first, last, strict=True))


def _family(rng: random.Random, names: Mapping[str, Any]) -> Spellings:
    """Join a stem and an ending; a few carry the name of a town after it."""
    stem = _common_first(rng, names["stems"])
    endings = names["endings"]
    if stem[0][-1] in "یهاو":
        endings = [row for row in endings if row[0].startswith("~")]
    ending = rng.choices(endings, [row[-1] for row in endings])[0]
    prefix = rng.choice(names["prefixes"]) if rng.random() < PREFIX_SHARE else None
    if prefix and prefix[0] != stem[0]:
        stem = tuple(f"{a}~{b}" for a, b in zip(prefix, stem, strict=True))
    family = tuple(a + b for a, b in zip(stem, ending[:-1], strict=True))
    if rng.random() >= NISBA_SHARE:
        return family
    nisba = rng.choice(names["nisbas"])
    return tuple(f"{a} {b}" for a, b in zip(family, nisba, strict=True))
