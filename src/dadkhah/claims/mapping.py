"""A table made into claims, as a mapping file says.

    mapping = mapping.read(path); mapping.check(mapping, table.header)
    found = mapping.placeholders(table, mapping)
    result = mapping.apply(row, mapping, source=..., capture=..., placeholders=found)

docs/import.md shows a mapping file and explains each of its keys.
"""

from __future__ import annotations

from dadkhah.claims.mapping_cells import Cell, read_cell
from dadkhah.claims.mapping_file import parse, read
from dadkhah.claims.mapping_form import (
    Column,
    Constant,
    Mapping,
    check,
    collection_of,
    source_of,
)
from dadkhah.claims.mapping_rows import apply
from dadkhah.claims.mapping_summary import ColumnReport, Report, Tally, placeholders, summary
from dadkhah.claims.mapping_values import (
    Ids,
    Placeholder,
    Placeholders,
    Problem,
    RowResult,
    TableRow,
    fingerprint,
    key_of,
    slot,
)

__all__ = [
    "Cell",
    "Column",
    "ColumnReport",
    "Constant",
    "Ids",
    "Mapping",
    "Placeholder",
    "Placeholders",
    "Problem",
    "Report",
    "RowResult",
    "TableRow",
    "Tally",
    "apply",
    "check",
    "collection_of",
    "fingerprint",
    "key_of",
    "parse",
    "placeholders",
    "read",
    "read_cell",
    "slot",
    "source_of",
    "summary",
]
