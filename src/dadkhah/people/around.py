"""Mentions drawn at random, with all that may be the same person beside each: whole persons judged.

A sample of pairs says nothing of what no key brought together. Here mentions are drawn, and beside
each stand those that linkage brought near it, its person's others, and the nearest of all the rest
by a comparison of its own; so the labels also tell what blocking and linkage left out.

Source: Bagga and Baldwin 1998 and Amigó et al. 2009 (B-cubed); Binette et al. 2023 (estimates of
cluster metrics from sampled clusters); Rao and Wu 1988 (the bootstrap within strata).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.blocking import Candidates, block, sole_lists
from dadkhah.people.comparison import Encoded, compare_pairs, encode_mentions
from dadkhah.people.doubt import FLOOR, Doubt
from dadkhah.people.evaluation import Rate, drawn_rate
from dadkhah.people.fields import field_of
from dadkhah.people.settings import LinkageSettings
from dadkhah.people.wording import read_wording

__all__ = ["Around", "measure_around", "sample_around"]

BEYOND: Final = 3
_BACKGROUND: Final = 50_000
_ROUNDS: Final = 2000
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What labels around drawn mentions say: of pairs, of whole persons (B-cubed), of blocking.

    `compared` is the share of the true pairs that linkage compared at all. What lies beyond the
    nearest that were shown is in none of these.
    """

    precision: Rate
    recall: Rate
    f1: Rate
    cubed_precision: Rate
    cubed_recall: Rate
    cubed_f1: Rate
    compared: Rate
    mentions: int


def sample_around(
    table: pl.DataFrame,
    doubt: Doubt,
    person: Mapping[str, str],
    count: int,
    *,
    settings: LinkageSettings | None = None,
    seed: int = 1,
) -> pl.DataFrame:
    """Draw mentions, half of them from persons of several mentions, and list who may be each.

    Args:
        table: of `features`, as it was linked.
        doubt: of that linkage.
        person: the person of each mention in the register.

    Returns:
        mention, other, compared (by linkage), several (whether the mention's person has several),
        stands_for (how many mentions the drawn one stands for); `compared` must not be seen by
        whoever labels.
    """
    settings = settings or LinkageSettings()
    named = np.flatnonzero(~table["unidentified"].to_numpy())
    ids = table["id"].to_list()
    size = Counter(person.values())
    several = np.array([size[person.get(ids[row], "")] > 1 for row in named], dtype=np.bool_)
    drawn, weight = _draw(named, several, count, np.random.default_rng(seed))
    wording = read_wording(table["name"])
    found = block(table, settings, wording)
    encoded = encode_mentions(table, wording)
    near = _near(doubt, person, ids, {ids[row] for row in drawn})
    score = _Nearness(encoded, named, sole_lists(table, settings), np.random.default_rng(seed))
    rows = []
    for row, stands_for in zip(drawn.tolist(), weight.tolist(), strict=True):
        shown = near[ids[row]]
        compared = {ids[each] for each in _partners(found, row)}
        far = [ids[each] for each in score.order(row)[: len(shown) + BEYOND]]
        beyond = [each for each in far if each not in shown][:BEYOND]
        rows += [
            (ids[row], each, each in compared, size[person.get(ids[row], "")] > 1, stands_for)
            for each in sorted(shown | set(beyond))
        ]
    columns = ["mention", "other", "compared", "several", "stands_for"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def _draw(
    named: Rows, several: NDArray[np.bool_], count: int, rng: np.random.Generator
) -> tuple[Rows, Floats]:
    """Draw within the two strata, and say how many mentions each drawn one stands for."""
    strata = named[several], named[~several]
    half = count // 2
    wanted = [min(half, len(strata[0])), min(count - half, len(strata[1]))]
    wanted[0] = min(count - wanted[1], len(strata[0]))
    wanted[1] = min(count - wanted[0], len(strata[1]))
    chosen = [rng.choice(own, n, replace=False) for own, n in zip(strata, wanted, strict=True)]
    weight = [np.full(n, len(own) / n) for own, n in zip(strata, wanted, strict=True) if n]
    drawn, stands_for = np.concatenate(chosen), np.concatenate(weight)
    order = rng.permutation(len(drawn))
    return drawn[order], stands_for[order]


def _near(
    doubt: Doubt, person: Mapping[str, str], ids: list[str], drawn: set[str]
) -> dict[str, set[str]]:
    """Give the mentions that linkage or the register ties to each drawn one."""
    near: dict[str, set[str]] = {mention: set() for mention in drawn}
    likely = doubt.weight + doubt.prior >= FLOOR
    for a, b in zip(doubt.left[likely], doubt.right[likely], strict=True):
        left, right = doubt.ids[a], doubt.ids[b]
        if left in near:
            near[left].add(right)
        if right in near:
            near[right].add(left)
    mates: dict[str, list[str]] = {}
    wanted = {person[mention] for mention in drawn if mention in person}
    for mention in ids:
        if person.get(mention) in wanted:
            mates.setdefault(person[mention], []).append(mention)
    for mention in drawn:
        near[mention].update(mates.get(person.get(mention, ""), ()))
        near[mention].discard(mention)
    return near


def _partners(found: Candidates, row: int) -> Iterator[int]:
    """Give the rows that blocking paired with one."""
    first, end = np.searchsorted(found.left, [row, row + 1])
    yield from found.right[first:end].tolist()
    yield from found.left[found.right == row].tolist()


class _Nearness:
    """How near every named mention is to one, by levels weighed without any training."""

    def __init__(
        self, encoded: Encoded, named: Rows, sole: NDArray[np.int32], rng: np.random.Generator
    ) -> None:
        self.encoded, self.named, self.sole = encoded, named, sole
        ends = rng.choice(named, _BACKGROUND), rng.choice(named, _BACKGROUND)
        levels = compare_pairs(encoded, *ends)
        self.weight = {
            name: _guess(name, each) for name, each in levels.items() if field_of(name).in_model
        }

    def order(self, row: int) -> list[int]:
        """Give the named rows, the nearest first; none of a list that names nobody twice."""
        others = self.named[(self.named != row) & (self.sole[self.named] != self.sole[row])]
        levels = compare_pairs(self.encoded, np.full(len(others), row), others)
        score = np.zeros(len(others))
        for name, weight in self.weight.items():
            score += weight[levels[name]]
        most = min(400, len(others))
        top = np.argpartition(-score, most - 1)[:most] if most else np.zeros(0, np.int64)
        ordered = others[top[np.argsort(-score[top], kind="stable")]]
        return [int(each) for each in ordered]


def _guess(name: str, levels: NDArray[np.int8]) -> Floats:
    """Weigh each level by the field's own guess of m and its share among pairs at random."""
    m = np.array(field_of(name).m)
    u = np.bincount(levels[levels >= 0], minlength=len(m)) + 1.0
    return np.append(np.log(m / (u / u.sum())), 0.0)


def measure_around(
    sample: pl.DataFrame, person: Mapping[str, str], *, seed: int = 1, level: float = 0.95
) -> Around:
    """Measure the register by labels around drawn mentions.

    A mention counts when everything beside it is labelled.

    Args:
        sample: of `sample_around`, with a column `same` (true, false, or null).
        person: the person of each mention in the register.

    Raises:
        LinkageError: `evaluation-no-labels` when no mention is labelled whole.
    """
    size = Counter(person.values())
    here = [_one(person, a, b) for a, b in sample.select("mention", "other").iter_rows()]
    each = (
        sample.with_columns(pl.Series("here", here, pl.Boolean))
        .group_by("mention", "several", "stands_for", maintain_order=True)
        .agg(
            pl.col("same").is_null().any().alias("open"),
            pl.col("same").sum().alias("true"),
            (pl.col("same") & pl.col("here")).sum().alias("right"),
            (pl.col("same") & pl.col("compared")).sum().alias("compared"),
        )
        .filter(~pl.col("open"))
    )
    if not each.height:
        raise LinkageError(
            "evaluation-no-labels",
            "Around no mention everything is labelled, so nothing can be measured.",
            todo="Fill the column “same” with yes or no in every row of a mention.",
        )
    found = [size[person[mention]] - 1 if mention in person else 0 for mention in each["mention"]]
    counts = np.stack(
        [each["right"].to_numpy(), np.array(found), each["true"].to_numpy(),
         each["compared"].to_numpy()]
    ).astype(np.float64)  # fmt: skip
    weight, several = each["stands_for"].to_numpy(), each["several"].to_numpy()
    middle = _rates(counts, weight)
    rng = np.random.default_rng(seed)
    strata = [rows for rows in (np.flatnonzero(several), np.flatnonzero(~several)) if len(rows)]
    draws = []
    for _ in range(_ROUNDS):
        pick = np.concatenate([rng.choice(rows, len(rows)) for rows in strata])
        draws.append(_rates(counts[:, pick], weight[pick]))
    drawn = np.array(draws)
    rates = [drawn_rate(share, drawn[:, at], each.height, level) for at, share in enumerate(middle)]
    return Around(
        precision=rates[0], recall=rates[1], f1=rates[2], cubed_precision=rates[3],
        cubed_recall=rates[4], cubed_f1=rates[5], compared=rates[6], mentions=each.height,
    )  # fmt: skip


def _one(person: Mapping[str, str], left: str, right: str) -> bool:
    return left in person and person[left] == person.get(right)


def _rates(counts: Floats, weight: Floats) -> tuple[float, ...]:
    """Give the rates from each mention's others: right, in its person, true, and compared."""
    right, found, true, _ = counts
    pairs = [float((weight * each).sum()) for each in counts]
    precision = pairs[0] / pairs[1] if pairs[1] else 1.0
    recall = pairs[0] / pairs[2] if pairs[2] else 1.0
    purity = float(np.average((right + 1) / (found + 1), weights=weight))
    whole = float(np.average((right + 1) / (true + 1), weights=weight))
    blocking = pairs[3] / pairs[2] if pairs[2] else 1.0
    both = _f1(precision, recall), _f1(purity, whole)
    return precision, recall, both[0], purity, whole, both[1], blocking


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
