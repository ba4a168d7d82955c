"""What two mentions say of the same things, field by field, as levels: the higher, the closer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah import names, text
from dadkhah.people.fields import UNSAID
from dadkhah.people.intervals import Span, birth_levels, death_levels, spans
from dadkhah.people.name_levels import (
    NameWords,
    Words,
    encode_names,
    father_levels,
    given_levels,
    name_levels,
    rarity_levels,
    words_of_fathers,
    words_shared,
)
from dadkhah.people.other_fields import Other, compare_other, encode_others
from dadkhah.people.places import SAME, compare_places
from dadkhah.people.settings import Progress
from dadkhah.people.wording import Wording, read_wording

__all__ = ["Encoded", "compare_pairs", "encode_mentions"]

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]
CHUNK = 500_000
_FEW_SHARES = (0.05, 0.02, 0.003)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The table as arrays that pairs of rows are read from."""

    names: NameWords
    fathers: Words
    has_father: NDArray[np.bool_]
    birth: Span
    death: Span
    place: NDArray[np.int32]
    places: tuple[str, ...]
    place_rarity: Levels
    affiliation: NDArray[np.int32]
    script: NDArray[np.int32]
    sex: NDArray[np.int32]
    others: Mapping[str, Other]


def encode_mentions(table: pl.DataFrame, wording: Wording | None = None) -> Encoded:
    """Encode each mention once, so that pairs are compared by arrays.

    Args:
        wording: of the table's names, where they are read already.
    """
    place, places = _codes(table["place"])
    groups = table["affiliation"]
    script = groups.drop_nulls().unique().to_frame("group")
    script = script.with_columns(script=_scripts(script["group"]), fold=_folds(script["group"]))
    told = groups.to_frame("group").join(script, on="group", how="left", maintain_order="left")
    return Encoded(
        names=encode_names(
            wording or read_wording(table["name"]), ~table["unidentified"].to_numpy()
        ),
        fathers=words_of_fathers(table["father"]),
        has_father=table["father"].is_not_null().to_numpy(),
        birth=spans(table, "birth"),
        death=spans(table, "death"),
        place=place,
        places=places,
        place_rarity=_rarity(place, len(places)),
        affiliation=_codes(told["fold"])[0],
        script=_codes(told["script"])[0],
        sex=_codes(table["sex"])[0],
        others=encode_others(table),
    )


def compare_pairs(
    encoded: Encoded, left: Rows, right: Rows, progress: Progress | None = None
) -> dict[str, Levels]:
    """Compare pairs of rows field by field.

    Returns:
        For each field one level per pair; -1 where either side says nothing.
    """
    parts: list[dict[str, Levels]] = []
    for start in range(0, max(len(left), 1), CHUNK):
        chunk = slice(start, start + CHUNK)
        parts.append(compare_chunk(encoded, left[chunk], right[chunk]))
        if progress:
            progress("compare", min(1.0, (start + CHUNK) / max(len(left), 1)))
    return {field: np.concatenate([part[field] for part in parts]) for field in parts[0]}


def compare_chunk(e: Encoded, left: Rows, right: Rows) -> dict[str, Levels]:
    """Compare pairs of rows that fit in memory at once."""
    left, right = left.astype(np.int64, copy=False), right.astype(np.int64, copy=False)
    shared = words_shared(e.names, left, right)
    name = name_levels(e.names, left, right, shared.inside)
    both = e.has_father[left] & e.has_father[right]
    return {
        "name": name,
        "rarity": rarity_levels(e.names, shared, left, right, name),
        "given": given_levels(e.names, left, right, name),
        "father": father_levels(e.fathers, left, right, both),
        "birth": birth_levels(e.birth, left, right),
        "death": death_levels(e.death, left, right),
        "place": _place_levels(e, left, right),
        "affiliation": _affiliation_levels(e, left, right),
        "sex": _equal_levels(e.sex, left, right),
        **{name: compare_other(other, left, right) for name, other in e.others.items()},
    }


def _scripts(groups: pl.Series) -> pl.Series:
    return pl.Series([text.script(group) for group in groups.to_list()], dtype=pl.String)


def _folds(groups: pl.Series) -> pl.Series:
    return pl.Series([names.fold(group) for group in groups.to_list()], dtype=pl.String)


def _codes(column: pl.Series) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Number the distinct texts; what is not said, or empty, is -1."""
    said = column.cast(pl.String).alias("said")
    said = said.set(said == "", None)
    distinct = said.drop_nulls().unique(maintain_order=True)
    numbered = distinct.to_frame().with_row_index("at")
    at = said.to_frame().join(numbered, on="said", how="left", maintain_order="left")["at"]
    return at.cast(pl.Int32).fill_null(UNSAID).to_numpy(), tuple(distinct.to_list())


def _place_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    """Compare each distinct pair of places once: there are few places and many pairs."""
    a, b = e.place[left].astype(np.int64), e.place[right].astype(np.int64)
    levels = np.where((a >= 0) & (b >= 0), e.place_rarity[a], UNSAID).astype(np.int8)
    asked = np.flatnonzero((levels != UNSAID) & (a != b))
    width = len(e.places) + 1
    code, inverse = np.unique(a[asked] * width + b[asked], return_inverse=True)
    found = [compare_places(e.places[int(c) // width], e.places[int(c) % width]) for c in code]
    levels[asked] = np.array(found, dtype=np.int8)[inverse] if len(asked) else 0
    return levels


def _rarity(place: NDArray[np.int32], count: int) -> Levels:
    """Grade agreement on each place by how many mentions share it."""
    counts = np.bincount(place[place >= 0], minlength=count)
    share = counts / max(int(counts.sum()), 1)
    few = sum((share <= each).astype(np.int8) for each in _FEW_SHARES)
    return np.append(SAME + few, UNSAID).astype(np.int8)


def _equal_levels(codes: NDArray[np.int32], left: Rows, right: Rows) -> Levels:
    a, b = codes[left], codes[right]
    return np.where((a >= 0) & (b >= 0), (a == b).astype(np.int8), UNSAID).astype(np.int8)


def _affiliation_levels(e: Encoded, left: Rows, right: Rows) -> Levels:
    """Names of groups in two scripts are not compared: a translation is not a spelling."""
    levels = _equal_levels(e.affiliation, left, right)
    return np.where(e.script[left] == e.script[right], levels, UNSAID).astype(np.int8)
