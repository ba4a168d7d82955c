"""The engines that pair what lies in one block: DuckDB, or Spark where it is set."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dadkhah.people.blocks import Blocks
from dadkhah.people.pairing import PAIRS
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.spark import spark_parts

__all__ = ["FoundPairs", "find_pairs", "open_engine"]

_PART: Final = 4_000_000
_ROW: Final = 13  # bytes of a row of a block


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPairs:
    """Pairs of rows in order, and by which rules each was found, as bits."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    rules: NDArray[np.int32]


@contextmanager
def open_engine(
    settings: LinkageSettings, *, on_disk: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for one step.

    What does not fit in memory holds names, so it is never left in the folder the program was
    started in, which is DuckDB's own choice: it goes into a temporary folder and with it.

    Args:
        on_disk: keep tables in a file, where what is read again and again is written once.
    """
    with (
        tempfile.TemporaryDirectory(prefix="dadkhah-link-") as room,
        duckdb.connect(
            f"{room}/step.duckdb" if on_disk else ":memory:", config={"temp_directory": room}
        ) as connection,
    ):
        connection.execute(f"set memory_limit = '{settings.memory_mebibytes}MiB'")
        connection.execute("set enable_progress_bar = false")
        connection.execute("set preserve_insertion_order = false")
        yield connection


def find_pairs(
    blocks: Blocks,
    mentions: int,
    settings: LinkageSettings,
    progress: Progress | None = None,
) -> Iterator[FoundPairs]:
    """Pair the mentions of each block, each pair once, in parts that fit in memory."""
    bounds = _bounds(sum(blocks.cost.values()), mentions)
    run = spark_parts if settings.engine == "spark" else _duckdb_parts
    for at, found in enumerate(run(blocks, bounds, settings)):
        yield _in_order(found)
        if progress:
            progress("block", (at + 1) / (len(bounds) - 1))


def _duckdb_parts(
    blocks: Blocks, bounds: list[int], settings: LinkageSettings
) -> Iterator[pa.Table]:
    large = 2 * _ROW * blocks.rows > settings.memory_mebibytes << 20
    with open_engine(settings, on_disk=large) as connection:
        connection.read_parquet(f"{blocks.folder}/*.parquet").create("block_rows")
        for first, end in pairwise(bounds):
            sql = PAIRS.format(first=first, end=end, bit="1 << a.rule::integer")
            yield connection.sql(sql).to_arrow_table()


def _bounds(cost: float, mentions: int) -> list[int]:
    """Cut the rows so that each part costs about the same.

    An early row is the left one of more pairs than a late one. A part costs its pairs and its rows,
    half and half: with the share x of the rows done, (2x - x^2) / 2 + x / 2 of the cost is done.
    """
    parts = max(1, int(np.ceil(cost / _PART)))
    share = 1.5 - np.sqrt(2.25 - 2 * np.arange(parts + 1) / parts)
    return [int(each) for each in np.round(share * mentions)]


def _in_order(found: pa.Table) -> FoundPairs:
    left, right, rules = (found[name].to_numpy() for name in ("l", "r", "rules"))
    order = np.argsort((left.astype(np.int64) << 32) | right)
    return FoundPairs(
        left=left[order].astype(np.int32),
        right=right[order].astype(np.int32),
        rules=rules[order].astype(np.int32),
    )
