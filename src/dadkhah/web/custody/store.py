"""Put records into the store, many at a time.

Django's own bulk insert spends most of an import on preparing values one by one; here the columns
of a model are worked out once and the database's driver takes the rows.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.apps import apps
from django.db import connection, models
from django.dispatch import Signal

from dadkhah.web.custody.models import Recorded

__all__ = [
    "PLACE",
    "Placed",
    "count_afresh",
    "grouped",
    "insert",
    "insert_values",
    "model_of",
    "stored",
]

# Sent with the kind of record and what was `placed`, within the transaction that stores it, for
# what is computed from records as they come.
stored = Signal()

PLACE = ("entry", "position", "salt", "commitment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A record, as its kind and its fields, with its place in the log."""

    kind: type[Any]
    fields: Mapping[str, Any]
    entry: int
    position: int
    salt: bytes
    commitment: bytes


def count_afresh() -> None:
    """Let the database count what its indexes hold, after many rows came or went.

    Without this SQLite takes a claim's predicate, which has few values, for a better way in than
    its mention, and walks the whole case.

    Source: SQLite, "Approximate ANALYZE", section 3 of lang_analyze.html (analysis_limit).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=1000")
        cursor.execute("ANALYZE")


def model_of(kind: type[Any]) -> type[Recorded]:
    """Give the model that keeps one kind of record."""
    return _models()[kind.kind]


@functools.cache
def _models() -> dict[str, type[Recorded]]:
    return {m.record_type.kind: m for m in apps.get_models() if issubclass(m, Recorded)}


def insert_values(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of plain values.

    Args:
        columns: the names of the model's fields, a link by its attname.
        rows: the values of each row, in the order of the columns.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(name).column) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def insert(kind: type[Any], placed: Sequence[Placed]) -> None:
    """Insert records of one kind."""
    statement, fill = _plan(kind.kind)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [fill(item) for item in placed])
    stored.send(kind, placed=placed)


@functools.cache
def _plan(kind: str) -> tuple[str, Callable[[Placed], list[Any]]]:
    """Work out the statement for a kind, and what fills it."""
    table = _models()[kind]._meta
    fields = [field for field in table.concrete_fields if field.name not in PLACE]
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in (*(f.column for f in fields), *PLACE))
    marks = ", ".join(["%s"] * (len(fields) + len(PLACE)))
    columns = [(f.name, _writer(f), _default(f)) for f in fields]

    def fill(item: Placed) -> list[Any]:
        said = item.fields
        row = [write(said[name]) if name in said else default for name, write, default in columns]
        return [*row, item.entry, item.position, item.salt, item.commitment]

    return f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({marks})", fill


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    return _json if isinstance(field, models.JSONField) else _same


def _default(field: models.Field[Any, Any]) -> Any:
    if field.is_relation:
        return None
    value = field.get_default()
    return _json(value) if isinstance(field, models.JSONField) and value is not None else value


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _same(value: Any) -> Any:
    return value


def grouped(placed: Iterable[Placed]) -> dict[type[Any], list[Placed]]:
    """Sort records by kind, keeping their order."""
    groups: dict[type[Any], list[Placed]] = {}
    for item in placed:
        groups.setdefault(item.kind, []).append(item)
    return groups
