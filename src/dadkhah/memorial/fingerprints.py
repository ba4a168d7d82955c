"""What a person's page is made from, as a short digest: equal digests give equal pages.

A build keeps them beside the site, so that the next one renders only the pages of people of whom
something is said anew. They are never part of the site.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import orjson
import PIL

from dadkhah import __version__
from dadkhah.memorial import words
from dadkhah.memorial.book import Book
from dadkhah.memorial.origins import roots
from dadkhah.memorial.way import Way
from dadkhah.records import Claim, Person

__all__ = ["of_all", "of_person", "recall"]


def of_all(book: Book, way: Way) -> str:
    """Give the digest of what every person's page is made from: code, words, case, lists."""
    held, found = book.held, hashlib.sha256()
    for part in ("templates", "data"):
        for file in _files(resources.files("dadkhah.memorial").joinpath(part)):
            found.update(file.read_bytes())
    for source in Path(__file__).parent.rglob("*.py"):
        found.update(source.name.encode() + source.read_bytes())
    shared = (
        __version__, PIL.__version__, words.LANGUAGES, way, held.case, held.log.origin,
        sorted(held.open_texts), list(held.collections.values()),
    )  # fmt: skip
    found.update(repr(shared).encode())
    return found.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((each for each in folder.iterdir() if each.is_file()), key=lambda each: each.name)


def of_person(book: Book, person: Person, group: str, stamps: dict[str, str]) -> str:
    """Give the digest of what one person's page is made from, beside what all are made from.

    Args:
        stamps: kept from person to person: what each source is, in short.
    """
    claims = book.claims_about(person)
    pointing = [c for m in person.mentions for c in book.pointing_at.get(m)]
    targets = [c for claim in claims if claim.target for c in book.claims(claim.target)]
    made_from = (
        group, person, targets, book.held.withheld.get(person.id, ()),
        [_place(book, claim, stamps) for claim in (*claims, *pointing)],
        [book.held.mentions[m].unidentified for m in person.mentions],
        [one.id for c in claims if (one := book.person_of.get(c.target))],
        [one.id for c in pointing if (one := book.person_of.get(c.mention))],
    )  # fmt: skip
    found = hashlib.blake2b(repr(made_from).encode(), digest_size=12)
    for mention in person.mentions:
        for held in (*book.claims_of.raw(mention), *book.pointing_at.raw(mention)):
            found.update(held)
    return found.hexdigest()


def _place(book: Book, claim: Claim, stamps: dict[str, str]) -> tuple[str, str, int]:
    passage = book.held.passages.get(claim.passage)
    source = book.held.mentions[claim.mention].source
    if source not in stamps:
        said = (book.held.sources[source], sorted(roots(book, source)))
        stamps[source] = hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()
    language = passage.language if passage else ""
    return stamps[source], language, book.piece_of.get(claim.passage, 1)


def recall(state: Path | None, shared: str) -> dict[str, str]:
    """Read the digests that the last build kept; none when anything shared has changed."""
    try:
        said = orjson.loads((state / "people.json").read_bytes()) if state else {}
    except (OSError, orjson.JSONDecodeError):
        return {}
    same = isinstance(said, dict) and said.get("shared") == shared
    return dict(said["people"]) if same else {}
