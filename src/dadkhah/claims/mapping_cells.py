"""One cell, read as its column says: a reading, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from dadkhah import dates, names, places
from dadkhah.claims.mapping_form import Column, fold
from dadkhah.errors import InputError
from dadkhah.text import clean, to_ascii_digits

__all__ = ["LONGEST", "UNREAD", "Cell", "read_cell"]

UNREAD: Final = "unread"
LONGEST: Final = {
    "name": 500, "date": 200, "number": 100, "place": 500, "term": 500, "text": 100_000,
    "url": 4_000,
}  # fmt: skip
"""Most characters of a cell, by how it is read; a longer one is no such thing."""

_URL: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_HEDGE: Final = (
    r"(?P<hedge>about|around|approximately|approx\.?|circa|ca?\.?|some|nearly|almost|over|"
    r"more than|at least|under|less than|up to|~|>=|≥|>|<=|≤|<|"
    r"حدود|حدودا|تقریبا|نزدیک به|بیش از|بیشتر از|دست کم|دستکم|حداقل|کمتر از|حداکثر)?\s*"
)
_NUMBER: Final = re.compile(
    _HEDGE + r"(?P<low>\d{1,15})(?:\.0+)?(?:\s*(?:-|–|to|تا)\s*(?P<high>\d{1,15})(?:\.0+)?)?"
    r"(?P<open>\s*\+)?(?:\s*(?:years?(?: old)?|y\.?o\.?|ساله|سال))?",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_AT_LEAST: Final = frozenset({"at least", ">=", "≥", "دست کم", "دستکم", "حداقل"})
_MORE: Final = frozenset({"over", "more than", ">", "بیش از", "بیشتر از"})
_LESS: Final = frozenset(
    {"under", "less than", "up to", "<", "<=", "≤", "کمتر از", "حداکثر"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell says: its reading, flags and basis; or the problem, its reading None."""

    value: Any = None
    flags: tuple[str, ...] = ()
    basis: str = ""
    code: str = ""
    what: str = ""
    todo: str = ""
    refuses_row: bool = False
    unidentified: bool = False


@lru_cache(maxsize=1 << 16)
def read_cell(text: str, column: Column) -> Cell:
    """Read one cell that is not empty. Equal texts of one column are read once.

    Args:
        text: the cell as written, or one part of it where the column is split.

    Returns: a Cell; one that cannot be read has the flag "unread" and says why. Nothing is
        guessed: "7/8/88" without an order is unread.
    """
    if len(text) > LONGEST[column.reading]:
        return Cell(
            code="cell-too-long",
            what=f"This cell holds {len(text)} characters; a {column.reading} has at most "
            f"{LONGEST[column.reading]}.",
            todo="Look for cells that ran together; the whole row was left out.",
            refuses_row=True,
        )
    try:
        if column.reading == "date":
            return _date(text, column)
        if column.reading == "term":
            return _term(text, column)
        return _READERS[column.reading](text)
    except InputError as error:
        return _unread(error.code, error.what, error.todo)


def _unread(code: str, what: str, todo: str) -> Cell:
    return Cell(flags=(UNREAD,), code=code, what=what, todo=todo)


def _name(text: str) -> Cell:
    if names.is_unidentified(text):
        return Cell(flags=("unidentified",), unidentified=True)
    value = clean(text)
    if not any(letter.isalpha() for letter in value):
        return _unread("cell-name", "This is no personal name: it holds no letter.",
                       "Write the name, or leave the cell empty.")  # fmt: skip
    return Cell(value=value)


def _date(text: str, column: Column) -> Cell:
    date = dates.read(text, calendar=column.calendar, order=column.order)
    return Cell(
        value=date.edtf,
        flags=tuple(item.code for item in date.inferences),
        basis=" ".join(item.sentence for item in date.inferences),
    )


def _place(text: str) -> Cell:
    place = places.read(text)
    value = {"name": place.name, "level": place.level}
    if place.gazetteer:
        value["gazetteer"] = place.gazetteer
    return Cell(value=value)


def _term(text: str, column: Column) -> Cell:
    found = column.terms.get(fold(text))
    if found is None:
        return _unread(
            "cell-term",
            f"List {column.vocabulary} has no term for this text.",
            "Say under terms which code it stands for; an import never adds a term.",
        )
    return Cell(value=found)


def _number(text: str) -> Cell:
    plain = _THOUSANDS.sub("", to_ascii_digits(clean(text)).replace("\u200c", " "))
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return _unread("cell-number", "This is no number or range of numbers.",
                       "Write figures, as in 25, 20-25 or about 40.")  # fmt: skip
    low, high = int(found["low"]), int(found["high"] or found["low"])
    hedge = (found["hedge"] or "").lower()
    if found["open"] or hedge in _AT_LEAST or hedge in _MORE:
        return _bounded(low + (1 if hedge in _MORE else 0), None, found["hedge"] or "+")
    if hedge in _LESS:
        return _bounded(0, high, found["hedge"])
    if low > high:
        return _unread("cell-number", "This range runs backwards.", "Write the lower number first.")
    return _bounded(low, high, found["hedge"] or "")


def _bounded(low: int, high: int | None, hedge: str) -> Cell:
    value: dict[str, Any] = {"low": low, "high": high}
    return Cell(value={**value, "hedge": hedge} if hedge else value)


def _text(text: str) -> Cell:
    return Cell(value=clean(text)) if clean(text) else _unread(
        "cell-invisible", "This cell holds only characters that cannot be seen.",
        "Empty the cell, or write what it should say.",
    )  # fmt: skip


def _url(text: str) -> Cell:
    if not _URL.fullmatch(text.strip()):
        return _unread("cell-address", "This is no web address.",
                       "Give an address that begins with http:// or https://.")  # fmt: skip
    return Cell(value=text.strip())


_READERS: Final[dict[str, Callable[[str], Cell]]] = {
    "name": _name,
    "place": _place,
    "number": _number,
    "text": _text,
    "url": _url,
}
