"""What a build keeps beside the site, so that the next one need not begin anew.

    .site.state/kept.json     counts, digests and sizes of what the site was made from
    .site.state/people.json   what each person's page was made from: see `fingerprints`
    .site.state/shelf.npz     where each record lies in the archive: see `shelf`

Nothing of it is part of the site, and whoever deletes it loses nothing but time.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy
import orjson

from dadkhah import records
from dadkhah.archive import TOMBSTONE
from dadkhah.memorial import shelf
from dadkhah.memorial.book import PASSAGES_A_PAGE, Book
from dadkhah.memorial.totals import Totals
from dadkhah.records import Person

__all__ = [
    "Kept",
    "Measured",
    "measure",
    "measure_again",
    "persons_digest",
    "put",
    "put_shelf",
    "read",
    "take",
]

FORMAT: Final = 2
# of these a site never needs anything that the people of the register do not say
UNREAD: Final = frozenset({"custody", "judgement"})
Measured = dict[str, tuple[int, str]]  # by kind of record: size of its file in bytes, SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the last build kept.

    Args:
        shared: of what every page is made from. site: SHA-256 of site.json.
        measured: of the archive's files. indexed: how far the shelf tells of them, by kind.
        persons: of the register. closed: how many claims are not let out.
        names: by language, who stands on the first page.
        sources, captures, collections: ids of those shown. corrected: claims with a correction.
        lengths: by source, on how many pieces its passages stand.
        data: address, size and SHA-256 of each file for researchers.
    """

    shared: str
    site: str
    measured: Measured
    indexed: Mapping[str, int]
    persons: str
    origin: str
    day: str
    pages: int
    totals: Totals
    closed: int
    ended: bool
    names: Mapping[str, Sequence[str]]
    sources: Sequence[str]
    captures: Sequence[str]
    collections: Sequence[str]
    corrected: Sequence[str]
    lengths: Mapping[str, int]
    data: Sequence[tuple[str, int, str]]
    format: int = FORMAT


def measure(archive: Path) -> Measured:
    """Measure the files of records."""
    return measure_again(archive, {})[0]


def measure_again(archive: Path, last: Measured) -> tuple[Measured, Measured]:
    """Measure the files of records, and of each the beginning that was all of it then."""
    kinds = [k for k in (*sorted(records.KINDS), TOMBSTONE) if k not in UNREAD]
    with ThreadPoolExecutor(2) as pool:
        found = [*pool.map(lambda kind: _measured(archive, kind, last), kinds)]
    now, then = ({k: each[at] for k, each in zip(kinds, found, strict=True)} for at in (0, 1))
    return now, then


def _measured(archive: Path, kind: str, last: Measured) -> tuple[tuple[int, str], tuple[int, str]]:
    """Give size and digest of one file, and of its beginning as long as it was then."""
    path, found, size = archive / "records" / f"{kind}.jsonl", hashlib.sha256(), 0
    then = last[kind][0] if kind in last else 0
    begun = (0, found.hexdigest())
    if path.is_file():
        with path.open("rb") as file:
            while block := file.read(min(1 << 20, then - size) if size < then else 1 << 20):
                found.update(block)
                size += len(block)
                begun = (size, found.hexdigest()) if size <= then else begun
    return (size, found.hexdigest()), begun


def persons_digest(persons: Sequence[Person] | None) -> str:
    """Give the digest of a register."""
    said = orjson.dumps([(p.id, p.mentions) for p in persons]) if persons is not None else b"alone"
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def lengths(book: Book) -> dict[str, int]:
    """Give on how many pieces each source stands."""
    return {s: -(-len(held) // PASSAGES_A_PAGE) for s, held in book.passages_of.items()}


def put_shelf(state: Path, archive: Path, book: Book) -> None:
    """Write the shelf beside its place: it counts when `put` has moved it there."""
    if state.is_file():  # of an earlier version
        state.unlink()
    state.mkdir(parents=True, exist_ok=True)
    with (state / "shelf.new").open("wb") as file:
        numpy.savez(file, **shelf.make(archive, book.piece_of))


def put(state: Path, kept: Kept, people: Mapping[str, str]) -> None:
    """Write what is kept; kept.json last, since it says that the rest is there."""
    state.mkdir(parents=True, exist_ok=True)
    (state / "kept.json").unlink(missing_ok=True)
    if (state / "shelf.new").exists():
        (state / "shelf.new").replace(state / "shelf.npz")
    (state / "people.json").write_bytes(orjson.dumps({"shared": kept.shared, "people": people}))
    (state / "kept.new").write_bytes(orjson.dumps(dataclasses.asdict(kept)))
    (state / "kept.new").replace(state / "kept.json")


def take(state: Path) -> Iterator[Kept]:
    """Give what was kept, if anything in this form was."""
    try:
        said = orjson.loads((state / "kept.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return
    if isinstance(said, dict) and said.get("format") == FORMAT:
        measured = {
            kind: (int(size), str(found)) for kind, (size, found) in said["measured"].items()
        }
        yield Kept(**{**said, "measured": measured, "totals": Totals(**said["totals"])})


def read(state: Path) -> Mapping[str, Any]:
    """Read the shelf."""
    with numpy.load(state / "shelf.npz", allow_pickle=False) as held:
        return dict(held)
