"""What the importer reads from the written files is what the world says it wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dadkhah import simulate
from dadkhah.claims import mapping as mappings


@dataclass(frozen=True)
class Row:
    cells: dict[str, str]
    number: int
    sheet: str = ""
    text: str = ""
    start: int | None = None
    end: int | None = None
    problems: list[Any] = field(default_factory=list)


@pytest.fixture(scope="module")
def world() -> simulate.World:
    return simulate.world(4, 60)


@pytest.mark.parametrize("name", ["families", "rights", "party", "book", "copy"])
def test_the_importer_reads_each_list_as_the_world_does(
    world: simulate.World, tmp_path: Path, name: str
) -> None:
    world.write(tmp_path)
    mapping = mappings.read(tmp_path / "mappings" / f"{name}.yaml")
    table = world.tables()[name]
    mappings.check(mapping, list(table[0]))
    mentions, claims = world.records()
    expected = {
        (m.key, c.predicate): (c.written, c.value)
        for m in mentions
        for c in claims
        if c.mention == m.id and m.collection == name
    }
    for number, cells in enumerate(table, start=2):
        found = mappings.apply(Row(cells=cells, number=number), mapping, source="s", capture="c")
        assert found.problems == ()
        for claim in found.claims:
            written, value = expected[found.key, claim.predicate]
            assert claim.written == written
            if claim.predicate in ("person.death_date", "person.age", "person.sex"):
                assert claim.value == value


def test_unidentified_rows_are_unidentified_to_the_importer(world: simulate.World) -> None:
    mentions, _ = world.records()
    assert any(mention.unidentified for mention in mentions)
    assert all(
        mention.unidentified == (mention.label in world.unidentified_words) for mention in mentions
    )
