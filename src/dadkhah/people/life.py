"""What a mention says of a life, as lists of hashes: father, birth, death, place, exact days."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.lists import Lists
from dadkhah.people.name_words import core_words
from dadkhah.people.places import place_words

__all__ = ["day", "hashed", "lives", "parts_of_day"]

_WIDEST_MONTHS: Final = 3
_WIDEST_YEARS: Final = 4
Mask = NDArray[np.bool_]


def lives(table: pl.DataFrame, told: Mask) -> dict[str, Lists]:
    """Give each mention's father, years of birth, months of death and words of its place."""
    rows = _rows(table, told)
    father = _read_once(rows, "father", lambda text: [".".join(core_words(text))])
    place = _read_once(rows, "place", place_words)
    first, last = (pl.col(f"birth_{end}").dt.year() for end in ("earliest", "latest"))
    years = _range(rows, first, last, _WIDEST_YEARS)
    opens, closes = (_month(pl.col(f"death_{end}")) for end in ("earliest", "latest"))
    months = _range(rows, opens, closes, _WIDEST_MONTHS - 1)
    found = {"father": father, "birth": years, "death": months, "place": place}
    return {kind: hashed(said, "said", kind, table.height) for kind, said in found.items()}


def hashed(rows: pl.DataFrame, column: str, kind: str, count: int) -> Lists:
    """Hash what rows say; two kinds of saying never share a hash."""
    salt = pl.lit(kind).hash(seed=1)
    hashes = rows.select(pl.col(column).hash(seed=0) ^ salt).to_series().to_numpy()
    return Lists.of(rows["row"].cast(pl.Int64).to_numpy(), hashes, count)


def day(table: pl.DataFrame, event: str, told: Mask) -> Lists:
    """Give the day of birth or death, where one day is said."""
    return hashed(_exact(_rows(table, told), event), "said", event, table.height)


def parts_of_day(table: pl.DataFrame, told: Mask) -> Lists:
    """Give two parts of the day of birth, so that a slip in the third still meets."""
    born = _exact(_rows(table, told), "birth")
    said = pl.col("said").dt
    year, month, number = said.year(), said.month(), said.day()
    parts = (year * 100 + month, year * 100 + number + 40, month * 100 + number)
    each = [born.select("row", said=part.cast(pl.Int32)) for part in parts]
    return hashed(pl.concat(each), "said", "part", table.height)


def _rows(table: pl.DataFrame, told: Mask) -> pl.DataFrame:
    return table.with_row_index("row").filter(pl.Series(told))


def _read_once(rows: pl.DataFrame, column: str, read) -> pl.DataFrame:  # type: ignore[no-untyped-def]
    """Read each distinct text once, and give every row its readings."""
    distinct = rows.select(column).drop_nulls().unique(maintain_order=True)
    readings = [list(read(text)) for text in distinct[column].to_list()]
    said = pl.Series("said", readings, pl.List(pl.String))
    found = rows.select("row", column).join(distinct.with_columns(said), on=column, how="inner")
    long = found.select("row", "said").explode("said").drop_nulls()
    return long.filter(pl.col("said") != "").sort("row")


def _month(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month()


def _range(rows: pl.DataFrame, first: pl.Expr, last: pl.Expr, widest: int) -> pl.DataFrame:
    """Give each year or month of an interval that is not too wide."""
    narrow = rows.filter(((last - first) <= widest) & (last >= first))
    said = narrow.select("row", said=pl.int_ranges(first.cast(pl.Int64), last.cast(pl.Int64) + 1))
    return said.explode("said")


def _exact(rows: pl.DataFrame, event: str) -> pl.DataFrame:
    """Give the day, where one day is said."""
    same = rows.filter(pl.col(f"{event}_earliest") == pl.col(f"{event}_latest"))
    return same.select("row", said=f"{event}_earliest")
