"""Tables that no linkage can stand on are refused, and those that look wrong are flagged."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah.errors import LinkageError
from dadkhah.people.slips import SAYS_MORE

__all__ = ["refuse_unusable"]


def refuse_unusable(table: pl.DataFrame, readable: NDArray[np.bool_]) -> tuple[str, ...]:
    """Refuse what no linkage can stand on, and flag what looks wrong.

    Args:
        readable: marks the mentions whose name has a word.
    """
    told = ~table["unidentified"] & pl.Series(readable)
    named = table if told.all() else table.filter(told)
    if named.height == 0:
        raise LinkageError(
            "linkage-no-names",
            f"None of the {table.height:,} mentions has a name that can be read.",
            todo="Check that the mapping's name column is the right one.",
        )
    if named.height < 2:
        raise LinkageError(
            "linkage-too-few",
            "Only one mention has a name; there is nothing to link it with.",
            todo="Import another list, or a list with more rows.",
        )
    _refuse_one_name(named)
    return (*_names_alone(named), *_suspicious(table, named))


def _names_alone(named: pl.DataFrame) -> tuple[str, ...]:
    """Say when nothing but names is shared: then a machine decides nothing."""
    shared = [field for field in (*SAYS_MORE, "sex") if named[field].count() >= 2]
    return () if shared else ("names-alone",)


def _refuse_one_name(named: pl.DataFrame) -> None:
    commonest = named["name"].value_counts().sort("count")["count"][-1]
    if named.height >= 20 and commonest > 0.5 * named.height:
        raise LinkageError(
            "linkage-one-name",
            f"{commonest:,} of {named.height:,} mentions bear one and the same name.",
            todo="Check for a placeholder in the name column or rows that were copied down.",
        )


def _suspicious(table: pl.DataFrame, named: pl.DataFrame) -> tuple[str, ...]:
    flags = []
    unknown = table.height - named.height
    if unknown:
        flags.append(f"unidentified:{unknown}")
    cells = ["name", "father", "birth_earliest", "death_earliest", "place", "collection"]
    again = named.height - named.select(cells).n_unique()
    if again > 0.2 * named.height:
        flags.append(f"identical-rows:{again}")
    return tuple(flags)
