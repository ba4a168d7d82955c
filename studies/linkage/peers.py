"""Link one set with a peer; runs in build/linkage-peers, for run.py.

    peers.py recordlinkage|dedupe|nomenklatura FOLDER

The folder holds plain.parquet (unique_id, the set's own columns, true_person) and plan.json; this
writes pairs.parquet (left, right, probability), groups.parquet where the peer makes its own
groups, and said.json. `true_person` answers dedupe's questions, and nothing else here reads it.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

warnings.filterwarnings("ignore")
QUESTIONS = 100
MOST_BYTES = 6 << 30
BROAD, SEEN = 0.01, 5_000
NAMES_ALIKE = 0.85


def link_recordlinkage(plain: pl.DataFrame, plan: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """Compare by its Jaro-Winkler at 0.85 and equality, and let its ECM find two classes."""
    import recordlinkage as rl
    from recordlinkage.index import Block

    frames = [side.to_pandas().set_index("unique_id") for side in _sides(plain, plan)]
    index = rl.Index([Block(list(columns)) for columns in plan["keys"]])
    pairs = index.index(*frames)
    compare = rl.Compare()
    for column, kind in plan["kinds"].items():
        if kind == "code":
            compare.exact(column, column, label=column)
        else:
            compare.string(
                column, column, method="jarowinkler", threshold=NAMES_ALIKE, label=column
            )
    vectors = compare.compute(pairs, *frames).astype(int)
    vectors = vectors.loc[:, vectors.nunique() > 1]
    model = rl.ECMClassifier()
    model.fit(vectors)
    left, right = zip(*vectors.index.tolist(), strict=True)
    probability = model.prob(vectors).to_numpy()
    return {"pairs": pl.DataFrame({"left": left, "right": right, "probability": probability})}


def link_dedupe(plain: pl.DataFrame, plan: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """Let it ask what it wants to know, answer by the truth, and take its own groups."""
    import dedupe
    import numpy as np

    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    random.seed(1)
    np.random.seed(1)
    fields = [_variable(column, each, plain) for column, each in plan["dedupe"].items()]
    person = dict(plain.select("unique_id", "true_person").iter_rows())
    sides = [_rows(side, list(plan["dedupe"])) for side in _sides(plain, plan)]
    _leave_out_broad(fields, sides)
    whose = {id(row): person[key] for side in sides for key, row in side.items()}
    model = (dedupe.RecordLink if len(sides) == 2 else dedupe.Dedupe)(fields, num_cores=1)
    model.prepare_training(*sides)
    for _ in range(QUESTIONS):
        asked = model.uncertain_pairs()
        same = [pair for pair in asked if whose[id(pair[0])] == whose[id(pair[1])]]
        apart = [pair for pair in asked if whose[id(pair[0])] != whose[id(pair[1])]]
        model.mark_pairs({"match": same, "distinct": apart})
    model.train()
    if len(sides) == 2:
        found = [((left, right), (score, score)) for (left, right), score in model.join(*sides)]
    else:
        found = model.partition(sides[0], threshold=0.5)
    rows = [
        (left, right, 1.0) for keys, _ in found for left, right in itertools.combinations(keys, 2)
    ]
    groups = [(key, at) for at, (keys, _) in enumerate(found) for key in keys]
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64}
    return {
        "pairs": pl.DataFrame(rows, schema=schema, orient="row"),
        "groups": pl.DataFrame(groups, schema=["unique_id", "group"], orient="row"),
    }


def _variable(column: str, kind: str, plain: pl.DataFrame) -> Any:
    """Give a field as dedupe's examples give it; it may be missing only where it sometimes is."""
    from dedupe import variables

    made = variables.String if kind in ("name", "text") else variables.ShortString
    return made(column, has_missing=bool((plain[column].fill_null("") == "").any()))


def _leave_out_broad(fields: list[Any], sides: list[dict[str, Any]]) -> None:
    """Leave out the rules of blocking that bring together more than BROAD of all pairs.

    dedupe holds every pair of every rule that it might choose in memory, twelve million each for
    rules such as "both have a street" among 5,000 records, and counts again and again how many
    any two have in common; of rules like these it takes the narrow ones.
    """
    from dedupe.blocking import Fingerprinter

    drawn = [dict(random.sample(sorted(side.items()), min(len(side), SEEN))) for side in sides]
    for field in fields:
        rules = [rule for rule in field.predicates if _usable(rule, len(sides))]
        asked = Fingerprinter(rules)
        asked.index_all(drawn[-1])
        field.predicates = [rule for rule in rules if _share_of(rule, drawn) <= BROAD]
        asked.reset_indices()


def _usable(rule: Any, sides: int) -> bool:
    """Say whether dedupe would use a rule here: by canopies in one list, by search in two."""
    return not hasattr(rule, "index") or hasattr(rule, "canopy") == (sides == 1)


def _share_of(rule: Any, sides: list[dict[str, Any]]) -> float:
    """Say what share of all pairs a rule brings together."""
    first, last = (
        Counter(key for row in side.values() for key in rule(row, target=target))
        for side, target in ((sides[0], False), (sides[-1], True))
    )
    if len(sides) == 1:
        return sum(n * (n - 1) for n in first.values()) / len(sides[0]) ** 2
    return sum(n * last[key] for key, n in first.items()) / (len(sides[0]) * len(sides[1]))


def link_nomenklatura(plain: pl.DataFrame, plan: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """Cross-reference persons by its own index, resolver and matcher, as its command does."""
    from followthemoney import Dataset, StatementEntity
    from nomenklatura.db import make_session
    from nomenklatura.matching import DedupeAlgorithm
    from nomenklatura.resolver import Resolver
    from nomenklatura.store import MemoryStore
    from nomenklatura.xref import xref

    lists = Dataset.make({"name": "lists", "title": "lists"})
    with make_session("sqlite://") as session:
        resolver = Resolver[StatementEntity](session, create=True)
        store = MemoryStore(lists, resolver)
        with store.writer() as writer:
            for row in plain.iter_rows(named=True):
                data = _entity(row, plan["properties"])
                writer.add_entity(StatementEntity.from_data(lists, data, cleaned=False))
        xref(
            resolver,
            session,
            store,
            Path(sys.argv[2]) / "index",
            limit=5 * plain.height,
            limit_factor=1,
            discount_internal=1.0,
            min_threshold=-1.0,
            algorithm=DedupeAlgorithm,
        )
        edges = list(resolver.get_candidates())
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64}
    pairs = pl.DataFrame(edges, schema=schema, orient="row")
    if plan["side"]:
        side = dict(plain.select("unique_id", plan["side"]).iter_rows())
        within = [side[a] == side[b] for a, b in pairs.select("left", "right").iter_rows()]
        pairs = pairs.filter(~pl.Series(within))
    return {"pairs": pairs}


def _entity(row: dict[str, Any], properties: dict[str, list[str]]) -> dict[str, Any]:
    said = {}
    for name, columns in properties.items():
        written = " ".join(row[column] for column in columns if row.get(column))
        if written:
            said[name] = [written]
    return {"id": row["unique_id"], "schema": "Person", "properties": said, "datasets": ["lists"]}


def _sides(plain: pl.DataFrame, plan: dict[str, Any]) -> list[pl.DataFrame]:
    return [side for _, side in plain.group_by(plan["side"])] if plan["side"] else [plain]


def _rows(side: pl.DataFrame, columns: list[str]) -> dict[str, dict[str, str | None]]:
    """Give rows by id, with nothing for what is empty."""
    return {
        row["unique_id"]: {column: row[column] or None for column in columns}
        for row in side.iter_rows(named=True)
    }


PEERS = {
    "recordlinkage": link_recordlinkage,
    "dedupe": link_dedupe,
    "nomenklatura": link_nomenklatura,
}


def main() -> None:
    """Link, and say how long it took."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    plain = pl.read_parquet(folder / "plain.parquet")
    plan = json.loads((folder / "plan.json").read_text())
    start = time.perf_counter()
    made = PEERS[engine](plain, plan)
    said = {
        "seconds": time.perf_counter() - start,
        "peak_mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "compares": engine != "dedupe",
    }
    for name, table in made.items():
        table.write_parquet(folder / f"{name}.parquet")
    (folder / "said.json").write_text(json.dumps(said))


if __name__ == "__main__":
    main()
