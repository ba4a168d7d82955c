"""How an invented compiler lists people: whom it reaches, what it writes, what it gets wrong."""

from __future__ import annotations

import dataclasses
import datetime
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dadkhah.simulate.chance import stream
from dadkhah.simulate.mistakes import fill_seams, misspell, to_arabic_letters
from dadkhah.simulate.world import ListedRow, SimulatedList, Spellings, TruePerson
from dadkhah.text import to_persian_digits

__all__ = ["compile_list", "copy_list"]

SOLAR_YEAR = 1374
_FIRST_OF_TIR = datetime.date(1995, 6, 22)
_SOLAR_MONTHS = ("تیر", "مرداد", "شهریور")
_MONTHS = ("June", "July", "August", "September")
_LABEL = "SIMULATED"
_NOTES = {
    "fa": ("SIMULATED – به گفتهٔ برادر", "SIMULATED – از روی سنگ قبر", "SIMULATED – نامهٔ خانواده"),
    "en": ("SIMULATED - told by a cousin", "SIMULATED - letter", "SIMULATED - see newspaper"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What a writer of cells needs: chance, language, the plan of the list, the country."""

    rng: random.Random
    plan: Mapping[str, Any]
    names: Mapping[str, Any]
    country: Mapping[str, Any]

    @property
    def persian(self) -> bool:
        """Whether this list is in Persian."""
        return str(self.plan["language"]) == "fa"

    def errs(self, kind: str) -> bool:
        """Say by chance whether a mistake of this kind happens now."""
        return self.rng.random() < float(self.plan["mistakes"].get(kind, 0.0))


def compile_list(
    seed: int,
    plan: Mapping[str, Any],
    people: Sequence[TruePerson],
    names: Mapping[str, Any],
    country: Mapping[str, Any],
) -> SimulatedList:
    """Compile a list of its own: capture by kind and group, then write rows with mistakes."""
    rng = stream(f"list:{plan['name']}", seed)
    pen = Pen(rng=rng, plan=plan, names=names, country=country)
    captured = _capture(rng, plan, people)
    again = [person for person in captured if rng.random() < plan["duplicates"]]
    listed = captured + again
    rng.shuffle(listed)
    rows = [_write_row(pen, number, person) for number, person in enumerate(listed, start=1)]
    return SimulatedList(name=plan["name"], plan=plan, rows=tuple(rows))


def copy_list(
    seed: int,
    plan: Mapping[str, Any],
    parent: SimulatedList,
    people: Sequence[TruePerson],
    names: Mapping[str, Any],
    country: Mapping[str, Any],
) -> SimulatedList:
    """Copy a list, its order and its misspellings, drop some rows and add a few of one's own."""
    rng = stream(f"list:{plan['name']}", seed)
    pen = Pen(rng=rng, plan=plan, names=names, country=country)
    rows: list[ListedRow] = []
    for row in parent.rows:
        if rng.random() < plan["copied"]:
            rows.append(_copy_row(pen, len(rows) + 1, row, parent.plan["columns"]))
    known = {row.person for row in parent.rows}
    others = [p for p in _capture(rng, plan, people) if p.id not in known]
    for person in others[: round(plan["added"] * len(rows))]:
        rows.append(_write_row(pen, len(rows) + 1, person))
    return SimulatedList(name=plan["name"], plan=plan, rows=tuple(rows))


def _capture(
    rng: random.Random, plan: Mapping[str, Any], people: Sequence[TruePerson]
) -> list[TruePerson]:
    chance = plan["capture"]
    only = plan.get("only", "")
    return [
        person
        for person in people
        if rng.random() < (chance["hard"] if person.hard else chance["easy"])
        and (not only or person.affiliation == only)
    ]


def _key(plan: Mapping[str, Any], number: int) -> str:
    key = str(plan["key"][1]).format(number=number)
    return to_persian_digits(key) if plan["language"] == "fa" else key


def _copy_row(
    pen: Pen, number: int, row: ListedRow, parent_columns: Mapping[str, Sequence[Any]]
) -> ListedRow:
    by_field = {field: column for column, (field, _) in parent_columns.items()}
    key = _key(pen.plan, number)
    cells = {pen.plan["key"][0]: key}
    for column, (field, _) in pen.plan["columns"].items():
        value = row.cells[by_field[field]]
        slips = field in ("name", "father") and value and pen.errs("spelling")
        cells[column] = misspell(pen.rng, value) if slips else value
    cells |= dict.fromkeys(pen.plan["ignore"], _LABEL)
    return ListedRow(key=key, person=row.person, cells=cells)


def _write_row(pen: Pen, number: int, person: TruePerson) -> ListedRow:
    key = _key(pen.plan, number)
    unknown = pen.rng.random() < pen.plan["unidentified"]
    cells = {pen.plan["key"][0]: key}
    columns = {**pen.plan["columns"], **pen.plan["ignore"]}
    for column, (field, missing) in columns.items():
        chance = max(missing, 0.5) if unknown and field in _PERSONAL else missing
        absent = pen.rng.random() < chance and not (unknown and field in _NAMES)
        cells[column] = "" if absent else _write_cell(pen, field, person, unknown)
    return ListedRow(key=key, person=person.id, cells=cells)


_NAMES = ("name", "surname_first")
_PERSONAL = ("father", "age", "birth_year", "solar_birth_year", "affiliation")


def _write_cell(pen: Pen, field: str, person: TruePerson, unknown: bool) -> str:
    if unknown and field in _NAMES:
        return str(pen.rng.choice(pen.country["unidentified"][pen.plan["language"]]))
    if unknown and field == "father":
        return ""
    return _WRITERS[field](pen, field, person)


def _write_father(pen: Pen, _field: str, person: TruePerson) -> str:
    other = tuple(pen.rng.choice(pen.names["male"])) if pen.errs("father") else None
    return _finish(pen, _spell(pen, other or person.father))


def _write_affiliation(pen: Pen, _field: str, person: TruePerson) -> str:
    groups = {group["key"]: group["name"] for group in pen.country["affiliations"]}
    return str(groups[person.affiliation][int(pen.persian)])


def _write_sex(pen: Pen, _field: str, person: TruePerson) -> str:
    return {"male": "مرد", "female": "زن"}[person.sex] if pen.persian else person.sex


def _write_note(pen: Pen, field: str, _person: TruePerson) -> str:
    return _LABEL if field == "label" else pen.rng.choice(_NOTES[pen.plan["language"]])


def _spell(pen: Pen, part: Spellings) -> str:
    """Spell a part in the list's script, now and then by another school, seams filled."""
    if pen.persian:
        spelled = part[0]
    else:
        schools: list[str] = pen.names["schools"]
        school = pen.rng.choice(schools) if pen.errs("school") else pen.plan["school"]
        spelled = part[1 + schools.index(school)]
    return fill_seams(pen.rng, spelled, pen.plan["mistakes"].get("seam", 0.0), persian=pen.persian)


def _finish(pen: Pen, text: str) -> str:
    if pen.errs("spelling"):
        text = misspell(pen.rng, text)
    return to_arabic_letters(text) if pen.persian and pen.errs("arabic_letters") else text


def _write_name(pen: Pen, field: str, person: TruePerson) -> str:
    given, family = _spell(pen, person.given), _spell(pen, person.family)
    if pen.errs("initial"):
        given = given.lstrip("'")[0] + "."
    if field == "surname_first":
        return _finish(pen, f"{family}, {given}")
    ordered = f"{family} {given}" if pen.errs("order") else f"{given} {family}"
    title = person.title
    if not title and pen.errs("title"):
        title = tuple(pen.names["titles"][-1 if pen.persian else 0])
    return _finish(pen, f"{_spell(pen, title)} {ordered}" if title else ordered)


def _write_date(pen: Pen, field: str, person: TruePerson) -> str:
    day = person.death_date
    if pen.errs("date"):
        day += datetime.timedelta(days=pen.rng.choice((-10, -3, -2, -1, 1, 2, 3, 10)))
    exact = pen.rng.random() < 0.55
    if field == "iso_date":
        return day.isoformat() if exact else f"{day:%Y-%m}"
    if field == "gregorian_date":
        month = _MONTHS[day.month - 6] if 6 <= day.month <= 9 else f"{day:%B}"
        return f"{day.day} {month} {day.year}" if exact else f"{month} {day.year}"
    index = min(max((day - _FIRST_OF_TIR).days, 0), 92)
    month = _SOLAR_MONTHS[index // 31]
    text = f"{index % 31 + 1} {month} {SOLAR_YEAR}" if exact else f"{month} {SOLAR_YEAR}"
    return to_persian_digits(text)


def _write_age(pen: Pen, field: str, person: TruePerson) -> str:
    slip = pen.rng.choice((-2, -1, -1, 1, 1, 2)) if pen.errs("age") else 0
    if field == "age":
        text = str(person.age + slip)
    elif field == "birth_year":
        text = str(person.birth_year + slip)
    else:
        text = str(person.birth_year - 621 + slip)
    return to_persian_digits(text) if pen.persian else text


def _write_place(pen: Pen, field: str, person: TruePerson) -> str:
    city = field == "city_or_prison" and pen.rng.random() < 0.5
    return (person.place.city if city else person.place.prison)[int(pen.persian)]


_WRITERS: Mapping[str, Callable[[Pen, str, TruePerson], str]] = {
    **dict.fromkeys(_NAMES, _write_name),
    "father": _write_father,
    "sex": _write_sex,
    "affiliation": _write_affiliation,
    **dict.fromkeys(("age", "birth_year", "solar_birth_year"), _write_age),
    **dict.fromkeys(("prison", "city_or_prison"), _write_place),
    **dict.fromkeys(("solar_date", "gregorian_date", "iso_date"), _write_date),
    **dict.fromkeys(("note", "label"), _write_note),
}
