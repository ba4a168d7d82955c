"""Measure our linkage beside plain Splink, on the same machine in one run.

    python studies/linkage/run.py [--data ../shared/data]

Each engine and set runs in a process of its own; the table goes to output/.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / ".." / "shared" / "data"
RUNS = [
    (name, engine)
    for name in ("simulated", "febrl3", "febrl4", "fake_1000", "javidnam")
    for engine in ("ours", "splink")
]


def measure(name: str, engine: str, data: Path) -> dict[str, object]:
    """Link one set with one engine, and judge it against the labels."""
    sys.path.insert(0, str(HERE))
    import polars as pl
    from engines import ENGINES
    from sets import read

    from dadkhah import people

    given = read(name, data)
    start = time.perf_counter()
    pairs, blocking = ENGINES[engine](given)
    seconds = time.perf_counter() - start
    likely = people.evaluate(pairs.filter(pl.col("probability") >= 0.5), given.truth)
    groups = _components(pairs.filter(pl.col("probability") >= 0.8), given.truth)
    _, cubed = people.evaluate_clusters(groups, given.truth)
    decided = people.evaluate(pairs.filter(pl.col("decision") == "same"), given.truth)
    return {
        "set": name,
        "engine": engine,
        "mentions": len(given.truth),
        "true pairs": likely.true,
        "blocking recall": round(blocking, 4),
        **{word: _shown(getattr(likely, word)) for word in ("precision", "recall", "f1")},
        "B-cubed F1 at 0.8": _shown(cubed.f1),
        "decided by machine": decided.found,
        "of these right": _shown(decided.precision) if decided.found else "",
        "seconds": round(seconds, 1),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _shown(rate: object) -> str:
    return f"{rate.middle:.3f} ({rate.low:.3f}-{rate.high:.3f})"  # type: ignore[attr-defined]


def _components(pairs, ids):  # type: ignore[no-untyped-def]
    """Join the pairs into groups, for both engines alike."""
    parent = {each: each for each in ids}

    def root(each: str) -> str:
        while parent[each] != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    for left, right in zip(pairs["left"], pairs["right"], strict=True):
        if left in parent and right in parent:
            parent[root(left)] = root(right)
    groups: dict[str, list[str]] = {}
    for each in ids:
        groups.setdefault(root(each), []).append(each)
    return list(groups.values())


def write(rows: list[dict[str, object]]) -> str:
    """Write the table, and give it as text."""
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(row[name]) for name in head) + " |" for row in rows]
    text = "\n".join(lines) + "\n"
    (HERE / "output").mkdir(exist_ok=True)
    (HERE / "output" / "linkage.md").write_text(text, encoding="utf-8")
    return text


def main() -> None:
    """Run every set with every engine, or one of them when told."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--only", nargs=2, metavar=("SET", "ENGINE"))
    given = options.parse_args()
    if given.only:
        print(json.dumps(measure(*given.only, given.data)))
        return
    rows = []
    for name, engine in RUNS:
        if name != "simulated" and not given.data.is_dir():
            print(f"{name}: left out, its data are not here")
            continue
        command = [sys.executable, __file__, "--data", str(given.data), "--only", name, engine]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(rows[-1])
    print(write(rows))


if __name__ == "__main__":
    main()
