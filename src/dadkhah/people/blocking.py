"""Which mentions are worth comparing: keys, their cost, and a refusal before a blow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.engine import open_engine
from dadkhah.people.keys import RULES, key_table
from dadkhah.people.settings import LinkageSettings

__all__ = ["RULES", "Candidates", "block"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs worth comparing, as row numbers of the table, left before right.

    `report` has one row per rule: pairs it gives, pairs that only it gives, the largest block,
    and how many blocks were too large to use.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    report: pl.DataFrame
    flags: tuple[str, ...]


def block(table: pl.DataFrame, settings: LinkageSettings) -> Candidates:
    """Find candidate pairs by every rule.

    Raises:
        LinkageError: `linkage-too-many-pairs` when the keys would give more than allowed.
    """
    keys = key_table(table)
    with open_engine(settings) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.register("keys", keys)
        connection.register("mentions", _collections(table, settings))
        sizes = _block_sizes(connection, settings)
        _refuse_blow_up(sizes, settings)
        pairs = connection.execute(_PAIRS, [settings.largest_block]).fetchnumpy()
    return Candidates(
        left=np.ascontiguousarray(pairs["l"], dtype=np.int64),
        right=np.ascontiguousarray(pairs["r"], dtype=np.int64),
        report=_report(sizes, pairs["rules"]),
        flags=_flags(sizes),
    )


# Mentions of a collection that says that it lists nobody twice are never paired with each other.
_PAIRS: Final = """
with usable as (
    select rule, key from keys group by rule, key having count(*) between 2 and ?
), block_rows as (
    select keys.rule, keys.key, keys.row, mentions.sole
    from keys join usable using (rule, key) join mentions using (row)
)
select a.row as l, b.row as r, bit_or(1 << a.rule::integer) as rules
from block_rows a join block_rows b on a.rule = b.rule and a.key = b.key and a.row < b.row
where a.sole is null or b.sole is null or a.sole <> b.sole
group by all order by all
"""


def _collections(table: pl.DataFrame, settings: LinkageSettings) -> pl.DataFrame:
    sole = pl.when(pl.col("collection").is_in(list(settings.no_duplicates))).then("collection")
    return table.select(sole.alias("sole")).with_row_index("row").cast({"row": pl.Int64})


def _block_sizes(connection: duckdb.DuckDBPyConnection, settings: LinkageSettings) -> pl.DataFrame:
    """Count for each rule the pairs its blocks would give, before any is made."""
    found = connection.sql(
        """
        with sizes as (select rule, key, count(*) as size from keys group by rule, key)
        select rule,
               sum(case when size <= $most then size * (size - 1) // 2 else 0 end)::double as cost,
               max(size)::bigint as largest,
               count(*) filter (where size > $most) as too_large
        from sizes group by rule order by rule
        """,
        params={"most": settings.largest_block},
    )
    return pl.DataFrame(found.to_arrow_table())


def _refuse_blow_up(sizes: pl.DataFrame, settings: LinkageSettings) -> None:
    cost = float(sizes["cost"].sum())
    if cost > settings.most_pairs:
        raise LinkageError(
            "linkage-too-many-pairs",
            f"The keys would give about {cost:,.0f} pairs; at most {settings.most_pairs:,} may be "
            "compared.",
            todo="Link fewer lists at a time, give more fields, or raise most_pairs knowingly.",
        )


def _report(sizes: pl.DataFrame, rules: NDArray[Any]) -> pl.DataFrame:
    masks = np.asarray(rules, dtype=np.int64)
    rows = []
    for number, (name, says) in enumerate(RULES.items()):
        found = (masks >> number) & 1 == 1
        block_row = sizes.filter(pl.col("rule") == number)
        rows.append(
            {
                "rule": name,
                "says": says,
                "pairs": int(found.sum()),
                "only_here": int((masks == 1 << number).sum()),
                "largest_block": int(block_row["largest"].sum()),
                "blocks_left_out": int(block_row["too_large"].sum()),
            }
        )
    return pl.DataFrame(rows)


def _flags(sizes: pl.DataFrame) -> tuple[str, ...]:
    left_out = int(sizes["too_large"].sum())
    return (f"blocks-left-out:{left_out}",) if left_out else ()
