"""A small invented world, its mentions as a table, and one linkage of it, made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pytest

from dadkhah import people, simulate
from dadkhah.records import Claim, Mention


@dataclass(frozen=True)
class SmallWorld:
    world: simulate.World
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    table: pl.DataFrame
    truth: dict[str, str]


@pytest.fixture(scope="session")
def small() -> SmallWorld:
    world = simulate.world(3, 250)
    mentions, claims = world.records()
    known = world.truth()
    truth = {m.id: known[m.collection, m.key] for m in mentions if not m.unidentified}
    table = people.features(mentions, claims)
    return SmallWorld(world=world, mentions=mentions, claims=claims, table=table, truth=truth)


@pytest.fixture(scope="session")
def linkage(small: SmallWorld) -> people.Linkage:
    settings = people.LinkageSettings(no_duplicates=frozenset({"book"}))
    return people.link(small.table, settings=settings)


@pytest.fixture(scope="session")
def make_table() -> Callable[..., pl.DataFrame]:
    """Give a function that makes a table of features from rows of a few plain cells."""

    def make(*rows: dict[str, str]) -> pl.DataFrame:
        mentions, claims = [], []
        for number, row in enumerate(rows):
            identifier = f"m{number}"
            mentions.append(
                Mention(
                    id=identifier, source="s", type="person", label=row["name"], passage="p",
                    collection=row.get("collection", "c"), key=str(number),
                )
            )  # fmt: skip
            for name, written in row.items():
                if name != "collection":
                    claims.append(_claim(identifier, name, written))
        return people.features(mentions, claims)

    return make


def _claim(mention: str, name: str, written: str) -> Claim:
    value = {"low": int(written), "high": int(written)} if name == "age" else written
    return Claim(
        id=f"{mention}-{name}", mention=mention, predicate=f"person.{name}", written=written,
        passage="p", value=value,
    )  # fmt: skip
