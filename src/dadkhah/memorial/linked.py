"""A person as schema.org says it, in JSON-LD: every value that a source gives, none chosen."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from dadkhah.memorial.book import Book
from dadkhah.records import SIMULATED, Person

__all__ = ["linked", "script"]

_DATES: Final = (("birthDate", "person.birth_date"), ("deathDate", "person.death_date"))
_PLACES: Final = (("birthPlace", "person.birth_place"), ("deathPlace", "person.death_place"))
_ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def linked(book: Book, person: Person) -> dict[str, Any]:
    """Give a person as JSON-LD; one value alone, several as a list.

    Source: schema.org, Person.
    """
    said: dict[str, Any] = {"@context": "https://schema.org", "@type": "Person"}
    said["identifier"] = f"urn:dadkhah:{book.held.log.origin}:{person.id}"
    if book.held.case.simulated:
        said["disambiguatingDescription"] = SIMULATED
    names = list(book.spellings(person.id))
    if names:
        said["name"] = names[0]
    if names[1:]:
        said["alternateName"] = names[1:]
    for word, predicate in _DATES:
        found = [v for v in _told(book, person, predicate, "value") if _ISO.fullmatch(v)]
        if found:
            said[word] = found[0] if len(found) == 1 else found
    for word, predicate in _PLACES:
        places = [
            {"@type": "Place", "name": each} for each in _told(book, person, predicate, "written")
        ]
        if places:
            said[word] = places[0] if len(places) == 1 else places
    return said


def _told(book: Book, person: Person, predicate: str, field: str) -> list[str]:
    claims = (c for c in book.claims_about(person, predicate) if c.stance != "denies")
    return list(dict.fromkeys(str(v) for c in claims if (v := getattr(c, field)) is not None))


def script(book: Book, person: Person) -> str:
    """Write it for a page: no character in it can end the element that it stands in."""
    text = orjson.dumps(linked(book, person)).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
