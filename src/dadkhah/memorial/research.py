"""For researchers: all that is public, as tables and entities of one version, a state of the log.

    data/version.json      which state of the log this is, and every file with its digest
    data/people.csv        one person a line
    data/claims.csv        one claim a line: conflicts stay side by side
    data/people.jsonl      one person a line with all claims
    data/people.ftm.json   FollowTheMoney entities, one a line
    data/people.jsonld     schema.org, one person a line
    data/sources.csv       one source a line, with the digests of its bytes
    data/changes.csv       every correction, old and new beside one another

From 4,096 people on, the first five are cut into pieces (people-00.csv), so that each opens in a
spreadsheet. Whom a piece holds follows from the id alone: one change touches one piece of each.

Files of a simulated case are named so. An older version is never carried along: it could hold what
was withdrawn since. What was corrected stands in changes.csv, both ways.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from dadkhah import predicates
from dadkhah.memorial.book import Book
from dadkhah.memorial.linked import linked
from dadkhah.records import SIMULATED, Claim, Person

__all__ = [
    "FILES",
    "OF_PEOPLE",
    "address",
    "changes",
    "lines_of",
    "mark",
    "piece_of",
    "pieces_for",
    "sources",
    "tables",
    "version",
]

FILES: Final = (
    "people.csv", "claims.csv", "people.jsonl", "people.ftm.json", "people.jsonld", "sources.csv",
    "changes.csv",
)  # fmt: skip
OF_PEOPLE: Final = FILES[:5]  # cut by people
PEOPLE_A_PIECE: Final = 2048
BLOCK_ROWS: Final = 2000
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")
_ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CLAIM: Final = (
    "claim", "about", "kind", "person", "predicate", "written", "value", "target", "when",
    "speaker", "stance", "status", "source", "passage",
)  # fmt: skip


def mark(book: Book) -> str:
    """Give what stands before the name of each file."""
    return f"{SIMULATED}-" if book.held.case.simulated else ""


def pieces_for(people: int) -> int:
    """Give the number of pieces: a power of two, so that it rarely changes as a case grows."""
    return 1 << max(0, (people - 1) // PEOPLE_A_PIECE).bit_length() if people > 4095 else 1


def address(book: Book, name: str, piece: int, pieces: int) -> str:
    """Give the place of one piece, from 0, of a file."""
    if pieces == 1:
        return f"data/{mark(book)}{name}"
    first, _, last = name.partition(".")
    return f"data/{mark(book)}{first}-{piece:0{len(str(pieces - 1))}}.{last}"


def piece_of(identity: str, pieces: int) -> int:
    """Say in which piece a person stands, or a thing that is none: by its id."""
    return zlib.crc32(identity.encode()) % pieces


def tables(book: Book) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give every file as (address, its bytes in blocks), to be written one after another."""
    pieces = pieces_for(len(book.held.people))
    for place, part in enumerate(_parts(book, pieces)):
        for name, make in zip(FILES, _MAKERS, strict=False):
            yield address(book, name, place, pieces), make(book, part)
    yield sources(book)
    yield changes(book)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stands in one piece, in the order of the ids; things are mentions of no person."""

    people: Sequence[Person] = ()
    things: Sequence[str] = ()


def _parts(book: Book, pieces: int) -> list[Part]:
    people: list[list[Person]] = [[] for _ in range(pieces)]
    things: list[list[str]] = [[] for _ in range(pieces)]
    for person in sorted(book.held.people, key=lambda each: each.id):
        people[piece_of(person.id, pieces)].append(person)
    for mention in sorted(each.id for each in book.things):
        things[piece_of(mention, pieces)].append(mention)
    return [Part(people=p, things=t) for p, t in zip(people, things, strict=True)]


def lines_of(book: Book, person: Person) -> dict[str, bytes]:
    """Give the lines of one person in each file that is cut by people."""
    part = Part(people=[person])
    lines = {name: b"".join(make(book, part)) for name, make in zip(FILES, _MAKERS, strict=False)}
    for name in ("people.csv", "claims.csv"):
        lines[name] = lines[name].partition(b"\n")[2]
    return lines


def version(book: Book, files: Mapping[str, str]) -> bytes:
    """Write which state of the log the files were made from, and their digests."""
    log = book.held.log
    said = {"day": log.day, "files": files, "log": log.origin, "root": log.root, "size": log.size}
    return _json({**said, "simulated": SIMULATED if book.held.case.simulated else ""}) + b"\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Write CSV in blocks; a cell that a spreadsheet would run as a formula begins with '."""
    writer = csv.writer(held := io.StringIO(), lineterminator="\n")
    writer.writerow(head)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(value) for value in row])
        if number % BLOCK_ROWS == 0:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _cell(value: object) -> str:
    text = "" if value is None else value if isinstance(value, str) else _json(value).decode()
    return f"'{text}" if _FORMULA.match(text) else text


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _people(book: Book, part: Part) -> Iterator[bytes]:
    rows = (_person(book, person) for person in part.people)
    return _table(("person", "group", "names", "entries", "lists", "withheld"), rows)


def _person(book: Book, person: Person) -> tuple[object, ...]:
    return (
        person.id, book.slips[person.id].group, " | ".join(book.spellings(person.id)),
        len(person.mentions),
        " | ".join(t for c in person.collections if (t := _title(book, c))),
        " | ".join(book.held.withheld.get(person.id, ())),
    )  # fmt: skip


def _title(book: Book, collection: str) -> str:
    held = book.held.collections.get(collection)
    return held.title if held else ""


def _claims(book: Book, part: Part) -> Iterator[bytes]:
    """Write the claims about each person or thing together, each in log order."""
    told: dict[str, Sequence[str]] = {person.id: person.mentions for person in part.people}
    told |= {mention: (mention,) for mention in part.things}
    every = (c for each in sorted(told) for mention in told[each] for c in book.claims(mention))
    return _table(_CLAIM, (_claim(book, claim) for claim in every))


def _claim(book: Book, claim: Claim) -> tuple[object, ...]:
    mention = book.held.mentions[claim.mention]
    person = book.person_of.get(mention.id)
    return (
        claim.id, mention.id, mention.type, person.id if person else "", claim.predicate,
        claim.written, claim.value, claim.target, claim.when, claim.speaker, claim.stance,
        claim.status, mention.source, claim.passage,
    )  # fmt: skip


def sources(book: Book) -> tuple[str, Iterable[bytes]]:
    """Give the file of sources, which is never cut."""
    head = ("source", "type", "title", "author", "publisher", "language", "date", "list",
            "derived_from", "sha256", "text_is_open")  # fmt: skip
    rows = (
        (
            source.id, source.type, source.title, source.author, source.publisher,
            source.language, source.date, _title(book, source.collection),
            " | ".join(source.derived_from),
            " | ".join(c.id for c in book.captures_of.get(source.id, ()) if not c.parent),
            "yes" if source.id in book.held.open_texts else "no",
        )
        for source in sorted(book.held.sources.values(), key=lambda each: each.id)
    )  # fmt: skip
    return address(book, "sources.csv", 0, 1), _table(head, rows)


def changes(book: Book) -> tuple[str, Iterable[bytes]]:
    """Give the file of corrections, which is never cut."""
    head = ["entry", "day", "kind", "claim", "about", "predicate", "written_before", "written_now"]
    rows = (
        (
            each.entry, each.day, each.kind, each.id if each.mention else "", each.mention,
            each.predicate, each.before.written if each.before else "",
            book.held.claims[each.id].written if each.before else "",
        )
        for each in book.held.past.corrections
    )  # fmt: skip
    return address(book, "changes.csv", 0, 1), _table(head, rows)


def _blocks(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    held: list[bytes] = []
    for item in items:
        held.append(_json(item))
        if len(held) == BLOCK_ROWS:
            yield b"\n".join(held) + b"\n"
            held = []
    if held:
        yield b"\n".join(held) + b"\n"


def _lines(book: Book, part: Part) -> Iterator[bytes]:
    return _blocks(
        {
            "id": person.id, "group": book.slips[person.id].group,
            "names": book.spellings(person.id),
            "withheld": book.held.withheld.get(person.id, ()),
            "claims": [
                {k: v for k, v in zip(_CLAIM, _claim(book, c), strict=True) if v not in ("", None)}
                for c in book.claims_about(person)
            ],
        }
        for person in part.people
    )  # fmt: skip


def _entities(book: Book, part: Part) -> Iterator[bytes]:
    """Write FollowTheMoney entities: only what its Person can say without guessing.

    Source: followthemoney, schema Person; its dates are whole days, months or years.
    """
    dataset = book.held.log.origin + (f" {SIMULATED}" if book.held.case.simulated else "")
    return _blocks(_entity(book, person, dataset) for person in part.people)


def _entity(book: Book, person: Person, dataset: str) -> dict[str, Any]:
    found: dict[str, list[str]] = {"name": list(book.spellings(person.id))}
    for name, predicate in (("birthDate", "birth_date"), ("deathDate", "death_date")):
        found[name] = [v for v in _values(book, person, predicate) if _ISO.fullmatch(v)]
    found["birthPlace"] = _values(book, person, "birth_place")
    found["alias"] = _values(book, person, "other_name")
    found["gender"] = [v for v in _values(book, person, "sex") if v in {"male", "female"}]
    return {
        "id": person.id, "schema": "Person", "datasets": [dataset],
        "properties": {name: values for name, values in found.items() if values},
    }  # fmt: skip


def _values(book: Book, person: Person, name: str) -> list[str]:
    claims = book.claims_about(person, f"person.{name}")
    return list(dict.fromkeys(_plain(c) for c in claims if c.stance != "denies" and _plain(c)))


def _plain(claim: Claim) -> str:
    kind = predicates.get(claim.predicate).value
    if kind == "date":
        return str(claim.value or "")
    if kind == "term":
        return str(claim.value or "").partition(":")[2]
    return claim.written


def _linked(book: Book, part: Part) -> Iterator[bytes]:
    return _blocks(linked(book, person, book.claims_about(person)) for person in part.people)


_MAKERS: Final[tuple[Callable[[Book, Part], Iterator[bytes]], ...]] = (
    _people, _claims, _lines, _entities, _linked,
)  # fmt: skip
