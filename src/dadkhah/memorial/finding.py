"""Search without a server: a static index in small pieces, each a script that a page loads.

    dadkhahPiece(12,["<id>|<year>|<spelling>|<spelling>", ...]);

A piece holds the people under some keys. A key is a token of dadkhah.names.portable, so that any
spelling in either script leads to the same piece. Which piece a key is in is a hash of the key
(FNV-1a): no directory is needed, a change touches few pieces, and what is typed never stands in
an address. A token that very many share is cut further by the other such tokens of the name, in
the order of the alphabet: key "krm-mhmt".
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from dadkhah.memorial.book import Book
from dadkhah.names import portable, search_tokens
from dadkhah.records import Person

__all__ = ["Index", "Row", "index", "place_of", "rows", "scripts", "tokens_of"]

PIECE_BYTES: Final = 8_000  # at most, on average
MANY: Final = 400  # people under one token from which it is cut further
SPELLINGS: Final = 8
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person in the index: what is shown, and the tokens it is found under."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Pieces of rows, each row once in a piece.

    Args:
        many: tokens that are cut further.
    """

    many: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]


def tokens_of(spelling: str) -> tuple[str, ...]:
    """Give every token that a spelling is found under: of its words, and of words run together."""
    words = portable.words(spelling)
    found = dict.fromkeys(search_tokens(spelling))
    for length in range(1, portable.JOINED + 1):
        for start in range(len(words) - length + 1):
            found.update(dict.fromkeys(portable.tokens("".join(words[start : start + length]))))
    return tuple(found)


def rows(book: Book, people: Iterable[Person]) -> Iterator[Row]:
    """Give the rows of people who have a name that is public."""
    known: dict[str, str] = {}  # of a token that many share there is one
    for person in people:
        spellings = [each.replace("|", " ") for each in book.spellings.get(person.id, ())]
        if spellings:
            kept = spellings[:SPELLINGS]
            text = "|".join([person.id, _year(book, person), *kept])
            tokens = (token for each in kept for token in tokens_of(each))
            found = dict.fromkeys(known.setdefault(token, token) for token in tokens)
            yield Row(text=text, tokens=tuple(found))


def _year(book: Book, person: Person) -> str:
    """Give the year of death, Gregorian, where all sources that give one agree."""
    dates = [str(c.value) for c in book.claims_about(person, "person.death_date") if c.value]
    years = {found.group() for each in dates if (found := _YEAR.match(each))}
    return years.pop() if len(years) == 1 else ""


def index(every: Sequence[Row]) -> Index:
    """Cut rows into pieces; a pure function of the rows and their order."""
    counts = Counter(token for row in every for token in row.tokens)
    many = frozenset(token for token, count in counts.items() if count > MANY)
    weight = sum(len(row.text.encode()) * len(row.tokens) for row in every)
    pieces: list[list[str]] = [[] for _ in range(_pieces_for(weight))]
    for row in every:
        for place in sorted({place_of(key, len(pieces)) for key in _keys(row, many)}):
            pieces[place].append(row.text)
    return Index(many=tuple(sorted(many)), pieces=tuple(map(tuple, pieces)))


def _pieces_for(weight: int) -> int:
    """Give the number of pieces: a power of two, so that it rarely changes as a case grows."""
    return 1 << max(0, (weight // PIECE_BYTES).bit_length())


def _keys(row: Row, many: frozenset[str]) -> Iterator[str]:
    common = sorted(token for token in row.tokens if token in many)
    yield from (token for token in row.tokens if token not in many)
    yield from ("-".join(two) for two in itertools.combinations(common, 2))


@functools.lru_cache(maxsize=1 << 18)
def place_of(key: str, pieces: int) -> int:
    """Say which piece a key is in: FNV-1a of 32 bits, reduced.

    Source: G. Fowler, L. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm.
    """
    found = 0x811C9DC5
    for byte in key.encode():
        found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
    return found % pieces


def scripts(found: Index, mark: str) -> Iterator[tuple[str, bytes]]:
    """Give the index as scripts: (address, bytes); `mark` stands in each (SIMULATED or nothing)."""
    note = f"/* {mark} */" if mark else ""
    setting = {
        "pieces": len(found.pieces),
        "many": found.many,
        "joined": portable.JOINED,
        "aside": portable.aside(),
    }
    yield "find/setting.js", _call(note, "dadkhahSetting", {**setting, **portable.tables()})
    for number, texts in enumerate(found.pieces):
        yield f"find/{number}.js", _call(note, "dadkhahPiece", number, texts)


def _call(note: str, name: str, *values: object) -> bytes:
    body = b",".join(orjson.dumps(value) for value in values)
    return note.encode() + f"{name}(".encode() + body + b");\n"
