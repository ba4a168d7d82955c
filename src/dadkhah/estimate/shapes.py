"""Whatever a notebook holds, as rows of named columns: files, frames, arrays, dicts, series."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from dadkhah.errors import EstimateError

__all__ = ["PATTERN", "Row", "memberships_of", "rows_of"]

Row = Mapping[str, Any]
PATTERN = "count"
_MEMBERS = (set, frozenset)


def _bad(what: str, where: str = "") -> EstimateError:
    return EstimateError(
        "overlaps-table-bad",
        what,
        where=where,
        todo="Give a table with one column of 0 and 1 per list and a column of counts, or one row "
        "per person, or the people of each list as sets.",
    )


def memberships_of(data: Any) -> tuple[list[str], list[frozenset[str]]] | None:
    """Read people given as sets: each list's people, or each person's lists; else None."""
    if isinstance(data, Mapping) and data and all(isinstance(v, _MEMBERS) for v in data.values()):
        lists = [str(name) for name in data]
        people: dict[Any, set[str]] = {}
        for name, ids in data.items():
            for person in ids:
                people.setdefault(person, set()).add(str(name))
        return lists, [frozenset(on) for on in people.values()]
    if isinstance(data, (list, tuple)) and data and all(isinstance(v, _MEMBERS) for v in data):
        members = [frozenset(str(name) for name in person) for person in data]
        return sorted(frozenset().union(*members)), members
    return None


def rows_of(data: Any) -> list[Row]:
    """Give any table as rows.

    Args:
        data: a CSV file; a pandas, Polars or Arrow table; a pandas Series indexed by pattern;
            an array with a side of two per list, or of rows; a mapping of patterns to counts or
            of column names to columns; rows as mappings or sequences.

    Raises:
        EstimateError: overlaps-table-bad.
    """
    if isinstance(data, (str, Path)):
        return _file(Path(data))
    if hasattr(data, "collect") and hasattr(data, "collect_schema"):
        data = data.collect()
    if isinstance(data, np.ndarray):
        return _array(data)
    if isinstance(data, Mapping):
        return _mapping(data)
    frame = _frame(data)
    return frame if frame is not None else _listed(data)


def _frame(data: Any) -> list[Row] | None:
    """Rows of a data frame of any maker."""
    if hasattr(data, "to_frame") and hasattr(data, "reset_index") and not hasattr(data, "columns"):
        data = data.rename(PATTERN).reset_index()
    if hasattr(data, "to_pylist"):
        return [dict(row) for row in data.to_pylist()]
    if hasattr(data, "to_dicts"):
        return [dict(row) for row in data.to_dicts()]
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        return [{str(k): v for k, v in row.items()} for row in data.to_dict("records")]
    return None


def _file(path: Path) -> list[Row]:
    """Rows of a delimited text file; comma, semicolon, tab or bar, whichever heads it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heading = file.readline()
            file.seek(0)
            mark = max(",;\t|", key=heading.count)
            rows: list[Row] = list(csv.DictReader(file, delimiter=mark))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise _bad(
            "The table cannot be read.", where=f"{path.name}: {type(problem).__name__}"
        ) from problem
    if any(None in row for row in rows):
        raise _bad("A row is longer than the heading.", where=path.name)
    return rows


def _array(data: np.ndarray[Any, Any]) -> list[Row]:
    """Rows of an array: a full table of counts, or a matrix of rows."""
    if data.ndim >= 2 and set(data.shape) == {2}:
        names = [f"L{j + 1}" for j in range(data.ndim)]
        return [
            {**dict(zip(names, cell, strict=True)), PATTERN: data[cell]}
            for cell in product((0, 1), repeat=data.ndim)
        ]
    if data.ndim != 2:
        raise _bad("The array is neither a table of rows nor of two levels for each list.")
    return _listed(data.tolist())


def _mapping(data: Mapping[Any, Any]) -> list[Row]:
    """Rows of a mapping: columns by name, or counts by pattern."""
    columns = [v for v in data.values() if isinstance(v, (Sequence, np.ndarray))]
    if columns and len(columns) == len(data) and not any(isinstance(v, str) for v in columns):
        if len({len(column) for column in columns}) > 1:
            raise _bad("The columns differ in length. The people of a list go in a set.")
        names = [str(name) for name in data]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    keys = list(data)
    if keys and all(isinstance(k, str) and k and set(k) <= {"0", "1"} for k in keys):
        return _patterns([tuple(map(int, key)) for key in keys], list(data.values()))
    if keys and all(isinstance(k, tuple) and k and set(k) <= {0, 1} for k in keys):
        return _patterns([tuple(map(int, key)) for key in keys], list(data.values()))
    if keys and all(isinstance(k, (tuple, frozenset)) for k in keys):
        names = list(dict.fromkeys(str(name) for key in keys for name in sorted(key)))
        return [
            {**{name: int(name in set(map(str, key))) for name in names}, PATTERN: n}
            for key, n in data.items()
        ]
    raise _bad(
        "The mapping is neither columns by name nor counts by pattern, such as "
        '{"110": 6} or {("A", "B"): 6}.'
    )


def _patterns(patterns: list[tuple[int, ...]], counts: list[Any]) -> list[Row]:
    if len({len(pattern) for pattern in patterns}) > 1:
        raise _bad("The patterns differ in length.")
    return [
        {**{f"L{j + 1}": x for j, x in enumerate(pattern)}, PATTERN: n}
        for pattern, n in zip(patterns, counts, strict=True)
    ]


def _listed(data: Any) -> list[Row]:
    """Rows given one by one, with or without names."""
    if not isinstance(data, Iterable):
        raise _bad("This is not a table.", where=type(data).__name__)
    rows = list(data)
    if all(isinstance(row, Mapping) for row in rows):
        return [{str(k): v for k, v in row.items()} for row in rows]
    if any(isinstance(row, (str, Mapping)) or not isinstance(row, Sequence) for row in rows):
        raise _bad("The rows are not all of one kind.")
    if len({len(row) for row in rows}) > 1:
        raise _bad("The rows differ in length.")
    return [{f"L{j + 1}": value for j, value in enumerate(row)} for row in rows]
