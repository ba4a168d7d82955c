"""Link many synthetic mentions by the product's own engine, and say what it takes.

    python studies/linkage/scale.py 100000 1000000 10000000
    python studies/linkage/scale.py 1000000 --engine spark

The mentions are those of ../shared/baselines/synth_people.py (Latin, invented words, with
mistakes). Each size runs in a process of its own; a size that is measured already is not run
again unless --again is given. Rows go to output/scale.jsonl, the table to output/scale.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
GENERATOR = HERE.parents[1] / ".." / "shared" / "baselines" / "synth_people.py"
ROWS = HERE / "output" / "scale.jsonl"
SURE = 0.8


def table_of(path: Path):  # type: ignore[no-untyped-def]
    """Read the synthetic mentions as a table of features, and the true person of each."""
    import polars as pl

    from dadkhah import people

    plain = pl.read_parquet(path)
    words = [pl.col(name) for name in ("first_name", "surname", "surname2")]
    name = pl.concat_str(words, separator=" ", ignore_nulls=True)
    day = pl.col("dob").str.to_date()
    sex = pl.col("sex").replace_strict({"m": "male", "f": "female"}, default=None)
    table = plain.select(
        pl.col("unique_id").cast(pl.String).alias("id"),
        pl.lit("one").alias("collection"),
        name.alias("name"),
        day.alias("birth_earliest"),
        day.alias("birth_latest"),
        "place",
        sex.alias("sex"),
        (name == "").alias("unidentified"),
    )
    missing = {n: kind for n, kind in people.SCHEMA.items() if n not in table.columns}
    empty = [pl.lit(None, dtype=kind).alias(n) for n, kind in missing.items()]
    return table.with_columns(empty).select(list(people.SCHEMA)), plain["ent"].to_numpy()


def lay_out(room: Path) -> None:
    """Write the table of features and the truth, so that a run begins with reading the table."""
    import numpy as np

    table, truth = table_of(room / "plain.parquet")
    table.write_parquet(room / "mentions.parquet")
    np.save(room / "truth.npy", truth)


def measure(size: int, engine: str, room: Path) -> dict[str, object]:
    """Link one size, and judge the result against the truth."""
    import numpy as np
    import polars as pl

    from dadkhah import people

    table = pl.read_parquet(room / "mentions.parquet")
    settings = people.LinkageSettings(most_pairs=60 * size + 20_000_000, engine=engine)
    start, used = time.perf_counter(), time.process_time()
    found = people.link(table, settings=settings, progress=_tell)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    beside = _beside()
    processor, peak = processor + beside[0], peak + beside[1]
    truth = np.load(room / "truth.npy")
    true = _pairs_in(np.bincount(truth))
    compared, met = len(found.candidates), _met(found.candidates, truth)
    found = dataclasses.replace(found, candidates=pl.DataFrame())
    likely = found.pairs.filter(pl.col("probability") >= 0.5)
    a, b = (likely[side].cast(pl.Int64).to_numpy() for side in ("left", "right"))
    right_pairs = int(np.count_nonzero(truth[a] == truth[b]))
    joined, right_joined = _joined(found.pairs.filter(pl.col("probability") >= SURE), truth)
    held, right_held = _likeliest(found.doubt, truth)
    return {
        "mentions": size,
        "engine": engine,
        "candidates": compared,
        "blocking recall": round(met / true, 4),
        "precision": round(right_pairs / len(a), 4),
        "recall": round(right_pairs / true, 4),
        "F1": round(2 * right_pairs / (len(a) + true), 4),
        f"F1 of groups at {SURE}": round(2 * right_joined / (joined + true), 4),
        "F1 of the likeliest people": round(2 * right_held / (held + true), 4),
        "seconds": round(seconds, 1),
        "processor seconds": round(processor, 1),
        "peak MB": peak,
    }


def _beside() -> tuple[float, int]:
    """Give processor seconds and most memory (MB) of the processes below this one: Spark's Java."""
    seconds, mebibytes, waiting = 0.0, 0, [os.getpid()]
    while waiting:
        tasks = Path(f"/proc/{waiting.pop()}/task")
        below = [pid for each in tasks.glob("*/children") for pid in each.read_text().split()]
        for pid in below:
            said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            seconds += (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")
            status = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2]
            mebibytes += int((status.split() or ["0"])[0]) // 1024
            waiting.append(int(pid))
    return seconds, mebibytes


def _tell(step: str, share: float) -> None:
    print(f"{time.process_time():.0f} s {step} {share:.2f}", file=sys.stderr)


def _met(candidates, truth) -> int:  # type: ignore[no-untyped-def]
    """Count the candidates that are one person, some at a time."""
    met = 0
    for part in candidates.iter_slices(10_000_000):
        left, right = (part[side].to_numpy() for side in part.columns)
        met += int((truth[left] == truth[right]).sum())
    return met


def _pairs_in(sizes) -> int:  # type: ignore[no-untyped-def]
    return int((sizes * (sizes - 1) // 2).sum())


def _joined(pairs, truth) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Join pairs into groups; count the pairs within groups, and those that are right."""
    import polars as pl

    from dadkhah.people.doubt import connect

    ends = [pairs[side].cast(pl.Int64).to_numpy() for side in ("left", "right")]
    return _within(connect(len(truth), *ends), truth)


def _likeliest(doubt, truth) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Count the pairs within the people that the evidence of whole groups gives."""
    import numpy as np

    from dadkhah.people import likeliest

    group = -1 - np.arange(len(truth))
    for mention, person in likeliest(doubt).items():
        group[int(mention)] = person
    return _within(np.unique(group, return_inverse=True)[1], truth)


def _within(group, truth) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Count the pairs within groups, and those that are right."""
    import numpy as np

    group = group.astype(np.int64)
    _, both = np.unique(group * (int(truth.max()) + 1) + truth, return_counts=True)
    return _pairs_in(np.bincount(group)), _pairs_in(both)


def write() -> None:
    """Write the table of all sizes measured."""
    rows = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: (row["engine"], row["mentions"]))
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(row.get(name, "")) for name in head) + " |" for row in rows]
    text = "\n".join(lines) + "\n"
    (HERE / "output" / "scale.md").write_text(text, encoding="utf-8")
    print(text)


def main() -> None:
    """Measure each size, or one of them when told."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", type=int, nargs="+")
    options.add_argument("--engine", default="duckdb")
    options.add_argument("--again", action="store_true")
    options.add_argument("--generator", type=Path, default=GENERATOR)
    options.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--lay-out", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.lay_out:
        lay_out(given.lay_out)
        return
    if given.only:
        print(json.dumps(measure(given.sizes[0], given.engine, given.only)))
        return
    ROWS.parent.mkdir(exist_ok=True)
    known = [json.loads(row) for row in ROWS.read_text().splitlines()] if ROWS.exists() else []
    for size in given.sizes:
        at = [(row["mentions"], row["engine"]) for row in known]
        if (size, given.engine) in at and not given.again:
            continue
        known = [row for row, key in zip(known, at, strict=True) if key != (size, given.engine)]
        known.append(run(size, given.engine, given.generator))
        ROWS.write_text("".join(f"{json.dumps(row)}\n" for row in known), encoding="utf-8")
        write()


def run(size: int, engine: str, generator: Path) -> dict[str, object]:
    """Make the mentions, and link them in a process of its own."""
    with tempfile.TemporaryDirectory() as room:
        made = [sys.executable, str(generator), str(size), f"{room}/plain.parquet"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, __file__, str(size), "--engine", engine]
        subprocess.run([*command, "--lay-out", room], check=True)
        linked = [*command, "--only", room]
        done = subprocess.run(linked, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
