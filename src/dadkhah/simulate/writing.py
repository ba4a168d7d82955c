"""A simulated world written to a folder: lists, mappings, statements and, apart, the truth."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import yaml

if TYPE_CHECKING:
    from dadkhah.simulate.world import SimulatedList, TruePerson, World

__all__ = ["PREDICATES", "build_mapping", "count_strata", "write_world"]

PREDICATES = {
    "name": "person.name",
    "surname_first": "person.name",
    "father": "person.father_name",
    "sex": "person.sex",
    "age": "person.age",
    "birth_year": "person.birth_date",
    "solar_birth_year": "person.birth_date",
    "prison": "person.death_place",
    "city_or_prison": "person.death_place",
    "solar_date": "person.death_date",
    "gregorian_date": "person.death_date",
    "iso_date": "person.death_date",
    "affiliation": "person.affiliation",
}
_CALENDARS = {"solar_date": "solar_hijri", "solar_birth_year": "solar_hijri"}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def count_strata(people: Iterable[TruePerson]) -> dict[str, dict[str, int]]:
    """Count the people truly killed: in all, by affiliation, by prison and by kind."""
    everyone = tuple(people)
    counters = {
        "affiliation": Counter(person.affiliation for person in everyone),
        "place": Counter(person.place.prison[0] for person in everyone),
        "kind": Counter("hard" if person.hard else "easy" for person in everyone),
    }
    counts = {name: dict(sorted(counter.items())) for name, counter in counters.items()}
    return {"all": {"all": len(everyone)}, **counts}


def build_mapping(world: World, each: SimulatedList) -> dict[str, Any]:
    """Build the mapping of one list: what its columns claim. Nothing of the truth is in it."""
    plan = each.plan
    titles = {other.name: other.plan["title"] for other in world.lists}
    others = [key for key in world.affiliations if plan.get("only") not in (None, key)]
    return {
        "collection": {
            "title": plan["title"],
            "compiler": plan["compiler"],
            "scope": plan["scope"],
            "would_not_list": plan["would_not_list"],
            "period": "1995-06-22/1995-09-22",
            "method": plan["method"],
            "version": "1",
            "derived_from": [titles[plan["copies"]]] if "copies" in plan else [],
            "structural_zeros": [name for key in others for name in world.affiliations[key]],
            "no_duplicates": bool(plan.get("no_duplicates", False)),
        },
        "source": {
            "type": "table",
            "title": plan["title"],
            "author": plan["compiler"],
            "publisher": plan["compiler"],
            "language": plan["language"],
            "date": "1996",
        },
        "key": plan["key"][0],
        "kind": "person",
        "language": plan["language"],
        "columns": {
            column: _column_mapping(field) for column, (field, _) in plan["columns"].items()
        },
        "ignore": list(plan["ignore"]),
    }


def _column_mapping(field: str) -> dict[str, str]:
    mapped = {"predicate": PREDICATES[field]}
    if field in _CALENDARS:
        mapped["calendar"] = _CALENDARS[field]
    return mapped


def write_world(world: World, folder: Path) -> list[Path]:
    """Write a world into a folder; see World.write."""
    written: list[Path] = []
    for each in world.lists:
        written += _write_list(world, each, folder)
    for statement in world.statements:
        written.append(_write(folder / "statements" / f"{statement.name}.txt", statement.text))
    written.append(_write(folder / "truth.csv", _truth_table(world)))
    written.append(_write(folder / "truth.json", _truth_counts(world)))
    return written


def _write_list(world: World, each: SimulatedList, folder: Path) -> list[Path]:
    mapping = yaml.safe_dump(build_mapping(world, each), allow_unicode=True, sort_keys=False)
    note = "# SIMULATED: an invented list of an invented country.\n"
    rows = [dict(row.cells) for row in each.rows]
    table = folder / "lists" / f"{each.name}.{each.plan['format']}"
    data = _workbook(rows) if each.plan["format"] == "xlsx" else _csv(rows).encode("utf-8")
    return [_write(table, data), _write(folder / "mappings" / f"{each.name}.yaml", note + mapping)]


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Write an XLSX workbook whose bytes depend on the rows only (no clock in it)."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("SIMULATED", 0)
    del book["Sheet"]
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.properties.creator = "SIMULATED"
    book.properties.created = datetime.datetime.fromisoformat("1996-01-01")
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _without_clock(data: bytes) -> bytes:
    """Give a zip file again with one fixed time, and without the workbook's time of saving."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in sorted(given.namelist()):
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _fixed_properties(content)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, content)
    return result.getvalue()


def _fixed_properties(content: bytes) -> bytes:
    head, found, tail = content.partition(b"<dcterms:modified")
    if not found:
        return content
    end = b"</dcterms:modified>"
    return head + tail.partition(end)[2]


def _truth_table(world: World) -> str:
    rows = [
        {"list": name, "key": key, "person": person}
        for (name, key), person in world.truth().items()
    ]
    return _csv(rows)


def _truth_counts(world: World) -> str:
    truth = {
        "label": "SIMULATED",
        "seed": world.seed,
        "country": {"en": world.country[0], "fa": world.country[1]},
        "people": world.strata(),
        "affiliations": {key: list(names) for key, names in world.affiliations.items()},
        "listed": {
            each.name: {"rows": len(each.rows), "people": len({r.person for r in each.rows})}
            for each in world.lists
        },
        "documented": len({row.person for each in world.lists for row in each.rows}),
    }
    return json.dumps(truth, ensure_ascii=False, indent=2) + "\n"
