"""Tables that no linkage can stand on are refused, and those that look wrong are flagged."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dadkhah import names
from dadkhah.errors import LinkageError
from dadkhah.people.columns import fathers_longer, turned_columns
from dadkhah.people.fields import OTHER
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
            todo="Check that the mapping's name column is the right one, and that the names are "
            "in Latin or Arabic letters.",
        )
    if named.height < 2:
        raise LinkageError(
            "linkage-too-few",
            "Only one mention has a name; there is nothing to link it with.",
            todo="Import another list, or a list with more rows.",
        )
    _refuse_one_name(named)
    alone = _names_alone(named)
    return (*alone, *(() if alone else _nothing_shared(named)), *_suspicious(table, named))


def _names_alone(named: pl.DataFrame) -> tuple[str, ...]:
    """Say when nothing but names is shared: then a machine decides nothing."""
    shared = [field for field in (*SAYS_MORE, "sex") if named[field].count() >= 2]
    return () if shared else ("names-alone",)


def _nothing_shared(named: pl.DataFrame) -> tuple[str, ...]:
    """Count the pairs of lists that share nothing but names: no machine can join across them."""
    further = [name for name in named.columns if name.startswith(OTHER)]
    said = named.drop_nulls("collection").group_by("collection")
    rows = said.agg(pl.col(*SAYS_MORE, "sex", *further).is_not_null().any())
    lists = [{name for name, says in row.items() if says is True} for row in rows.to_dicts()]
    pairs = sum(not one & other for one, other in combinations(lists, 2))
    return (f"lists-share-only-names:{pairs}",) if pairs else ()


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
    unread = _in_unread_letters(table)
    if unread:
        flags.append(f"letters-unread:{unread}")
    turned = turned_columns(named)
    if turned:
        flags.append(f"columns-turned:{turned}")
    longer = fathers_longer(named)
    if longer:
        flags.append(f"fathers-longer:{longer}")
    again = named.height - named.select(cells).n_unique()
    if again > 0.2 * named.height:
        flags.append(f"identical-rows:{again}")
    return tuple(flags)


def _in_unread_letters(table: pl.DataFrame) -> int:
    """Count the names that have letters, none of which is of a script that is read here."""
    counted = table.filter("unidentified")["name"].drop_nulls().value_counts()
    return sum(
        count
        for name, count in counted.iter_rows()
        if any(map(str.isalpha, name)) and not names.fold(name)
    )
