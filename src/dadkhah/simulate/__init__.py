"""An invented world with a known truth: people, lists, mistakes. All of it says SIMULATED.

It serves the demo, the tests and the coverage studies; see docs/simulate.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from dadkhah import bundled
from dadkhah.errors import SettingError
from dadkhah.simulate.chance import stream
from dadkhah.simulate.invention import invent_people, read_places
from dadkhah.simulate.listing import compile_list, copy_list
from dadkhah.simulate.statements import write_statements
from dadkhah.simulate.world import (
    ListedRow,
    PrisonPlace,
    SimulatedList,
    Statement,
    TruePerson,
    World,
)

__all__ = [
    "ListedRow",
    "PrisonPlace",
    "SimulatedList",
    "Statement",
    "TruePerson",
    "World",
    "world",
]

FEWEST = 20
MOST = 5_000_000


def world(seed: int, people: int = 3000) -> World:
    """Invent a world: the same seed and size give the same world, to the byte.

    Args:
        seed: any whole number; it also picks the country's name.
        people: how many were killed, 20 to 5,000,000.

    Raises:
        SettingError: `simulate-size` when `people` is out of range.
    """
    if not FEWEST <= people <= MOST:
        raise SettingError(
            "simulate-size",
            f"A simulated world has {FEWEST} to {MOST:,} people, not {people:,}.",
            todo="Choose a number of people in that range.",
        )
    names, country = _data("names"), _data("country")
    name = _country_name(seed, country)
    everyone = invent_people(seed, people, names, country)
    lists: dict[str, SimulatedList] = {}
    for plan in _data("lists"):
        plan = _fill(plan, name)
        given = (everyone, names, country)
        if "copies" in plan:
            made = copy_list(seed, plan, lists[plan["copies"]], *given)
        else:
            made = compile_list(seed, plan, *given)
        lists[plan["name"]] = made
    return World(
        seed=seed,
        country=name,
        places=read_places(country),
        affiliations={row["key"]: tuple(row["name"]) for row in country["affiliations"]},
        unidentified_words=frozenset(chain.from_iterable(country["unidentified"].values())),
        people=everyone,
        lists=tuple(lists.values()),
        statements=write_statements(_data("statements"), name, people),
    )


def _data(name: str) -> Any:
    return bundled.read("dadkhah.simulate", f"data/{name}.yaml")


def _country_name(seed: int, country: Mapping[str, Any]) -> tuple[str, str]:
    pairs = list(zip(country["names"]["en"], country["names"]["fa"], strict=True))
    return stream("country", seed).choice(pairs)


def _fill(plan: Mapping[str, Any], country: tuple[str, str]) -> dict[str, Any]:
    """Put the country's name into the texts of a list's plan."""
    texts = ("title", "compiler", "scope", "would_not_list", "method")
    return {**plan, **{key: plan[key].format(country=country[0]) for key in texts}}
