"""Measure the linkage of three public lists of one event by 315 pairs that were read and labelled.

    python studies/linkage/labels.py [--data ../shared/data]           measure; labels_2022.csv
    python studies/linkage/labels.py --draw PAIRS.csv [--data ...]     draw pairs to label
    python studies/linkage/labels.py --show PAIRS.csv [--data ...]     lay the pairs of a file out

The frame is every pair to which the linkage at the time of the draw gave 0.02 or more (bands
"p..."), and a net cast without it: pairs whose names in Latin letters, words sorted, are alike by
65 of 100 ("far") or 75 of 100 ("near"), or have two words of one skeleton in common ("part"),
whose places do not differ and whose deaths are not more than a month apart. Within a band every
pair has the same chance to be drawn, and the pairs of lists their share. Each label stands for
the pairs of its band, so that a later linkage can be measured by the same labels. Ids of one list
are written as digests, since its own hold names.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import polars as pl
from lists import read_lists
from rapidfuzz import fuzz, process

from dadkhah import names, people
from dadkhah.people.comparison import compare_pairs, encode_mentions
from dadkhah.people.evaluation import drawn_rate
from dadkhah.people.name_words import core_words

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / ".." / "shared" / "data"
LABELS = HERE / "labels_2022.csv"
SHARES = {
    "far": 70, "near": 56, "part": 46, "p0.02": 20, "p0.2": 20, "p0.5": 25, "p0.8": 25, "p0.95": 20,
    "p0.99": 35,
}  # fmt: skip
EDGES = (0.02, 0.2, 0.5, 0.8, 0.95, 0.99)
MONTH_DAYS = 31
ROUNDS = 4000


def frame(table: pl.DataFrame, linkage: people.Linkage) -> pl.DataFrame:
    """Give every pair of the frame: left, right, band, probability."""
    doubt = linkage.doubt
    odds = doubt.weight.astype(float) + doubt.prior
    scored = pl.DataFrame(
        {
            "left": [doubt.ids[at] for at in doubt.left],
            "right": [doubt.ids[at] for at in doubt.right],
            "probability": 1 / (1 + np.exp(-odds)),
        }
    ).filter(pl.col("probability") >= EDGES[0])
    bands = np.array([f"p{edge}" for edge in EDGES])
    at = np.digitize(scored["probability"].to_numpy(), EDGES) - 1
    scored = scored.with_columns(pl.Series("band", bands[at]))
    net = _net(table).join(scored, on=["left", "right"], how="anti")
    turned = scored.rename({"left": "right", "right": "left"})
    net = net.join(turned, on=["left", "right"], how="anti")
    return pl.concat([scored, net.with_columns(probability=pl.lit(0.0))], how="diagonal")


def _net(table: pl.DataFrame) -> pl.DataFrame:
    """Pairs that somebody who knows nothing of the linkage would look at."""
    written = [_sorted_words(name) for name in table["name"]]
    alike = process.cdist(written, written, scorer=fuzz.ratio, dtype=np.uint8)
    part = _words_in_common(table["name"].to_list()) >= 2
    left, right = np.nonzero(np.triu((alike >= 65) | part, 1))
    unknown = table["unidentified"].to_numpy()
    day = table["death_earliest"].cast(pl.Int32).cast(pl.Float64).to_numpy()
    levels = compare_pairs(encode_mentions(table), left.astype(np.int64), right.astype(np.int64))
    near = ~(np.abs(day[left] - day[right]) > MONTH_DAYS) & (levels["place"] != 0)
    kept = near & ~unknown[left] & ~unknown[right]
    left, right = left[kept], right[kept]
    ids = table["id"]
    band = np.where(alike[left, right] >= 75, "near", "far")
    band = np.where(part[left, right], "part", band)
    return pl.DataFrame({"left": ids[left], "right": ids[right], "band": band})


def _words_in_common(written: list[str]) -> np.ndarray:
    """Count for each pair of names the words that have one consonant skeleton."""
    words = [set(core_words(name)) for name in written]
    number = {word: at for at, word in enumerate(sorted(set().union(*words)))}
    marks = np.zeros((len(words), len(number)), dtype=np.float32)
    for row, each in enumerate(words):
        marks[row, [number[word] for word in each]] = 1
    return np.asarray(marks @ marks.T)


def _sorted_words(name: str) -> str:
    return " ".join(sorted(names.romanise(name).lower().replace("-", " ").split()))


def draw(pairs: pl.DataFrame, lists: dict[str, str], seed: int = 2022) -> pl.DataFrame:
    """Draw pairs by band; within a band by a step through the list pairs from a random start."""
    rng = np.random.default_rng(seed)
    chosen = []
    for band, count in SHARES.items():
        own = pairs.filter(pl.col("band") == band)
        order = rng.permutation(own.height)
        between = [
            "-".join(sorted((lists[a], lists[b])))
            for a, b in own[order].select("left", "right").iter_rows()
        ]
        own = own[order].with_columns(between=pl.Series(between, dtype=pl.String))
        own = own.sort("between", maintain_order=True)
        step = own.height / min(count, own.height)
        at = np.floor(rng.random() * step + step * np.arange(min(count, own.height)))
        size = pl.lit(own.height).alias("band_pairs")
        chosen.append(own[at.astype(np.int64)].with_columns(size))
    found = pl.concat(chosen)
    return found[rng.permutation(found.height)].select(
        "left", "right", "between", "band", "band_pairs", pl.col("probability").round(4)
    )


def show(table: pl.DataFrame, pairs: pl.DataFrame) -> None:
    """Lay out both sides of each pair in a line, without its probability."""
    rows = {row["id"]: row for row in table.iter_rows(named=True)}
    for at, (left, right) in enumerate(pairs.select("left", "right").iter_rows(), start=1):
        print(at, *(_said(rows[each]) for each in (left, right)), sep=" | ")


def _said(row: dict[str, object]) -> str:
    said = row["name"], row["sex"], row["age_low"], row["place"], row["death_earliest"]
    return " / ".join("" if each is None else str(each) for each in said)


def measure(labels: pl.DataFrame, linkage: people.Linkage, pairs: pl.DataFrame) -> str:
    """Give the rates as a table, for three ways to say that a pair is one person."""
    likeliest = {_coded(each): label for each, label in people.likeliest(linkage.doubt).items()}
    scored = {
        _key(_coded(a), _coded(b)): p
        for a, b, _, p in pairs.select("left", "right", "band", "probability").rows()
    }
    decided = linkage.pairs.filter(pl.col("decision") == "same").select("left", "right")
    by_machine = {_key(*map(_coded, ends)) for ends in decided.rows()}
    ways = {
        "probability 0.5 or more": lambda a, b: scored.get(_key(a, b), 0.0) >= 0.5,
        "one person in the likeliest partition": lambda a, b: (
            a in likeliest and likeliest[a] == likeliest.get(b)
        ),
        "decided by the machine": lambda a, b: _key(a, b) in by_machine,
    }
    rows = []
    for way, said in ways.items():
        found = [said(a, b) for a, b in labels.select("left", "right").rows()]
        rates = _rates(labels.with_columns(found=pl.Series(found), same=pl.col("label") == "same"))
        rows.append("| " + " | ".join([way, *rates]) + " |")
    head = "| a pair is one person when | precision | recall | F1 |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n\n" + _calibration(labels, scored)


def _calibration(labels: pl.DataFrame, scored: dict[tuple[str, str], float]) -> str:
    """Lay the probability that the linkage states now beside the labels, by the bands drawn."""
    ends = labels.select("left", "right").rows()
    stated = pl.Series("stated", [scored.get(_key(a, b), 0.0) for a, b in ends])
    rows = [
        "| band when drawn | pairs | same | different | unsure | stated now |",
        "|---" * 6 + "|",
    ]
    for (band,), own in labels.with_columns(stated).group_by("band", maintain_order=True):
        count = [(own["label"] == word).sum() for word in ("same", "different", "unsure")]
        told = [band, own["band_pairs"][0], *count, f"{own['stated'].mean():.3f}"]
        rows.append("| " + " | ".join(map(str, told)) + " |")
    return "\n".join([*rows[:2], *sorted(rows[2:])]) + "\n"


def _coded(identifier: str) -> str:
    """Give an id as the file of labels has it."""
    if identifier.startswith(("HRANA", "jvn_")):
        return identifier
    return f"w-{hashlib.sha256(identifier.encode()).hexdigest()[:12]}"


def _key(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _rates(labels: pl.DataFrame) -> tuple[str, ...]:
    """Give precision, recall and F1 with 95% intervals.

    Within each band the shares of the four kinds of pairs (same or not, found or not) are drawn
    from their posterior (Dirichlet; half an observation for each kind that the band's labels have,
    and a half for "same and not found", so that a band without any is not taken to be empty).
    """
    known = labels.filter(pl.col("label") != "unsure")
    rng = np.random.default_rng(5)
    total = np.zeros((ROUNDS + 1, 3))  # found, same, both
    for (_,), own in known.group_by("band", maintain_order=True):
        same, found = (own[name].to_numpy() for name in ("same", "found"))
        both, missed, wrong = same & found, same & ~found, ~same & found
        kinds = np.array([each.sum() for each in (both, missed, wrong, ~same & ~found)])
        least = [1e-9, 0.5, 1e-9, 1e-9]
        drawn = rng.dirichlet(np.maximum(kinds + 0.5 * (kinds > 0), least), ROUNDS)
        shares = np.vstack([kinds / kinds.sum(), drawn]) * own["band_pairs"][0]
        total[:, 0] += shares[:, 0] + shares[:, 2]
        total[:, 1] += shares[:, 0] + shares[:, 1]
        total[:, 2] += shares[:, 0]
    precision, recall = total[:, 2] / total[:, 0], total[:, 2] / total[:, 1]
    f1 = 2 * precision * recall / (precision + recall)
    either = (pl.col("found"), pl.col("same"), pl.col("found") | pl.col("same"))
    return tuple(
        map(_told, (precision, recall, f1), (known.filter(each).height for each in either))
    )


def _told(rate: np.ndarray, of: int) -> str:
    """Write a rate with its interval; where all draws agree, Wilson's over the labels."""
    said = drawn_rate(float(rate[0]), rate[1:], of)
    return f"{said.middle:.3f} ({said.low:.3f}-{said.high:.3f})"


def main() -> None:
    """Draw, show or measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--draw", type=Path)
    options.add_argument("--show", type=Path)
    given = options.parse_args()
    table = read_lists(given.data)
    if given.show:
        show(table, pl.read_csv(given.show))
        return
    linkage = people.link(table)
    pairs = frame(table, linkage)
    if given.draw:
        lists = dict(table.select("id", "collection").iter_rows())
        draw(pairs, lists).write_csv(given.draw)
        print(pairs["band"].value_counts().sort("band"))
        return
    text = measure(pl.read_csv(LABELS), linkage, pairs)
    (HERE / "output" / "labels_2022.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
