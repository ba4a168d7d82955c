"""Spark pairs what lies in one block, where `engine = "spark"` is set: the same rows as DuckDB."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from dadkhah.errors import LinkageError
from dadkhah.people.blocks import Blocks
from dadkhah.people.pairing import PAIRS, TOGETHER
from dadkhah.people.rooms import open_room
from dadkhah.people.settings import LinkageSettings

__all__ = ["spark_parts"]


def spark_parts(
    blocks: Blocks, part: str, parts: int, settings: LinkageSettings
) -> Iterator[pa.Table]:
    """Run the pairing on Spark, and give its parts by files of a temporary folder that goes.

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
    # a part is put together by one worker, and written as one file
    tasks = max(parts, 8 * settings.threads)
    with open_room() as room:
        already = SparkSession.getActiveSession()
        try:
            session = already or _start(SparkSession, settings, str(room), tasks)
        except (PySparkRuntimeError, OSError) as error:
            raise _missing("Spark does not start") from error
        try:
            session.read.parquet(str(blocks.folder)).createOrReplaceTempView("block_rows")
            pairs = PAIRS.format(rows="block_rows", bit="shiftleft(1, a.rule)", part=part)
            session.sql(pairs).repartition(tasks, "part").createOrReplaceTempView("found")
            together = session.sql(TOGETHER.format(pairs="found"))
            together.write.partitionBy("part").parquet(f"{room}/pairs")
        finally:
            if already is None:
                session.stop()
        for at in range(parts):
            if (part_at := room / f"pairs/part={at}").is_dir():
                yield pq.read_table(part_at)


def _start(builder, settings: LinkageSettings, room: str, tasks: int):  # type: ignore[no-untyped-def]
    return (
        builder.builder.master(f"local[{settings.threads}]")
        .appName("dadkhah link")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", f"{settings.memory_mebibytes}m")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", room)
        .config("spark.sql.warehouse.dir", f"{room}/warehouse")
        .config("spark.sql.shuffle.partitions", str(tasks))
        .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def _missing(what: str) -> LinkageError:
    return LinkageError(
        "linkage-engine",
        f"{what}, so that linkage cannot run on it.",
        todo="Install dadkhah[spark] and Java 17 or later, or leave the engine at duckdb.",
    )
