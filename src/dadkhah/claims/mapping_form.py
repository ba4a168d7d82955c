"""What a mapping file says, as values, and whether it fits a table."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dadkhah import dates
from dadkhah.errors import MappingError
from dadkhah.records import Collection, Source
from dadkhah.text import fold_letters

__all__ = [
    "Column",
    "Constant",
    "Mapping",
    "check",
    "collection_of",
    "fold",
    "nearest",
    "source_of",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """How one column is read: the claim it makes and the form its cells are in.

    `terms` gives the coded term ("list:code") of each text as written, letters folded.
    """

    column: str
    predicate: str
    reading: str
    vocabulary: str = ""
    terms: Lookup[str, str] = field(default_factory=dict)
    calendar: str | None = None
    order: str | None = None
    split: str = ""
    join: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Constant:
    """A claim that the whole list makes about everyone on it."""

    column: Column
    written: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mapping:
    """A mapping file, checked.

    `digest` is the SHA-256 of what it says: a row imported under another mapping is a changed row.
    """

    collection: Lookup[str, Any]
    source: Lookup[str, str]
    key: tuple[str, ...]
    kind: str
    language: str
    label: str
    columns: tuple[Column, ...]
    ignore: tuple[str, ...]
    unidentified: frozenset[str]
    constants: tuple[Constant, ...]
    formulas: str
    sheet: str
    digest: str


def check(mapping: Mapping, header: Sequence[str], name: str = "") -> None:
    """Insist that a mapping and a table's headings fit each other, both ways.

    Raises:
        MappingError: a column the mapping names is missing; a column of the table is neither
            mapped nor ignored.
    """
    listed = ", ".join(f"“{heading}”" for heading in header)
    for column in _named_columns(mapping):
        if column not in header:
            raise MappingError(
                "mapping-column-missing",
                f"The table has no column “{column}”; its columns are {listed}.",
                where=name,
                todo=nearest(column, header) or "Correct the mapping, or get the right table.",
            )
    known = {*_named_columns(mapping), *mapping.ignore}
    extra = [heading for heading in header if heading not in known]
    if extra:
        raise MappingError(
            "mapping-column-unmapped",
            "The mapping does not say what becomes of "
            + ", ".join(f"“{heading}”" for heading in extra)
            + ".",
            where=name,
            todo="Map each of them under columns, or name it under ignore.",
        )


def collection_of(
    mapping: Mapping, collection_id: str, derived_from: Sequence[str] = ()
) -> Collection:
    """Give the collection that a mapping describes.

    Args:
        derived_from: ids of the collections it derives from, as the importer resolved the titles
            under `derived_from`; empty takes them as written.
    """
    parents = tuple(derived_from) or mapping.collection.get("derived_from", ())
    return Collection(id=collection_id, **{**mapping.collection, "derived_from": parents})


def source_of(mapping: Mapping, source_id: str, collection: str) -> Source:
    """Give the source record of the table itself; its date as written and as read."""
    fields: dict[str, Any] = dict(mapping.source)
    written = fields.pop("date", "")
    return Source(
        id=source_id,
        collection=collection,
        date=dates.read(written).edtf if written else "",
        date_written=written,
        **fields,
    )


def _named_columns(mapping: Mapping) -> list[str]:
    joined = [other for column in mapping.columns for other in column.join]
    named = [*mapping.key, *(column.column for column in mapping.columns), *joined, mapping.label]
    return list(dict.fromkeys(named))


def fold(text: str) -> str:
    """Fold a text as it is compared with those a mapping gives: letters, case, spaces."""
    return fold_letters(text).casefold()


def nearest(given: str, allowed: Sequence[str]) -> str:
    """Suggest what was meant, or name everything that is allowed when it is little."""
    close = difflib.get_close_matches(given, allowed, n=3, cutoff=0.5) if given else []
    if close:
        return "Did you mean " + " or ".join(f"“{name}”" for name in close) + "?"
    return f"It can be: {', '.join(allowed)}." if 0 < len(allowed) <= 15 else ""
