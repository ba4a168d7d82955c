"""What a build keeps beside the site, so that the next one need not begin anew.

    .site.state/kept.json      counts, digests and sizes of what the site was made from
    .site.state/people.json    what each person's page was made from: see `fingerprints`
    .site.state/roll.npz       what every list needs of each person: see `columns` and `roll`
    .site.state/words.json     how many people each word of the search leads to: see `finding`
    .site.state/register.json  which accounts were one person's
    .site.state/shelf.npz      where each record lies in the archive: see `shelf`

Nothing of it is part of the site, and whoever deletes it loses nothing but time.
"""

from __future__ import annotations

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
from dadkhah.memorial.book import Book
from dadkhah.memorial.columns import COLUMNS, Columns
from dadkhah.memorial.roll import Order, Roll
from dadkhah.memorial.totals import Totals
from dadkhah.records import Person

__all__ = [
    "Kept",
    "Measured",
    "Words",
    "last_register",
    "measure",
    "measure_again",
    "put",
    "put_shelf",
    "put_words",
    "read",
    "register_of",
    "roll",
    "take",
    "words",
]

FORMAT: Final = 4
# of these a site never needs anything that the people of the register do not say
UNREAD: Final = frozenset({"custody", "judgement"})
Measured = dict[str, tuple[int, str]]  # by kind of record: size of its file in bytes, SHA-256
Register = Mapping[str, Sequence[str]] | None  # mentions by person; None where each stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the search was cut by: people by token, the weight of all, pieces with further files."""

    counts: Mapping[str, int]
    weight: int
    over: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the last build kept.

    Args:
        shared: of what every page is made from. site: SHA-256 of site.json.
        measured: of the archive's files. indexed: how far the shelf tells of them, by kind.
        closed: how many claims are not let out. ended: whether a disclosure with a rule ended.
        sources, collections: of those shown, how many mentions are public. captures: on how
            many passages that are shown each is named.
        corrected: claims with a correction. marked: those that deny, doubt or contradict.
        names_of: by source, the names of its pieces in order. moved: see `Shelf`.
        data: address, size and SHA-256 of each file for researchers.
    """

    shared: str
    site: str
    measured: Measured
    indexed: Mapping[str, int]
    origin: str
    day: str
    log_size: int
    totals: Totals
    closed: int
    ended: bool
    sources: Mapping[str, int]
    captures: Mapping[str, int]
    collections: Mapping[str, int]
    corrected: Sequence[str]
    marked: Sequence[str]
    names_of: Mapping[str, Sequence[int]]
    moved: Mapping[str, int]
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


def put_shelf(state: Path, archive: Path, book: Book) -> None:
    """Write the shelf beside its place: it counts when `put` has moved it there."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "shelf.new").open("wb") as file:
        numpy.savez(file, **shelf.make(archive, book.piece_of))


def put_words(state: Path, words: Words) -> None:
    """Write what the search was cut by beside its place: see `put_shelf`."""
    (state / "words.new").write_bytes(orjson.dumps(words))


def put(
    state: Path, kept: Kept, people: Mapping[str, str], lists: Roll, register: Register
) -> None:
    """Write what is kept; kept.json last, since it says that the rest is there."""
    state.mkdir(parents=True, exist_ok=True)
    (state / "kept.json").unlink(missing_ok=True)
    for new, place in (("shelf.new", "shelf.npz"), ("words.new", "words.json")):
        if (state / new).exists():
            (state / new).replace(state / place)
    for name, said in (
        ("people", {"shared": kept.shared, "people": people}), ("register", register),
    ):  # fmt: skip
        (state / f"{name}.json").write_bytes(orjson.dumps(said))
    _put_roll(state, lists)
    (state / "kept.new").write_bytes(orjson.dumps(kept))
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


def _read(state: Path, name: str) -> Any:
    return orjson.loads((state / f"{name}.json").read_bytes())


def register_of(persons: Sequence[Person] | None) -> Register:
    """Give a register as it is kept."""
    return None if persons is None else {each.id: each.mentions for each in persons}


def last_register(state: Path) -> dict[str, list[str]] | None:
    """Read the register that the site was made from."""
    found: dict[str, list[str]] | None = _read(state, "register")
    return found


def words(state: Path) -> Words:
    """Read what the search was cut by."""
    return Words(**_read(state, "words"))


def roll(state: Path) -> Roll:
    """Read what lists were made from."""
    with numpy.load(state / "roll.npz", allow_pickle=False) as file:
        held = dict(file)
    said = orjson.loads(held["said"].tobytes())
    columns = Columns(
        **{name: held[name] for name in COLUMNS},
        weights={each: held[f"weights {each}"] for each in said["weights"]},
        days=(held["days row"], held["days"]), stays=(held["stays row"], held["stays"]),
        kinds=tuple([tuple(each) for each in said["kinds"]]), body=held["body"].tobytes(),
    )  # fmt: skip
    orders = {
        language: Order(
            rows=held[f"rows {language}"], letters=held[f"letters {language}"],
            alphabet=tuple(letters),
        )
        for language, letters in said["alphabets"].items()
    }  # fmt: skip
    return Roll(columns=columns, orders=orders)


def _put_roll(state: Path, lists: Roll) -> None:
    held = lists.columns
    said = {
        "kinds": held.kinds, "weights": list(held.weights),
        "alphabets": {language: order.alphabet for language, order in lists.orders.items()},
    }  # fmt: skip
    arrays = {name: getattr(held, name) for name in COLUMNS}
    arrays |= {f"weights {each}": one for each, one in held.weights.items()}
    arrays |= {"days row": held.days[0], "days": held.days[1]}
    arrays |= {"stays row": held.stays[0], "stays": held.stays[1]}
    for language, order in lists.orders.items():
        arrays |= {f"rows {language}": order.rows, f"letters {language}": order.letters}
    for name, data in (("body", held.body), ("said", orjson.dumps(said))):
        arrays[name] = numpy.frombuffer(data, dtype=numpy.uint8)
    with (state / "roll.npz").open("wb") as file:
        numpy.savez(file, **arrays)
