"""Spark pairs what lies in one block, where `engine = "spark"` is set: the same rows as DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dadkhah.errors import LinkageError
from dadkhah.people.blocks import Blocks
from dadkhah.people.pairing import PAIRS
from dadkhah.people.settings import LinkageSettings

__all__ = ["spark_parts"]


def spark_parts(blocks: Blocks, bounds: list[int], settings: LinkageSettings) -> Iterator[pa.Table]:
    """Run the pairing on Spark, part by part, by files of a temporary folder that goes.

    A session that is open already is used, so that a cluster's own settings hold; else one starts
    on this machine with as many workers as `threads` says.

    Raises:
        LinkageError: linkage-engine, when PySpark or Java is not there.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing("PySpark is not installed") from None
    with tempfile.TemporaryDirectory(prefix="dadkhah-link-") as room:
        already = SparkSession.getActiveSession()
        try:
            session = already or _start(SparkSession, settings, room)
        except (PySparkRuntimeError, OSError) as error:
            raise _missing("Spark does not start") from error
        try:
            session.read.parquet(str(blocks.folder)).createOrReplaceTempView("block_rows")
            for at, (first, end) in enumerate(pairwise(bounds)):
                out = Path(room) / f"pairs-{at}"
                sql = PAIRS.format(first=first, end=end, bit="shiftleft(1, a.rule)")
                session.sql(sql).write.parquet(str(out))
                yield pq.read_table(out)
        finally:
            if already is None:
                session.stop()


def _start(builder, settings: LinkageSettings, room: str):  # type: ignore[no-untyped-def]
    return (
        builder.builder.master(f"local[{settings.threads}]")
        .appName("dadkhah link")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", f"{settings.memory_mebibytes}m")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", room)
        .config("spark.sql.warehouse.dir", f"{room}/warehouse")
        .config("spark.sql.shuffle.partitions", str(8 * settings.threads))
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def _missing(what: str) -> LinkageError:
    return LinkageError(
        "linkage-engine",
        f"{what}, so that linkage cannot run on it.",
        todo="Install dadkhah[spark] and Java 17 or later, or leave the engine at duckdb.",
    )
