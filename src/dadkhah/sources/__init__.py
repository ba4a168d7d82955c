"""Sources: what was received, kept as it came, and read without a guess.

    recognise -> decode -> derive -> passages        running text
    recognise -> rows                                tables

Every character of a derived text, and every row of a table, leads back to the bytes received.
"""

from __future__ import annotations

from dadkhah.sources.derived import NOISE, Block, DerivedText, Span
from dadkhah.sources.encoding import Decoded
from dadkhah.sources.kinds import CSV, HTML, TEXT, XLSX, is_table, recognise
from dadkhah.sources.reading import Reading, read
from dadkhah.sources.rows import Problem, Row, Table

__all__ = [
    "CSV",
    "HTML",
    "NOISE",
    "TEXT",
    "XLSX",
    "Block",
    "Decoded",
    "DerivedText",
    "Problem",
    "Reading",
    "Row",
    "Span",
    "Table",
    "is_table",
    "read",
    "recognise",
]
