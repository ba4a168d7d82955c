"""Linkage on Spark with two workers gives what it gives on DuckDB."""

from __future__ import annotations

import dataclasses
import shutil
from importlib.util import find_spec

import pytest
from tests.people.conftest import SmallWorld

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.people.blocking import block

needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark (the extra `spark`) or Java is not installed",
)


@needs_spark
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_spark_pairs_what_duckdb_pairs(small: SmallWorld) -> None:
    """It takes some ten seconds: a Java machine starts."""
    settings = people.LinkageSettings(no_duplicates=frozenset({"book"}), threads=2)
    on_spark = dataclasses.replace(settings, engine="spark")
    one, two = (block(small.table, each) for each in (settings, on_spark))
    assert len(one.left) > 1000
    assert (one.left == two.left).all()
    assert (one.right == two.right).all()
    assert one.report.equals(two.report)


def test_an_engine_of_another_name_is_refused() -> None:
    with pytest.raises(LinkageError) as error:
        people.LinkageSettings(engine="abacus")
    assert error.value.code == "linkage-settings"
