"""The engines beside each other: ours, Splink, and the peers of an environment of their own."""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from plans import DEDUPE, KEYS, KINDS, PROPERTIES, SIDES, splink_plan
from sets import LabelledSet

from dadkhah import people

__all__ = ["PEERS", "Found", "find"]

HERE = Path(__file__).resolve().parent
PEERS_PYTHON = HERE.parents[1] / "build" / "linkage-peers" / "bin" / "python"
PEERS = ("recordlinkage", "dedupe", "nomenklatura")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an engine gives: pairs (left, right, probability), groups where it makes its own, the
    share of the true pairs that it compared, seconds and the most memory that its process held."""

    pairs: pl.DataFrame
    compared: float | None
    seconds: float
    peak_mebibytes: int
    groups: Mapping[str, object] | None = None


def find(engine: str, given: LabelledSet) -> Found:
    """Link one set with one engine."""
    return {"ours": _ours, "splink": _splink}.get(engine, _peer(engine))(given)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _ours(given: LabelledSet) -> Found:
    """Link with dadkhah.people."""
    start = time.perf_counter()
    settings = people.LinkageSettings(no_duplicates=given.sole)
    found = people.link(given.table, settings=settings)
    groups = people.likeliest(found.doubt)
    seconds, peak = time.perf_counter() - start, _peak()
    recall = people.evaluate_blocking(found.candidates, given.table["id"].to_list(), given.truth)
    pairs = found.pairs.select("left", "right", "probability")
    return Found(
        pairs=pairs, compared=recall.middle, seconds=seconds, peak_mebibytes=peak, groups=groups
    )


def _splink(given: LabelledSet) -> Found:
    """Link with Splink on DuckDB, by the plan for this set."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    logging.getLogger("splink").setLevel(logging.ERROR)
    start = time.perf_counter()
    plan, split = splink_plan(given.name), SIDES.get(given.name)
    database = DuckDBAPI()
    sides = [("mentions", given.plain)]
    if split:
        sides = [(str(key), side.drop(split)) for (key,), side in given.plain.group_by(split)]
    tables = [database.register(side.to_arrow(), dataset_display_name=name) for name, side in sides]
    settings = SettingsCreator(
        link_type="link_only" if split else "dedupe_only",
        comparisons=plan["comparisons"],
        blocking_rules_to_generate_predictions=plan["rules"],
    )
    linker = Linker(tables if split else tables[0], settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(plan["sure"], recall=plan["recall"])
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in plan["training"]:
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=plan.get("plain", False)
        )
    rows = pl.DataFrame(linker.inference.predict().as_pyarrow_table())
    seconds, peak = time.perf_counter() - start, _peak()
    ends = {"left": "unique_id_l", "right": "unique_id_r", "probability": "match_probability"}
    pairs = rows.select(**{name: pl.col(column) for name, column in ends.items()})
    return Found(pairs=pairs, compared=_share(pairs, given), seconds=seconds, peak_mebibytes=peak)


def _share(compared: pl.DataFrame, given: LabelledSet) -> float:
    """Say what share of the true pairs these are."""
    return people.evaluate(compared, given.truth).recall.middle


def _peer(engine: str) -> Any:
    """Link with a peer, in a process of the peers' environment."""

    def run(given: LabelledSet) -> Found:
        with tempfile.TemporaryDirectory() as folder:
            room = Path(folder)
            plan = {
                "kinds": KINDS[given.name],
                "dedupe": DEDUPE.get(given.name, KINDS[given.name]),
                "keys": KEYS[given.name],
                "properties": PROPERTIES[given.name],
                "side": SIDES.get(given.name),
            }
            (room / "plan.json").write_text(json.dumps(plan))
            person = pl.col("unique_id").replace_strict(given.truth, return_dtype=pl.String)
            plain = given.plain.with_columns(person.alias("true_person"))
            plain.write_parquet(room / "plain.parquet")
            command = [str(PEERS_PYTHON), str(HERE / "peers.py"), engine, folder]
            done = subprocess.run(command, stdout=subprocess.DEVNULL)
            if done.returncode:
                raise SystemExit(done.returncode)
            said = json.loads((room / "said.json").read_text())
            pairs = pl.read_parquet(room / "pairs.parquet")
            groups = room / "groups.parquet"
            return Found(
                pairs=pairs,
                compared=_share(pairs, given) if said["compares"] else None,
                seconds=said["seconds"],
                peak_mebibytes=said["peak_mebibytes"],
                groups=dict(pl.read_parquet(groups).iter_rows()) if groups.exists() else None,
            )

    return run
