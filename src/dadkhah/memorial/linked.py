"""A person as schema.org says it, in JSON-LD: every value that a source gives, none chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from dadkhah.memorial.book import Book
from dadkhah.records import SIMULATED, Claim, Person

__all__ = ["linked", "script"]

_DATES: Final = (("birthDate", "person.birth_date"), ("deathDate", "person.death_date"))
_PLACES: Final = (("birthPlace", "person.birth_place"), ("deathPlace", "person.death_place"))
_CLOSING: Final = re.compile("[<>&\u2028\u2029]")
_ISO: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def linked(book: Book, person: Person, claims: Sequence[Claim]) -> dict[str, Any]:
    """Give a person as JSON-LD; one value alone, several as a list.

    Args:
        claims: about them.

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
        found = [v for v in _told(claims, predicate, "value") if _ISO.fullmatch(v)]
        if found:
            said[word] = found[0] if len(found) == 1 else found
    for word, predicate in _PLACES:
        places = [{"@type": "Place", "name": each} for each in _told(claims, predicate, "written")]
        if places:
            said[word] = places[0] if len(places) == 1 else places
    return said


def _told(claims: Iterable[Claim], predicate: str, field: str) -> list[str]:
    said = (c for c in claims if c.predicate == predicate and c.stance != "denies")
    return list(dict.fromkeys(str(v) for c in said if (v := getattr(c, field)) is not None))


def script(book: Book, person: Person, claims: Sequence[Claim]) -> str:
    """Write it for a page: no character in it can end the element that it stands in."""
    text = orjson.dumps(linked(book, person, claims)).decode()
    return _CLOSING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
