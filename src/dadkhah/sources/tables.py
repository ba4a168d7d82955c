"""Opening a table of any kind that is read row by row."""

from __future__ import annotations

from pathlib import Path

from dadkhah.errors import SourceError, TableError
from dadkhah.sources import kinds
from dadkhah.sources.readers import csv
from dadkhah.sources.rows import Problem, Row, Table

__all__ = ["Problem", "Row", "Table", "rows"]


def rows(
    data: bytes | Path,
    media_type: str,
    encoding: str = "",
    *,
    sheet: str = "",
    formulas: str = "refuse",
    name: str = "",
) -> Table:
    """Open a table for reading.

    Args:
        data: the received bytes, or where they are (better for large files).
        media_type: kinds.CSV or kinds.XLSX.
        encoding: of a CSV, as detected before; empty to detect it now.
        sheet: which sheet of a workbook; empty when only one has content.
        formulas: "refuse" makes a formula a problem of its row; "values" takes the value that was
            last computed (in a CSV, the text as written).
        name: the file's name, for messages.

    Raises:
        TableError: headings that are empty, twice there or missing; a sheet that is not there.
        SourceError: an encoding or a workbook that cannot be read; a line or file past the limits.
    """
    if formulas not in ("refuse", "values"):
        raise TableError(
            "table-formulas",
            f"Formulas can be refused or taken by their values, not “{formulas}”.",
            todo="Write formulas: refuse or formulas: values.",
        )
    if media_type == kinds.CSV:
        return csv.table(data, encoding, formulas=formulas, name=name)
    if media_type == kinds.XLSX:
        # what opens workbooks takes a second to import, and most commands open none
        from dadkhah.sources.readers import xlsx

        return xlsx.table(data, sheet=sheet, formulas=formulas, name=name)
    raise SourceError(
        "source-not-table",
        f"A file of type {media_type} is not read as a table.",
        where=name,
        todo="Give a CSV or an XLSX file.",
    )
