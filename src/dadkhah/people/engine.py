"""DuckDB as linkage uses it: in memory, within a bound, spilling only into a folder that goes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from dadkhah.people.settings import LinkageSettings

__all__ = ["open_engine"]


@contextmanager
def open_engine(settings: LinkageSettings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for one step.

    What does not fit in memory holds names, so it is never left in the folder the program was
    started in, which is DuckDB's own choice: it goes into a temporary folder and with it.
    """
    with (
        tempfile.TemporaryDirectory(prefix="dadkhah-link-") as room,
        duckdb.connect(config={"temp_directory": room}) as connection,
    ):
        connection.execute(f"set memory_limit = '{settings.memory_mebibytes}MiB'")
        connection.execute("set enable_progress_bar = false")
        yield connection
