"""An invented country and what is true there: the values of a simulated world."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dadkhah.records import Claim, Mention
from dadkhah.simulate import reading, writing

__all__ = ["ListedRow", "PrisonPlace", "SimulatedList", "Statement", "TruePerson", "World"]

Spellings = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrisonPlace:
    """A prison and its city, each in English and Persian."""

    key: str
    prison: tuple[str, str]
    city: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePerson:
    """One person of the invented country, as no list knows them.

    `given`, `family` and `father` hold the Persian spelling, then one per Latin school; ~ marks a
    seam between parts. `hard` says that the person is of the kind that lists find hard to reach.
    """

    id: str
    given: Spellings
    family: Spellings
    father: Spellings
    sex: str
    birth_year: int
    age: int
    death_date: datetime.date
    place: PrisonPlace
    affiliation: str
    hard: bool
    title: Spellings = ()
    sibling_of: str = ""
    homonym_of: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """The name in Persian and in English spelling, seams joined."""
        persian = f"{self.given[0]} {self.family[0]}".replace("~", "\u200c")
        first, *rest = f"{self.given[1]} {self.family[1]}".split("~")
        return persian, first + "".join(piece[:1].lower() + piece[1:] for piece in rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One row of a list: its key, its cells, and (never written beside it) who it truly is."""

    key: str
    person: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedList:
    """A list by an invented compiler; `plan` is its entry in data/lists.yaml, country filled in."""

    name: str
    plan: Mapping[str, Any]
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A text by an invented body, with the figure it reports."""

    name: str
    speaker: str
    date: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """An invented country whose truth is known: people, lists with mistakes, statements."""

    seed: int
    country: tuple[str, str]
    places: tuple[PrisonPlace, ...]
    affiliations: Mapping[str, tuple[str, str]]
    unidentified_words: frozenset[str]
    people: tuple[TruePerson, ...]
    lists: tuple[SimulatedList, ...]
    statements: tuple[Statement, ...]

    def tables(self) -> dict[str, list[dict[str, str]]]:
        """Give each list's rows as its compiler wrote them; the truth is not among them."""
        return {each.name: [dict(row.cells) for row in each.rows] for each in self.lists}

    def truth(self) -> dict[tuple[str, str], str]:
        """Give the true person of each list name and row key."""
        return {(each.name, row.key): row.person for each in self.lists for row in each.rows}

    def records(self) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
        """Give every row as a mention and its claims; a mention's collection is the list's name.

        `truth` goes by list and key, which stand on the mention.
        """
        return reading.read_records(self)

    def strata(self) -> dict[str, dict[str, int]]:
        """Count the people truly killed: in all, by affiliation, by prison and by kind."""
        return writing.count_strata(self.people)

    def write(self, folder: Path) -> list[Path]:
        """Write lists, mappings, statements and truth into a folder; the same seed, the same bytes.

        Args:
            folder: made when missing; files of the same names are replaced.

        Returns:
            The files written, in order.
        """
        return writing.write_world(self, folder)
