"""Step 2: learn the edit model and the coefficients of the score; write data/weights.tsv.

input: split/output; output: src/dadkhah/names/data/weights.tsv (weights only, no names).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
from em import Pair, learn
from numpy.typing import NDArray
from split import rows_of

from dadkhah.names import weights as model
from dadkhah.names.reading import Part
from dadkhah.names.symbols import COUNT, GAP, LATIN, SYMBOLS, symbols
from dadkhah.names.table import word_parts

Row = tuple[str, str, int]
Rows = Callable[[str], list[Row]]
SCHEME_COUNTS = 6_000.0  # what the schools of romanisation count for, in edits
WITHIN_COUNTS = 4_000.0  # the same for two spellings in one script
OTHER_SETS_WEIGHT = 0.1  # Wikidata and word lists are mostly foreign names
JOINED_WEIGHT = 0.05  # names run together, so that marks of place are known within words too
SMALLEST = model.FLOOR + 0.05
TARGET = Path(__file__).resolve().parents[4] / "src/dadkhah/names/data/weights.tsv"
HEADER = """\
# Weights of the names model, made by `python studies/names/run.py train`. No name of any person.
# Learned from: the training lines of Iran Memorial's names in Persian and Latin, from the
# Abdorrahman Boroumand Center's Omid memorial (CC BY-SA 4.0; https://www.iranrights.org/memorial);
# Wikidata given and family names (CC0); Google's Arabic-English transliteration words
# (Apache-2.0); and data/schemes.tsv, data/dots.tsv (this project).
# Licence of this file: CC BY-SA 4.0. Columns: kind, left, right, value.
# cross, latin, arabic: log odds of two symbols; gap_cross, gap_within: of leaving one out (nats);
# decision: coefficients of the score, by feature; those of two names of one script after its name.
"""


def _latin(word: tuple[int, ...]) -> bool:
    """Say whether every symbol is Latin."""
    return max(word) <= len(LATIN)


def _whole(parts: tuple[Part, ...]) -> tuple[int, ...]:
    """Give the symbols of all parts together."""
    return tuple(code for part in parts for code in symbols(part.folded))


def aligned_words(left: str, right: str) -> list[Pair]:
    """Pair the words of two names where their kinds agree, else the names as a whole."""
    a, b = word_parts(left), word_parts(right)
    if [part.kind for part in a] != [part.kind for part in b]:
        return [(_whole(a), _whole(b))]
    return [(symbols(x.folded), symbols(y.folded)) for x, y in zip(a, b, strict=True)
            if x.kind != "initial"]  # fmt: skip


def joined_words(left: str, right: str) -> list[Pair]:
    """Pair two names run together on one side: as one word written apart is elsewhere."""
    a, b = word_parts(left), word_parts(right)
    if not 1 < len(a) == len(b) or any(part.kind == "initial" for part in (*a, *b)):
        return []
    one, other = ("".join(part.folded for part in side) for side in (a, b))
    return [(symbols(one), _whole(b)), (_whole(a), symbols(other))]


def training_rows(name: str) -> list[Row]:
    """Read the training lines of one set."""
    return rows_of(name, "train")


def crossing_pairs(rows: Rows) -> tuple[list[Pair], list[float]]:
    """Gather word pairs across the scripts with their weights."""
    pairs: list[Pair] = []
    weight: list[float] = []
    for name, worth in (("victims", 1.0), ("wikidata", OTHER_SETS_WEIGHT), ("words", 0.1)):
        for left, right, _ in rows(name):
            for a, b in aligned_words(left, right):
                if a and b and not _latin(a) and min(a) > len(LATIN) and _latin(b):
                    pairs.append((a, b))
                    weight.append(worth)
            for a, b in joined_words(left, right):
                if min(a) > len(LATIN) >= max(b):
                    pairs.append((a, b))
                    weight.append(worth * JOINED_WEIGHT)
    return pairs, weight


def spelling_pairs(rows: Rows, side: int) -> tuple[list[Pair], list[float]]:
    """Gather two spellings in one script of what the other script writes alike.

    Args:
        side: 0 for the Arabic script, 1 for Latin.
    """
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in ("victims", "wikidata"):
        for left, right, item in rows(name):
            by_other = (name, (right, left)[side]) if name == "victims" else (name, str(item))
            spellings[by_other].add((left, right)[side])
    pairs: list[Pair] = []
    weight: list[float] = []
    for (name, _), texts in sorted(spellings.items()):
        for one, two in combinations(sorted(texts)[:4], 2):
            for a, b in aligned_words(one, two):
                if a and b and _latin(a) == _latin(b) == bool(side):
                    worth = 1.0 if name == "victims" else OTHER_SETS_WEIGHT
                    pairs += [(a, b), (b, a)]
                    weight += [worth / 2, worth / 2]
    return pairs, weight


def learn_odds(rows: Rows = training_rows) -> NDArray[np.float32]:
    """Learn the three tables from the rows of each set and turn them into log odds."""
    prior = model.joint_from_schemes()
    crossing, _ = learn(*crossing_pairs(rows), prior * SCHEME_COUNTS)
    dots = model.dot_confusion()
    crossing = dots.T @ crossing
    composed_latin, composed_arabic = model.composed(crossing)
    # Composition makes a long vowel optional, which within the Arabic script it is not.
    composed_arabic[GAP, :] *= 0.1
    composed_arabic[:, GAP] *= 0.1
    latin, _ = learn(*spelling_pairs(rows, 1), composed_latin * WITHIN_COUNTS)
    arabic, _ = learn(*spelling_pairs(rows, 0), composed_arabic * WITHIN_COUNTS)
    return model.log_odds(crossing, latin, dots.T @ arabic @ dots)


def odds_lines(odds: NDArray[np.float32]) -> list[str]:
    """Write log odds as lines; what is near the floor is left out."""
    lines = []
    for i in range(1, COUNT):
        for j in range(i, COUNT):
            kind = "latin" if j <= len(LATIN) else "arabic" if i > len(LATIN) else "cross"
            if odds[i, j] > SMALLEST:
                lines.append(f"{kind}\t{SYMBOLS[i]}\t{SYMBOLS[j]}\t{odds[i, j]:.2f}")
    for kind, row in (("gap_cross", GAP), ("gap_within", COUNT)):
        lines += [f"{kind}\t-\t{SYMBOLS[j]}\t{odds[row, j]:.2f}" for j in range(1, COUNT)]
    return lines


def write(odds: NDArray[np.float32], decision: dict[str, float]) -> None:
    """Write the data file."""
    lines = odds_lines(odds)
    lines += [f"decision\t{name}\t-\t{value:.4f}" for name, value in decision.items()]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def run() -> None:
    """Learn the log odds, keep the decision as it is until the step after."""
    write(learn_odds(), model.weights().decision)
