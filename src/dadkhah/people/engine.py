"""The engines that pair what lies in one block: DuckDB, or Spark where it is set."""

from __future__ import annotations

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
from dadkhah.people.pairing import PAIRS, TOGETHER, part_of
from dadkhah.people.rooms import open_room
from dadkhah.people.settings import LinkageSettings, Progress
from dadkhah.people.spark import spark_parts

__all__ = ["FoundPairs", "find_pairs", "open_engine"]

_PART: Final = {"duckdb": 8_000_000, "spark": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPairs:
    """Pairs of rows in order, and by which rules each was found, as bits."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    rules: NDArray[np.int32]


@contextmanager
def open_engine(settings: LinkageSettings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for one step.

    What does not fit in memory is never left in the folder the program was started in, which is
    DuckDB's own choice: it goes into a temporary folder and with it.
    """
    with (
        open_room() as room,
        duckdb.connect(":memory:", config={"temp_directory": str(room)}) as connection,
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
    *,
    at_once: int = 0,
) -> Iterator[FoundPairs]:
    """Pair the mentions of each block, each pair once, in parts that fit in memory.

    What is found in the blocks goes to files, one folder a part; then each part is read and its
    pairs are put together, so that the work grows with the pairs.

    Args:
        at_once: so many pairs, those found by several rules counted for each, are a part; 0 for
            as many as the engine takes well.
    """
    at_once = at_once or _PART[settings.engine]
    parts = max(1, int(np.ceil(sum(blocks.cost.values()) / at_once)))
    part = part_of(mentions, parts)
    if settings.engine == "spark":
        found = spark_parts(blocks, part, parts, settings)
    else:
        steps = list(_some_blocks(blocks, at_once))
        found = _duckdb_parts(steps, part, parts, settings, progress)
    for at, each in enumerate(found):
        yield _in_order(each)
        if progress:
            progress("block", (1 + (at + 1) / parts) / 2)


def _duckdb_parts(
    steps: list[str], part: str, parts: int, settings: LinkageSettings, progress: Progress | None
) -> Iterator[pa.Table]:
    with open_room() as room, open_engine(settings) as connection:
        for step, rows in enumerate(steps):
            pairs = PAIRS.format(rows=rows, bit="1 << a.rule::integer", part=part)
            connection.execute(
                f"copy ({pairs}) to '{room}' (format parquet, partition_by (part), append)"
            )
            if progress:
                progress("block", (step + 1) / len(steps) / 2)
        for at in range(parts):
            if (room / f"part={at}").is_dir():
                pairs = f"read_parquet('{room}/part={at}/*.parquet')"
                yield connection.sql(TOGETHER.format(pairs=pairs)).to_arrow_table()


def _some_blocks(blocks: Blocks, at_once: int) -> Iterator[str]:
    """Give the rows of some blocks at a time, in SQL: as many as one step of the engine takes."""
    for file in blocks.files:
        steps = int(np.ceil(file.cost / at_once))
        for first, end in pairwise(np.linspace(file.first, file.end, steps + 1).astype(int)):
            within = f"block >= {first} and block < {end}"
            yield f"(select * from read_parquet('{file.path}') where {within})"


def _in_order(found: pa.Table) -> FoundPairs:
    left, right, rules = (found[name].to_numpy() for name in ("l", "r", "rules"))
    order = np.argsort((left.astype(np.int64) << 32) | right)
    return FoundPairs(
        left=left[order].astype(np.int32),
        right=right[order].astype(np.int32),
        rules=rules[order].astype(np.int32),
    )
