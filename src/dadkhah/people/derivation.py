"""Which lists look copied from which: containment, cells, order, mistakes. Reported only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.people.linkage import Linkage
from dadkhah.people.misspelt import misspelt_alike
from dadkhah.text import to_persian_numbers

__all__ = ["Derivation", "derivation"]

CONTAINED: Final = 0.8
COPIED_CELLS: Final = 0.9
COPIED_ORDER: Final = 0.9
COPIED_MISTAKES: Final = 5
FEWEST: Final = 20
MOST_SHOWN: Final = 10
_CELLS: Final = (
    "name",
    "father",
    "age_low",
    "birth_earliest",
    "death_earliest",
    "death_latest",
    "place",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What speaks for one list being copied from another. A person decides; nothing is collapsed.

    Args:
        child, parent: collections; the child is the smaller list.
        matched: entries of the child found in the parent; `of` its named entries.
        contained: that share.
        copied_cells: share of matched entries of which every cell that both give is written alike.
        copied_order: rank correlation of the places of matched entries, 1 for the same order; it
            says nothing when both lists are alphabetical, and is then 0 with `alphabetical`.
        misspelt: matched entries that misspell a word alike which no other list has; of `told` of
            them another list's account of the person has the usual spelling.
        misspelt_pairs: some of these, told ones first, as ids of the child's and parent's mention.
        suspected: near-total containment, and copied cells or copied order; or copied mistakes.
        sentences: the evidence in English and Persian.
    """

    child: str
    parent: str
    matched: int
    of: int
    contained: float
    copied_cells: float
    copied_order: float
    alphabetical: bool
    misspelt: int
    told: int
    misspelt_pairs: tuple[tuple[str, str], ...]
    suspected: bool
    sentences: tuple[str, str]


def derivation(table: pl.DataFrame, linkage: Linkage) -> tuple[Derivation, ...]:
    """Look for lists that were copied from others.

    Args:
        table: of `features`, each list's rows in the list's own order.
        linkage: of the same table; its pairs match entries, whoever will decide them.

    Returns:
        One report per pair of lists with at least 20 entries in common, suspects first; the
        smaller list is taken as the child.
    """
    rows = table.with_row_index("row").filter(~pl.col("unidentified"))
    pairs = _best_pairs(linkage.pairs, rows)
    wrong = misspelt_alike(pairs, rows.drop_nulls("collection"))
    pairs = pairs.join(wrong, on=["left", "right"], how="left", maintain_order="left")
    sizes = dict(rows.group_by("collection").len().iter_rows())
    sorted_lists = {name: _alphabetical(group) for (name,), group in rows.group_by("collection")}
    found = list(_reports(pairs, sizes, {str(k): v for k, v in sorted_lists.items()}))
    return tuple(sorted(found, key=lambda each: (not each.suspected, -each.contained)))


def _best_pairs(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Give each entry its likeliest counterpart in each other list, in both directions.

    An entry is the counterpart of one only: a row that stands thirty times in a list is no copy of
    thirty rows.
    """
    likely = pairs.filter(pl.col("decision") != "different").select("left", "right", "probability")
    both = pl.concat([likely, likely.select(left="right", right="left", probability="probability")])
    side = rows.select("id", "row", "collection", *_CELLS)
    joined = both.join(side, left_on="left", right_on="id").join(
        side, left_on="right", right_on="id", suffix="_parent"
    )
    return (
        joined.filter(pl.col("collection") != pl.col("collection_parent"))
        .sort("probability", descending=True)
        .unique(["left", "collection_parent"], keep="first", maintain_order=True)
        .unique(["right", "collection"], keep="first", maintain_order=True)
        .with_columns(_written_alike().alias("alike"))
    )


def _written_alike() -> pl.Expr:
    """True when the names, and every other cell that both give, are written the same."""
    same = pl.col("name") == pl.col("name_parent")
    for cell in _CELLS[1:]:
        same = same & (pl.col(cell) == pl.col(f"{cell}_parent")).fill_null(value=True)
    return same


def _alphabetical(group: pl.DataFrame) -> bool:
    names = group.sort("row")["name"].str.to_lowercase().to_list()
    steps = [a <= b for a, b in pairwise(names)]
    return len(steps) > FEWEST and sum(steps) > 0.9 * len(steps)


def _reports(
    pairs: pl.DataFrame, sizes: Mapping[str, int], alphabetical: Mapping[str, bool]
) -> Iterator[Derivation]:
    for child, parent in permutations(sizes, 2):
        matched = pairs.filter(
            (pl.col("collection") == child) & (pl.col("collection_parent") == parent)
        )
        if matched.height >= FEWEST and (sizes[child], child) <= (sizes[parent], parent):
            order_known = not (alphabetical[child] and alphabetical[parent])
            yield _report(child, parent, matched, sizes[child], order_known)


def _report(
    child: str, parent: str, matched: pl.DataFrame, of: int, order_known: bool
) -> Derivation:
    contained = matched.height / of
    cells = float(matched["alike"].cast(pl.Float64).mean() or 0.0)  # type: ignore[arg-type]
    order = _rank_correlation(matched["row"], matched["row_parent"]) if order_known else 0.0
    wrong = matched.drop_nulls("told").sort("told", descending=True, maintain_order=True)
    told = int(wrong["told"].sum())
    copied = contained >= CONTAINED and (cells >= COPIED_CELLS or order >= COPIED_ORDER)
    values: dict[str, Any] = {
        "child": child, "parent": parent, "matched": matched.height, "of": of,
        "contained": contained, "copied_cells": cells, "copied_order": order,
        "alphabetical": not order_known, "suspected": copied or told >= COPIED_MISTAKES,
        "misspelt": wrong.height, "told": told,
        "misspelt_pairs": tuple(wrong.select("left", "right").head(MOST_SHOWN).rows()),
    }  # fmt: skip
    return Derivation(**values, sentences=_sentences(values))


def _rank_correlation(left: pl.Series, right: pl.Series) -> float:
    a: NDArray[np.float64] = left.rank().to_numpy().astype(np.float64)
    b: NDArray[np.float64] = right.rank().to_numpy().astype(np.float64)
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _sentences(values: Mapping[str, Any]) -> tuple[str, str]:
    english = (
        "{matched} of {of} entries of one list stand in the other ({contained:.0%}); "
        "{copied_cells:.0%} of these are written alike in every cell that both give; the order "
        "agrees by {copied_order:.2f} (1 is the same order)."
    )
    persian = (
        "{matched} از {of} مدخل یک فهرست در دیگری هست ({contained:.0%})؛ {copied_cells:.0%} از "
        "این‌ها در همهٔ خانه‌های مشترک یکسان نوشته شده است؛ همخوانی ترتیب {copied_order:.2f} است "
        "(۱ یعنی همان ترتیب)."
    )
    if values["misspelt"]:
        english += " Entries that misspell a word alike, as no other list does: {misspelt}."
        persian += " مدخل‌هایی با واژه‌ای یکسان نادرست که در هیچ فهرست دیگری نیست: {misspelt}."
    if values["told"]:
        english += " Of these, another list has the usual spelling for {told}."
        persian += " از این میان، فهرستی دیگر برای {told} مدخل شکل معمول واژه را دارد."
    return english.format(**values), to_persian_numbers(persian.format(**values))
