"""A table of somebody's own, made into one that linkage reads: nothing guessed, nothing dropped."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from dadkhah.errors import LinkageError
from dadkhah.people.features import SCHEMA, says_nobody, says_nothing
from dadkhah.people.fields import OTHER

__all__ = ["read_table", "require_table"]

_NEEDED = ("id", "name")


def read_table(given: pl.DataFrame) -> pl.DataFrame:
    """Make a table of mentions out of columns of one's own, for `link` and all that follows.

    Args:
        given: `id` and `name`, and as many other columns of SCHEMA as there are; dates as days or
            as ISO text, `further_NAME` as text. `collection` says which list a row is of.

    Returns:
        The same rows in the same order, with every column of SCHEMA, empty where nothing was
        given or a word for unknown stands, and `unidentified` where it stands for the name.

    Raises:
        LinkageError: linkage-table, with the column and the row (from 1), where a column is
            missing, unknown, or holds what it cannot hold, or an id is missing or stands twice.
    """
    _refuse_columns(given)
    _refuse_ids(given["id"])
    columns = [_column(given, name, kind) for name, kind in SCHEMA.items()]
    further = [_read(given[name], pl.String) for name in given.columns if name.startswith(OTHER)]
    table = pl.DataFrame([*columns, *further])
    nobody = table["name"].map_elements(says_nobody, pl.Boolean, skip_nulls=False)
    return table.with_columns(
        pl.col("unidentified").fill_null(value=False) | nobody,
        pl.col("other_names").fill_null([]),
        _told(table["father"], says_nobody),
        *(_told(column, says_nothing) for column in (*table["place", "affiliation"], *further)),
    )


def _told(column: pl.Series, is_word_for_unknown: Callable[[str], bool]) -> pl.Series:
    unknown = column.map_elements(is_word_for_unknown, pl.Boolean)
    return column.set(unknown.fill_null(value=False), None)


def require_table(table: pl.DataFrame) -> None:
    """Refuse what is no table of mentions.

    Raises:
        LinkageError: linkage-table.
    """
    for name, kind in SCHEMA.items():
        if table.schema.get(name) != kind:
            raise LinkageError(
                "linkage-table",
                "This is no table of mentions: a column is missing or of another kind.",
                where=f"column {name}",
                todo="Make it by people.features, or by people.read_table from your own columns.",
            )


def _refuse_columns(given: pl.DataFrame) -> None:
    for name in _NEEDED:
        if name not in given.columns:
            raise LinkageError(
                "linkage-table",
                "The table lacks a column that linkage cannot do without.",
                where=f"column {name}",
                todo="Give every row an id of its own and a name as written.",
            )
    for name in given.columns:
        if name not in SCHEMA and not name.startswith(OTHER):
            raise LinkageError(
                "linkage-table",
                "Linkage does not know this column, and leaves nothing out unsaid.",
                where=f"column {name}",
                todo=f"Call it {OTHER}{name} to compare it as text, rename it, or drop it.",
            )


def _refuse_ids(ids: pl.Series) -> None:
    wrong = ids.is_null() | ~ids.is_first_distinct()
    if wrong.any():
        raise LinkageError(
            "linkage-table",
            "Each row has an id of its own; this one has none, or that of a row above.",
            where=f"row {int(wrong.arg_max() or 0) + 1}, column id",
            todo="Number the rows, across all lists.",
        )


def _column(given: pl.DataFrame, name: str, kind: pl.DataType) -> pl.Series:
    if name in given.columns:
        return _read(given[name], kind)
    return pl.Series(name, [None] * given.height, kind)


def _read(column: pl.Series, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    """Read a column as a kind, or name the first row that cannot be so read."""
    if column.dtype == kind:
        return column
    read = _cast(column, kind)
    lost = column.is_not_null() if read is None else column.is_not_null() & read.is_null()
    if read is None or lost.any():
        raise LinkageError(
            "linkage-table",
            f"A value cannot be read as this column's kind, {kind}.",
            where=f"row {int(lost.arg_max() or 0) + 1}, column {column.name}",
            todo="Write days as 1988-07-30 or as dates, ages as whole numbers, all else as text.",
        )
    return read


def _cast(column: pl.Series, kind: pl.DataType | type[pl.DataType]) -> pl.Series | None:
    """Cast what has a form of this kind, the rest to nulls; None where polars knows no way."""
    if kind == pl.Date and column.dtype == pl.String:
        return column.str.to_date("%Y-%m-%d", strict=False)
    if kind == pl.Date and not column.dtype.is_temporal():
        return None
    whole = column.dtype.is_float() and kind == pl.Int32
    held = column.set(column != column.round(), None) if whole else column
    try:
        return held.cast(kind, strict=False)
    except pl.exceptions.InvalidOperationError:
        return None
