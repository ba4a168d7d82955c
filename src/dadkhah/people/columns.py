"""Columns of a list that look turned: what they hold stands in other columns of the other lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from dadkhah.people.fields import OTHER
from dadkhah.people.places import place_words

__all__ = ["fathers_longer", "turned_columns"]

FEWEST_ROWS: Final = 20
FEWEST_VALUES: Final = 3
MOST_OWN: Final = 0.1
LEAST_ELSEWHERE: Final = 0.5
MOST_LONGER: Final = 0.8
_PLACES: Final = frozenset({"place", f"{OTHER}birth_place", f"{OTHER}burial_place"})
Values = frozenset[tuple[str, ...]]


def turned_columns(table: pl.DataFrame) -> int:
    """Count the columns of a list whose values stand in another column of the other lists.

    Half of its values do, and hardly any stand in the same column of the others. Values are
    compared by their consonants, so that lists in two scripts are told too; one place may be the
    place of a birth and of a death.

    Args:
        table: of `features`.
    """
    fields = ["place", "affiliation", *(name for name in table.columns if name.startswith(OTHER))]
    held = {
        str(name): {field: _values(rows, field) for field in fields}
        for (name,), rows in table.drop_nulls("collection").group_by("collection")
    }
    return sum(
        _looks_turned(own[field], field, _of_others(held, name, fields))
        for name, own in held.items()
        for field in fields
    )


def fathers_longer(table: pl.DataFrame) -> int:
    """Count the lists in which most fathers have more words to their names than the persons."""
    words, of_father = (
        pl.col(column).str.strip_chars().str.count_matches(r"\s+") + 1
        for column in ("name", "father")
    )
    both = table.filter(~pl.col("unidentified")).drop_nulls(["collection", "father"])
    lists = both.group_by("collection").agg(pl.len(), longer=(words < of_father).mean())
    found = lists.filter((pl.col("len") >= FEWEST_ROWS) & (pl.col("longer") >= MOST_LONGER))
    return found.height


def _values(rows: pl.DataFrame, field: str) -> Values:
    said = rows[field].drop_nulls().unique()
    return frozenset(words for text in said if (words := place_words(text)))


def _of_others(
    held: Mapping[str, Mapping[str, Values]], name: str, fields: list[str]
) -> dict[str, Values]:
    others = [own for other, own in held.items() if other != name]
    return {
        field: frozenset[tuple[str, ...]]().union(*(o[field] for o in others)) for field in fields
    }


def _looks_turned(values: Values, field: str, others: Mapping[str, Values]) -> bool:
    if len(values) < FEWEST_VALUES or len(others[field]) < FEWEST_VALUES:
        return False
    elsewhere = max(_shares(values, field, others), default=0.0)
    return elsewhere >= LEAST_ELSEWHERE and _share(values, others[field]) < MOST_OWN


def _shares(values: Values, field: str, others: Mapping[str, Values]) -> Iterator[float]:
    for other, known in others.items():
        if other != field and not {field, other} <= _PLACES:
            yield _share(values, known)


def _share(values: Values, known: Values) -> float:
    return len(values & known) / len(values)
