"""Measure the linkage of a Persian list by merges that do not rest on the name, and by reading.

    python studies/linkage/javidnam.py [--data ...]                     measure; show what was read
    python studies/linkage/javidnam.py --draw PAIRS.csv [--data ...]   draw disagreements to read

The list's maintainer merged duplicates by a script and kept its reasons. Merges that rest on the
same image or the same story say something that our linkage cannot see. Even so they are silver: an
image used for two people, or a story that names two, joins them too, and a chain of merges joins
their neighbours. A disagreement is a pair of such a group to which the linkage gives less than 0.5,
or a pair to which it gives 0.5 or more and that no merge has.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl
from sets import read

from dadkhah import people

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / ".." / "shared" / "data"
READ = HERE / "javidnam_disagreements.csv"
BEYOND_NAMES = "SAME_IMG|STORY"
EACH = 25
Pair = tuple[str, str]


def closed(merges: Iterable[Pair]) -> set[Pair]:
    """Give every pair of the groups that these merges make."""
    group: dict[str, set[str]] = {}
    for left, right in merges:
        joined = group.get(left, {left}) | group.get(right, {right})
        group |= dict.fromkeys(joined, joined)
    return {
        (left, right)
        for left, own in group.items()
        for right in own
        if left < right
    }  # fmt: skip


def pair_set(pairs: pl.DataFrame) -> set[Pair]:
    """Give pairs as sorted ends."""
    return {(min(a, b), max(a, b)) for a, b in pairs.select("left", "right").iter_rows()}


def of_persons(person: dict[str, int]) -> set[Pair]:
    """Give every pair within the persons of a partition."""
    groups: dict[int, list[str]] = {}
    for mention, number in person.items():
        groups.setdefault(number, []).append(mention)
    return {pair for own in groups.values() for pair in itertools.combinations(sorted(own), 2)}


def draw(ours: set[Pair], beyond: set[Pair], merged: set[Pair]) -> pl.DataFrame:
    """Draw as many pairs that we miss as pairs that only we have, in random order."""
    rng = np.random.default_rng(50)
    rows = []
    for kind, found in (("missed", beyond - ours), ("only ours", ours - merged)):
        ordered = sorted(found)
        chosen = rng.permutation(len(ordered))[:EACH]
        rows += [(*ordered[at], kind, "", "") for at in chosen]
    drawn = pl.DataFrame(rows, schema=["left", "right", "kind", "label", "reason"], orient="row")
    return drawn[rng.permutation(drawn.height)]


def table(linkage: people.Linkage, beyond: set[Pair], merged: set[Pair]) -> str:
    """Give precision and recall for three ways to say that a pair is one person."""
    pairs = linkage.pairs
    ways = {
        "probability 0.5 or more": pair_set(pairs.filter(pl.col("probability") >= 0.5)),
        "one person in the likeliest partition": of_persons(people.likeliest(linkage.doubt)),
        "decided by the machine": pair_set(pairs.filter(pl.col("decision") == "same")),
    }
    head = (
        "a pair is one person when", "pairs", "recall of merges by image or story",
        "precision by these", "precision by all merges",
    )  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for way, found in ways.items():
        rates = (
            people.wilson(len(found & beyond), len(beyond)),
            people.wilson(len(found & beyond), len(found)),
            people.wilson(len(found & merged), len(found)),
        )
        said = " | ".join(f"{r.middle:.3f} ({r.low:.3f}-{r.high:.3f})" for r in rates)
        lines.append(f"| {way} | {len(found)} | {said} |")
    return "\n".join(lines) + "\n"


def readings(labels: pl.DataFrame, ours: set[Pair]) -> str:
    """Count the disagreements that were read, and what the linkage says of them now."""
    ends = [(min(a, b), max(a, b)) for a, b in labels.select("left", "right").iter_rows()]
    now = pl.Series("now", [pair in ours for pair in ends])
    lines = [
        "| when drawn | read as | pairs | now one person at 0.5 |",
        "|---|---|---|---|",
    ]
    counted = labels.with_columns(now).group_by("kind", "label").agg(pl.len(), pl.col("now").sum())
    for kind, label, count, found in counted.sort("kind", "label").iter_rows():
        lines.append(f"| {kind} | {label} | {count} | {found} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw or measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--draw", type=Path)
    given = options.parse_args()
    merges = pl.read_csv(given.data / "linkage" / "javidnam_merges.csv", infer_schema_length=0)
    ends = ("kept_id", "merged_id")
    merged = closed(merges.select(ends).iter_rows())
    apart = merges.filter(pl.col("cluster_reasons").str.contains(BEYOND_NAMES))
    beyond = closed(apart.select(ends).iter_rows())
    linkage = people.link(read("javidnam", given.data).table)
    ours = pair_set(linkage.pairs.filter(pl.col("probability") >= 0.5))
    if given.draw:
        draw(ours, beyond, merged).write_csv(given.draw)
        return
    text = (
        f"{len(beyond)} pairs by image or story, {len(merged)} by all merges.\n\n"
        f"{table(linkage, beyond, merged)}\n{readings(pl.read_csv(READ), ours)}"
    )
    (HERE / "output" / "javidnam.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
