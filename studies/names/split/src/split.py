"""Step 1: read the name data and part it into training, development and held-out lines.

Training lines are learned from; development lines are where failures are read and choices made;
held-out lines ("test") are measured only, and nobody reads them.

input: the data folder; output: split/output/<set>.tsv with columns part, left, right, line.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from dadkhah.text import fold_letters

HERE = Path(__file__).resolve().parents[1]
DEVELOPMENT = 25  # of a hundred lines that are not held out


def held_out_lines() -> set[int]:
    """Read the line numbers that are held out."""
    lines = (HERE / "held_out_lines.txt").read_text("utf-8").splitlines()
    return {int(number) for line in lines if line[0] != "#" for number in line.split()}


def bucket(text: str) -> int:
    """Put a text into one of 100 buckets, the same on every machine."""
    digest = hashlib.sha256(f"dadkhah-names-1|{text}".encode()).hexdigest()
    return int(digest[:8], 16) % 100


def _part(line: int, persian: str, held: set[int]) -> str:
    """Say which part a line belongs to; lines of one Persian name stay together."""
    if line in held:
        return "test"
    plain = "".join(fold_letters(persian).split())
    return "dev" if bucket(f"development|{plain}") < DEVELOPMENT else "train"


def victims(folder: Path) -> list[tuple[str, str, str, int]]:
    """Read full names, held out by line number."""
    held = held_out_lines()
    with (folder / "fa_latin_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (_part(line, row["name_farsi"], held), row["name_farsi"], row["name_latin"], line)
        for line, row in enumerate(rows, start=2)
    ]


def wikidata(folder: Path) -> list[tuple[str, str, str, int]]:
    """Read single names of one item, held out by item."""
    with (folder / "wikidata_tokens.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        ("test" if bucket(row["group"]) < 50 else "train", row["arabic_script"], row["latin"],
         int(row["group"][1:]))
        for row in rows
    ]  # fmt: skip


def words(folder: Path) -> list[tuple[str, str, str, int]]:
    """Read aligned words, held out by the Arabic word."""
    lines = (folder / "google_ar2en_train.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    return [
        ("test" if bucket(left) < 50 else "train", left, right, line)
        for line, (left, right) in enumerate(pairs, start=1)
    ]


def run(folder: Path) -> dict[str, int]:
    """Write every set, parted; say how many rows each part has."""
    counts: dict[str, int] = {}
    (HERE / "output").mkdir(exist_ok=True)
    for name, reader in (("victims", victims), ("wikidata", wikidata), ("words", words)):
        rows = reader(folder)
        with (HERE / "output" / f"{name}.tsv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t").writerows(rows)
        for row in rows:
            key = f"{name} {row[0]}"
            counts[key] = counts.get(key, 0) + 1
    return counts


def rows_of(name: str, part: str) -> list[tuple[str, str, int]]:
    """Read one part of one set back: left, right, line or item."""
    with (HERE / "output" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [(row[1], row[2], int(row[3])) for row in csv.reader(file, delimiter="\t")
                if row[0] == part]  # fmt: skip
