"""Pieces cut anew around a change are those that the whole list would be cut into."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dadkhah.memorial import amending, build, slicing
from dadkhah.memorial.way import Way
from dadkhah.records import Anchor, Capture, Case, Claim, Collection, Passage, Source
from tests.memorial import invented
from tests.memorial.invented import Cast, identity
from tests.memorial.test_building import bytes_of

RULE = slicing.Rule(least=5, most=12, one_in=3)
GIVEN = ("سارا", "امید", "Laleh", "Mina", "دارا", "Kaveh")


@given(st.lists(st.text("abcdef", min_size=1, max_size=4), unique=True, max_size=80))
def test_no_piece_is_too_long_and_nothing_is_lost(items: list[str]) -> None:
    cut = [list(piece) for _, piece in slicing.cut(items, RULE, str, len)]
    assert [each for piece in cut for each in piece] == items
    assert all(sum(map(len, piece)) <= RULE.most for piece in cut)


@given(st.lists(st.integers(0, 10**6), unique=True, min_size=200, max_size=300), st.integers(0, 99))
def test_one_entry_less_leaves_most_pieces_as_they_were(numbers: list[int], place: int) -> None:
    items = [f"{n:07}" for n in sorted(numbers)]
    before = {tuple(piece) for _, piece in slicing.cut(items, RULE, str)}
    after = {
        tuple(piece) for _, piece in slicing.cut(items[:place] + items[place + 1 :], RULE, str)
    }
    assert len(before & after) > len(before) / 4


def listed(numbers: list[int]) -> Cast:
    """A list with one person a row."""
    cast = Cast()
    cast.add(Case(id=identity("case"), title={"en": "A list"}, dates="1988", simulated=True))
    list_ = Collection(id=identity("list"), title="A list", compiler="Somebody")
    cast.add(list_)
    cast.source("list", "rows\n", title="list.csv", collection=list_.id)
    open_ones = ("person.name", "person.death_date")
    cast.add(
        dataclasses.replace(
            invented._disclosure("list"), collections=(list_.id,), predicates=open_ones
        )
    )
    for number in numbers:
        row(cast, number)
    return cast


def row(cast: Cast, number: int) -> None:
    """One row of the list: in the order of the numbers, whenever it comes."""
    source = next(each for each in cast.records if isinstance(each, Source))
    capture = next(each for each in cast.records if isinstance(each, Capture))
    name = f"{GIVEN[number % 6]} {number * 7919 % 1000:03}"
    passage = Passage(
        id=identity(f"row {number}"), source=source.id,
        anchor=Anchor(capture=capture.id, quote=name, row=number),
    )  # fmt: skip
    cast.add(passage)
    person = cast.mention("person", passage, f"{number}", collection=source.collection)
    cast.claim(person, passage, "person.name", name, name)
    died = f"1988-08-{number % 28 + 1:02}"
    cast.claim(person, passage, "person.death_date", died, died)


def withdraw(cast: Cast, number: int) -> None:
    own = identity(f"mention {number}")
    held = [r for r in cast.records if isinstance(r, Claim) and r.mention == own]
    cast.add(*(dataclasses.replace(claim, status="withdrawn") for claim in held))


def test_people_come_and_go_in_a_long_list_and_the_bytes_are_those_of_a_new_site(
    tmp_path: Path,
) -> None:
    chance = random.Random(67)
    numbers = chance.sample(range(1, 400), 200)
    folder, state, cast = tmp_path / "site", tmp_path / "state", listed(numbers)
    build(invented.write(tmp_path / "0", cast), folder, state=state)
    for turn in range(1, 7):
        if turn % 2:
            withdraw(cast, numbers.pop(chance.randrange(len(numbers))))
        else:
            row(cast, chance.choice([n for n in range(400) if n not in numbers]))
        archive = invented.write(tmp_path / str(turn), cast)
        assert any(True for _ in amending.prepare(archive, folder, None, Way(), state))
        build(archive, folder, state=state)
    assert bytes_of(folder) == bytes_of(build(archive, tmp_path / "new").folder)
