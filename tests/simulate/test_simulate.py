"""The simulated world: deterministic, marked, and with the mistakes that it promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from dadkhah import simulate
from dadkhah.errors import SettingError
from dadkhah.simulate.writing import build_mapping


@pytest.fixture(scope="module")
def world() -> simulate.World:
    return simulate.world(11, 400)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = simulate.world(5, 120).write(tmp_path / "first")
    second = simulate.world(5, 120).write(tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_another_seed_gives_another_world() -> None:
    assert simulate.world(5, 120).tables() != simulate.world(6, 120).tables()


def test_every_file_says_simulated(world: simulate.World, tmp_path: Path) -> None:
    for path in world.write(tmp_path):
        if path.suffix not in (".xlsx",) and path.name != "truth.csv":
            assert "SIMULATED" in path.read_text(encoding="utf-8"), path.name
    assert all(row["SIMULATED"] == "SIMULATED" for row in world.tables()["rights"])


def test_the_truth_is_in_no_mapping_and_in_no_list(world: simulate.World) -> None:
    identifiers = {person.id for person in world.people}
    for each in world.lists:
        assert not identifiers & {cell for row in each.rows for cell in row.cells.values()}
        assert not any(name in json.dumps(build_mapping(world, each)) for name in identifiers)


def test_a_mapping_names_every_column_once(world: simulate.World) -> None:
    for each in world.lists:
        mapping = build_mapping(world, each)
        named = [mapping["key"], *mapping["columns"], *mapping["ignore"]]
        assert sorted(named) == sorted(each.rows[0].cells)


def test_a_written_mapping_reads_back_as_text(world: simulate.World, tmp_path: Path) -> None:
    world.write(tmp_path)
    mapping = yaml.safe_load((tmp_path / "mappings" / "book.yaml").read_text(encoding="utf-8"))
    assert mapping["key"] == "no"
    assert mapping["collection"]["no_duplicates"] is True


def test_the_copied_list_is_nearly_contained_in_its_parent(world: simulate.World) -> None:
    tables = world.tables()
    parent = {row["نام و نام خانوادگی"] for row in tables["families"]}
    copied = [row["نام"] in parent for row in tables["copy"]]
    assert sum(copied) / len(copied) > 0.9


def test_the_partisan_list_holds_nobody_of_another_group(world: simulate.World) -> None:
    groups = {person.id: person.affiliation for person in world.people}
    party = next(each for each in world.lists if each.name == "party")
    assert {groups[row.person] for row in party.rows} == {"cedar"}
    assert build_mapping(world, party)["collection"]["structural_zeros"]


def test_row_keys_are_unique_within_each_list(world: simulate.World) -> None:
    for each in world.lists:
        assert len({row.key for row in each.rows}) == len(each.rows)


def test_siblings_share_family_and_father_and_differ_in_given_name(world: simulate.World) -> None:
    people = {person.id: person for person in world.people}
    siblings = [person for person in world.people if person.sibling_of]
    assert siblings
    for person in siblings:
        other = people[person.sibling_of]
        assert (person.family, person.father) == (other.family, other.father)
        assert person.given != other.given


def test_the_book_lists_no_person_twice(world: simulate.World) -> None:
    book = next(each for each in world.lists if each.name == "book")
    assert len({row.person for row in book.rows}) == len(book.rows)


def test_strata_sum_to_the_whole(world: simulate.World) -> None:
    for counts in world.strata().values():
        assert sum(counts.values()) == 400


def test_a_world_of_nobody_is_refused() -> None:
    with pytest.raises(SettingError) as error:
        simulate.world(1, 3)
    assert error.value.code == "simulate-size"
