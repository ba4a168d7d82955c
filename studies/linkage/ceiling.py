"""The best F1 of pairs that anybody can reach on the synthetic mentions of scale.py.

    python studies/linkage/ceiling.py [--pairs 6000] [--size 100000 1000000 10000000]

Whoever knows how the mentions were made (every word and how common it is, every mistake and its
chance, how many copies a person has) can say of two mentions how much likelier they are as one
person than as two, and no rule that looks at two mentions at a time does better than to call the
likeliest pairs one person (Neyman and Pearson 1933). That ratio is computed here for true pairs,
summed over every word that may lie behind what is written. How many false pairs lie above a
threshold then needs no counting: it is the number of false pairs times the mean of 1/ratio over
the true pairs above it.

A rule that looks at more than two mentions at a time can do better: three accounts of one person
say more than their pairs. Mistakes that end beyond the first or the last day, 0.9 in a hundred of
those of dates, are taken as the others.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
GENERATOR = HERE.parents[1] / ".." / "shared" / "baselines" / "synth_people.py"
LETTERS = "abcdefghijklmnoprstuvyz"
ANY = "abcdefghijklmnopqrstuvwxyz"
TWICE = 0.15
DAYS, SHIFTS = 22_000, 801
WRONG = {"first_name": 0.18, "surname": 0.18, "surname2": 0.15}
DAY_WRONG, PLACE_WRONG, SEX_WRONG, SWAPPED = 0.10, 0.12, 0.01, 0.015
# persons with 1 to 4 copies, and how likely the first copy is made with mistakes
COPIES = (0.55, 0.27, 0.12, 0.06)
FIRST_DIRTY = 0.2

Word = str | None


def mistakes(word: str) -> dict[str, float]:
    """Give what one slip makes of a word, and how often."""
    if len(word) < 3:
        return {word: 1.0}
    made: dict[str, float] = defaultdict(float)
    each = 1 / (4 * len(word))
    for at in range(len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        for other in LETTERS:
            made[head + other + tail] += each / len(LETTERS)
            made[head + other + letter + tail] += each / len(LETTERS)
        made[head + tail] += each
        made[head + tail[:1] + letter + tail[1:]] += each
    return made


def sources(written: str) -> dict[str, float]:
    """Give every word of which one slip makes what is written, and how often it does."""
    words = {written}
    for at in range(len(written) + 1):
        head, tail = written[:at], written[at:]
        words |= {head + other + tail for other in ANY}
        words |= {head + other + tail[1:] for other in ANY if tail}
        words |= {head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]}
    return {word: chance for word in words if (chance := one_slip(word, written))}


def one_slip(word: str, written: str) -> float:
    """Say how often one slip makes the second of the first, without making all others."""
    if len(word) < 3:
        return float(word == written)
    count = 0.0
    for at in range(len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        if len(written) == len(word):
            changed = written[at]
            same = written[:at] == head and written[at + 1 :] == tail
            count += (same and changed in LETTERS) / len(LETTERS)
            count += written == head + tail[:1] + letter + tail[1:]
        elif len(written) == len(word) + 1:
            added = written[at] in LETTERS and written[:at] == head
            count += (added and written[at + 1 :] == letter + tail) / len(LETTERS)
        elif len(written) == len(word) - 1:
            count += written == head + tail
    return count / (4 * len(word))


class Pool:
    """Words and how common each is; which of them may lie behind what is written."""

    def __init__(self, words: list[str], power: float, wrong: float) -> None:
        share = np.arange(1, len(words) + 1, dtype=float) ** -power
        self.share: Mapping[str, float] = dict(zip(words, share / share.sum(), strict=True))
        self.wrong = wrong
        self.near: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for less in _shortened(word):
                self.near[less].append(word)
        self.made = cache(mistakes)
        self.behind = cache(self._behind)
        self.marginal = cache(self._marginal)

    def _behind(self, written: str) -> dict[str, float]:
        """Give each word that mistakes may turn into what is written, and how often they do."""
        words = {word for less in _shortened(written) for word in self.near.get(less, ())}
        once = sources(written)
        found = {}
        for word in words:
            made = self.made(word)
            twice = sum(made[mid] * once[mid] for mid in made.keys() & once.keys())
            chance = (1 - TWICE) * made.get(written, 0.0) + TWICE * twice
            if chance:
                found[word] = chance
        return found

    def _marginal(self, written: str) -> tuple[float, float]:
        wrong = sum(self.share[word] * c for word, c in self.behind(written).items())
        return self.share.get(written, 0.0), wrong

    def one(self, written: Word, dirty: int) -> float:
        """How often this is written for somebody at random."""
        if written is None:
            return 1.0
        right, wrong = self.marginal(written)
        rate = self.wrong * dirty
        return (1 - rate) * right + rate * wrong

    def both(self, left: Word, right: Word) -> np.ndarray:
        """How often these are written for one person, for each of clean and dirty (2 x 2)."""
        if left is None or right is None:
            return np.array([[self.one(left, a) * self.one(right, b) for b in (0, 1)]
                             for a in (0, 1)])  # fmt: skip
        behind = [{**self.behind(written)} for written in (left, right)]
        total = np.zeros((2, 2))
        for word in (behind[0].keys() | {left}) & (behind[1].keys() | {right}):
            ways = [
                [float(word == written), self._dirty(word, written, own)]
                for written, own in zip((left, right), behind, strict=True)
            ]
            total += self.share.get(word, 0.0) * np.outer(*ways)
        return total

    def _dirty(self, word: str, written: str, behind: Mapping[str, float]) -> float:
        return (1 - self.wrong) * (word == written) + self.wrong * behind.get(word, 0.0)


def _shortened(word: str) -> set[str]:
    """Give the word with at most two letters left out."""
    once = {word[:at] + word[at + 1 :] for at in range(len(word))}
    twice = {less[:at] + less[at + 1 :] for less in once for at in range(len(less))}
    return {word} | once | twice


def dirtiness() -> tuple[np.ndarray, np.ndarray]:
    """Give how often two mentions of one person are clean and dirty (2 x 2), and how often one is.

    All copies but the first are dirty.
    """
    pairs = [c * n * (n - 1) / 2 for n, c in enumerate(COPIES, 1)]
    first = sum(c * (n - 1) for n, c in enumerate(COPIES, 1)) / sum(pairs)
    each = first * (1 - FIRST_DIRTY) / 2
    firsts = 1 / sum(n * c for n, c in enumerate(COPIES, 1))
    clean = firsts * (1 - FIRST_DIRTY)
    return np.array([[0.0, each], [each, 1 - 2 * each]]), np.array([clean, 1 - clean])


class Oracle:
    """The ratio of likelihoods of two mentions, by all that made them."""

    def __init__(self, generator: Path) -> None:
        words: dict[str, Any] = {}
        made, _, _ = generator.read_text(encoding="utf-8").partition("npers =")
        code = compile(made.replace("sys.argv", "['', '0', '']"), str(generator), "exec")
        exec(code, words)  # noqa: S102  the generator has its words in no other form
        self.given = Pool(words["G"].tolist(), 0.9, WRONG["first_name"])
        self.family = Pool(words["S"].tolist(), 0.75, WRONG["surname"])
        self.second = Pool(words["S"].tolist(), 0.75, WRONG["surname2"])
        share = np.arange(1, 301, dtype=float) ** -0.8
        self.place = dict(zip(words["P"].tolist(), share / share.sum(), strict=True))

    def log_ratio(self, left: tuple[Any, ...], right: tuple[Any, ...]) -> float:
        """Give the log of how much likelier two rows are of one person than of two."""
        together, alone = dirtiness()
        one = self._names(left[:2], right[:2]) * self.second.both(left[2], right[2])
        one = one * _days(left[3], right[3]) * self._places(left[4], right[4])
        one = one * _sexes(left[5], right[5])
        two = [sum(alone[d] * self._alone(row, d) for d in (0, 1)) for row in (left, right)]
        same = float((together * one).sum())
        return math.log(same) - math.log(two[0]) - math.log(two[1]) if same else -math.inf

    def _names(self, left: tuple[Any, ...], right: tuple[Any, ...]) -> np.ndarray:
        """Weigh given name and surname, which stand in each other's place now and then."""
        total = np.zeros((2, 2))
        for swapped in product((0, 1), repeat=2):
            ways = [
                _swap_chance(pair, turned)
                for pair, turned in zip((left, right), swapped, strict=True)
            ]
            if not (ways[0].any() and ways[1].any()):
                continue
            a, b = (
                pair[::-1] if turned else pair
                for pair, turned in zip((left, right), swapped, strict=True)
            )
            said = self.given.both(a[0], b[0]) * self.family.both(a[1], b[1])
            total += np.outer(*ways) * said
        return total

    def _places(self, left: Word, right: Word) -> np.ndarray:
        if left is None or right is None:
            return np.ones((2, 2)) * self._place(left) * self._place(right)
        moved = np.array([0.0, PLACE_WRONG])
        stayed = np.outer(1 - moved, 1 - moved)
        apart = self.place[left] * self.place[right]
        return stayed * (left == right) * self.place[left] + (1 - stayed) * apart

    def _place(self, place: Word) -> float:
        return 1.0 if place is None else self.place[place]

    def _alone(self, row: tuple[Any, ...], dirty: int) -> float:
        """How often this row is written for somebody at random."""
        names = 0.0
        for turned in (0, 1):
            first, family = row[1::-1] if turned else row[:2]
            said = self.given.one(first, dirty) * self.family.one(family, dirty)
            names += _swap_chance(row[:2], turned)[dirty] * said
        day = 1.0 if row[3] is None else 1 / DAYS
        sex = 1.0 if row[5] is None else _sex(row[5], dirty, None)
        return names * self.second.one(row[2], dirty) * day * self._place(row[4]) * sex


def _swap_chance(names: tuple[Any, ...], turned: int) -> np.ndarray:
    """How often the two names are swapped or not, clean and dirty; only where both are given."""
    rate = np.array([0.0, SWAPPED if None not in names else 0.0])
    return rate if turned else 1 - rate


def _days(left: int | None, right: int | None) -> np.ndarray:
    """How often two days are written for one person; mistakes shift a day by up to 400."""
    if left is None or right is None:
        return np.full((2, 2), 1.0 if left is None and right is None else 1 / DAYS)
    apart = abs(left - right)
    wrong = np.array([0.0, DAY_WRONG])
    near = (apart <= SHIFTS // 2) / SHIFTS
    total = np.outer(1 - wrong, 1 - wrong) * (apart == 0)
    total = total + (np.outer(1 - wrong, wrong) + np.outer(wrong, 1 - wrong)) * near
    total = total + np.outer(wrong, wrong) * max(0, SHIFTS - apart) / SHIFTS**2
    return total / DAYS


def _sex(written: str, dirty: int, true: str | None) -> float:
    if true is None:
        return (_sex(written, dirty, "m") + _sex(written, dirty, "f")) / 2
    rate = SEX_WRONG * dirty
    return (1 - rate) * (written == true) + rate * (written == "m")


def _sexes(left: Word, right: Word) -> np.ndarray:
    total = np.zeros((2, 2))
    for true in ("m", "f"):
        ways = [
            [1.0 if written is None else _sex(written, dirty, true) for dirty in (0, 1)]
            for written in (left, right)
        ]
        total += np.outer(*ways) / 2
    return total


def true_pairs(generator: Path, count: int) -> list[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Make mentions, and draw true pairs of them."""
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "mentions.parquet"
        made = [sys.executable, str(generator), str(max(4 * count, 20_000)), str(path)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        plain = pl.read_parquet(path)
    rows = plain.select(
        "ent",
        "first_name",
        "surname",
        "surname2",
        (pl.col("dob").str.to_date() - pl.date(1940, 1, 1)).dt.total_days().alias("day"),
        "place",
        "sex",
    )
    persons = [own.drop("ent").rows() for _, own in rows.group_by("ent", maintain_order=True)]
    pairs = [(a, b) for own in persons for at, a in enumerate(own) for b in own[at + 1 :]]
    chosen = np.random.default_rng(1).permutation(len(pairs))[:count]
    return [pairs[at] for at in chosen]


def ceiling(ratios: np.ndarray, size: int) -> tuple[float, float, float]:
    """Give the best F1 among so many mentions, with its precision and recall."""
    per_person = sum(n * c for n, c in enumerate(COPIES, 1))
    true = size / per_person * sum(c * n * (n - 1) / 2 for n, c in enumerate(COPIES, 1))
    others = size * (size - 1) / 2 - true
    ordered = np.sort(ratios)[::-1]
    right = true * np.arange(1, len(ordered) + 1) / len(ordered)
    wrong = others * np.cumsum(np.exp(-ordered)) / len(ordered)
    f1 = 2 * right / (right + wrong + true)
    best = int(f1.argmax())
    return (
        float(f1[best]),
        float(right[best] / (right[best] + wrong[best])),
        float(right[best] / true),
    )


def main() -> None:
    """Compute the ceiling of each size, with the spread of the sample."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pairs", type=int, default=6_000)
    options.add_argument("--size", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    options.add_argument("--generator", type=Path, default=GENERATOR)
    given = options.parse_args()
    oracle = Oracle(given.generator)
    ratios = np.array(
        [oracle.log_ratio(*each) for each in true_pairs(given.generator, given.pairs)]
    )
    rng = np.random.default_rng(2)
    lines = ["| mentions | best F1 of pairs | 95% | precision | recall |", "|---|---|---|---|---|"]
    for size in given.size:
        f1, precision, recall = ceiling(ratios, size)
        again = [ceiling(rng.choice(ratios, len(ratios)), size)[0] for _ in range(200)]
        low, high = np.quantile(again, (0.025, 0.975))
        lines.append(
            f"| {size} | {f1:.4f} | {low:.4f}-{high:.4f} | {precision:.4f} | {recall:.4f} |"
        )
    text = "\n".join(lines) + "\n"
    (HERE / "output" / "ceiling.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
