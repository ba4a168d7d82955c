"""Search without a server: a static index in small pieces, each a script that a page loads.

    dadkhahPiece("12",["<id>|<year>|<spelling>|<spelling>", ...]);     find/12.js
    dadkhahPiece("12-1",[...]);                                        find/12-1.js, what was over
    dadkhahWords(7,["mhmt", "mhr", ...]);                              find/w7.js

A piece holds the people under some keys, in the order of their ids. A key is a token of
dadkhah.names.portable, so that any spelling in either script leads to the same piece. Which piece a
key is in is a hash of the key (FNV-1a): no directory is needed, a change touches few pieces, and
what is typed never stands in an address. A token that very many share is cut further by the other
such tokens of the name, in the order of the alphabet: key "krm-mhmt"; under itself stand some of
those only. A piece that would be too heavy goes on in further files. The words of the index, by
their first two letters, let the beginning of a name lead to the name.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from dadkhah.memorial.slips import Slip
from dadkhah.names import portable, search_tokens

__all__ = [
    "Index",
    "Row",
    "files_of",
    "index",
    "keys_of",
    "over",
    "place_of",
    "row_of",
    "rows",
    "scripts",
    "setting",
    "shape",
    "tokens_of",
    "weigh",
    "words_in",
]

PIECE_BYTES: Final = 8_000  # at most, on average
FILE_BYTES: Final = 40_000  # of one file of a piece
MANY: Final = 400  # people under one token from which it is cut further
SOME: Final = 60  # of whom about so many, or up to twice as many, stand under that token itself
SPELLINGS: Final = 8
WORD_PIECES: Final = 64
WORDS: Final = 3_000  # in one piece; the rarer ones are found when they are typed whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person in the index: what is shown, and the tokens it is found under."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Pieces of rows, each row once in a piece.

    Args:
        many: tokens that are cut further, with one in how many stands under itself.
        counts: by token, how many people. weight: of all rows, by which the pieces are counted.
    """

    many: Mapping[str, int]
    counts: Mapping[str, int]
    weight: int
    pieces: tuple[tuple[str, ...], ...]


@functools.lru_cache(maxsize=1 << 17)
def tokens_of(spelling: str) -> tuple[str, ...]:
    """Give every token that a spelling is found under: of its words, and of words run together."""
    words = portable.words(spelling)
    found = dict.fromkeys(search_tokens(spelling))
    for length in range(1, portable.JOINED + 1):
        for start in range(len(words) - length + 1):
            found.update(dict.fromkeys(portable.tokens("".join(words[start : start + length]))))
    return tuple(found)


def row_of(slip: Slip) -> Row | None:
    """Give the row of somebody who has a name that is public."""
    spellings = [each.replace("|", " ") for each in slip.spellings[:SPELLINGS]]
    if not spellings:
        return None
    found = dict.fromkeys(token for each in spellings for token in tokens_of(each))
    return Row(text="|".join([slip.id, slip.year, *spellings]), tokens=tuple(found))


def shape(counts: Mapping[str, int], weight: int) -> tuple[dict[str, int], int]:
    """Give the tokens that are cut further, and the number of pieces: what all keys follow from."""
    many = {token: _one_in(count) for token, count in sorted(counts.items()) if count > MANY}
    return many, 1 << max(0, (weight // PIECE_BYTES).bit_length())


def _one_in(count: int) -> int:
    """Give a power of two, so that it rarely changes as a case grows."""
    return 1 << max(0, (count // SOME).bit_length() - 1)


def weigh(row: Row) -> int:
    """Give the bytes that a row takes, about."""
    return len(row.text.encode()) * len(row.tokens)


def index(every: Sequence[Row]) -> Index:
    """Cut rows into pieces; a pure function of the rows."""
    counts = Counter(token for row in every for token in row.tokens)
    weight = sum(map(weigh, every))
    many, size = shape(counts, weight)
    pieces: list[list[str]] = [[] for _ in range(size)]
    for row in every:
        for place in {place_of(key, size) for key in keys_of(row, many)}:
            pieces[place].append(row.text)
    return Index(
        many=many, counts=dict(sorted(counts.items())), weight=weight,
        pieces=tuple(tuple(sorted(held)) for held in pieces),
    )  # fmt: skip


def keys_of(row: Row, many: Mapping[str, int]) -> Iterator[str]:
    """Give the keys that a row stands under."""
    chance = zlib.crc32(row.text.partition("|")[0].encode())
    yield from (token for token in row.tokens if chance % many.get(token, 1) == 0)
    common = sorted(token for token in row.tokens if token in many)
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
    for number, texts in enumerate(found.pieces):
        yield from files_of(number, texts, mark)
    yield setting(found.many, len(found.pieces), over(found), mark)
    yield from words_in(found.counts, mark)


def over(found: Index) -> dict[str, int]:
    """Give the pieces that go on in further files, with how many they are."""
    made = ((number, len(_parts(texts))) for number, texts in enumerate(found.pieces))
    return {str(number): files for number, files in made if files > 1}


def setting(
    many: Mapping[str, int], pieces: int, over: Mapping[str, int], mark: str
) -> tuple[str, bytes]:
    """Give the script that says how the index is cut, and how a word is folded.

    Args:
        over: of the pieces that go on in further files, how many they are.
    """
    said = {
        "pieces": pieces, "many": sorted(many), "joined": portable.JOINED,
        "aside": portable.aside(), "words": WORD_PIECES,
        "over": dict(sorted(over.items())),
    }  # fmt: skip
    return "find/setting.js", _call(mark, "dadkhahSetting", {**said, **portable.tables()})


def files_of(number: int, texts: Sequence[str], mark: str) -> list[tuple[str, bytes]]:
    """Give one piece as scripts, as many as it takes."""
    parts = _parts(texts)
    names = [str(number), *(f"{number}-{part}" for part in range(1, len(parts)))]
    return [
        (f"find/{name}.js", _call(mark, "dadkhahPiece", name, held))
        for name, held in zip(names, parts, strict=True)
    ]


def _parts(texts: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    size = 0
    for text in texts:
        weight = len(text.encode()) + 3
        if size + weight > FILE_BYTES and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += weight
    return parts


def words_in(counts: Mapping[str, int], mark: str) -> Iterator[tuple[str, bytes]]:
    """Give the words of the index as scripts, by their first two letters, the most common first."""
    held: dict[int, list[str]] = defaultdict(list)
    for token in sorted(counts, key=lambda each: (-counts[each], each)):
        if len(token) > 2:
            held[place_of(token[:2], WORD_PIECES)].append(token)
    for number in range(WORD_PIECES):
        yield f"find/w{number}.js", _call(mark, "dadkhahWords", number, held[number][:WORDS])


def _call(mark: str, name: str, *values: object) -> bytes:
    note = f"/* {mark} */" if mark else ""
    body = b",".join(orjson.dumps(value) for value in values)
    return note.encode() + f"{name}(".encode() + body + b");\n"


def rows(slips: Iterable[Slip]) -> Iterator[Row]:
    """Give the rows of all who have a name."""
    return (row for slip in slips if (row := row_of(slip)) is not None)
