"""Read the three lists of one event (hrana, wikipedia, javidnam), by the mappings of lists_2022/.

The lists are public data for measuring, not part of this repository; see docs/people.md.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from dadkhah import people
from dadkhah.claims import mapping as mappings
from dadkhah.records import Claim, Mention
from dadkhah.sources import read

__all__ = ["LISTS", "read_lists"]

HERE = Path(__file__).resolve().parent
LISTS = ("hrana", "wikipedia", "javidnam")


def read_lists(data: Path) -> pl.DataFrame:
    """Give the table of features of all three lists; ids are the lists' own.

    Args:
        data: the folder of public sets, which has lists/.
    """
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for name in LISTS:
        for mention, said in _rows(data / "lists" / f"{name}_2022.csv", name):
            mentions.append(mention)
            claims.extend(said)
    return people.features(mentions, claims)


def _rows(file: Path, name: str) -> Iterator[tuple[Mention, list[Claim]]]:
    mapping = mappings.read(HERE / "lists_2022" / f"{name}.yaml")
    table = read(file, file.name).table
    mappings.check(mapping, table.header, file.name)
    days = mappings.placeholders(table, mapping)
    for row in table:
        found = mappings.apply(
            row, mapping, source=name, capture=name, collection=name, placeholders=days
        )
        if found.mention is not None:
            yield (
                dataclasses.replace(found.mention, id=found.key),
                [dataclasses.replace(claim, mention=found.key) for claim in found.claims],
            )
