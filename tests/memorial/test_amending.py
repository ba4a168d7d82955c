"""A small change writes the few pages that it touches, and the bytes are those of a whole build."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dadkhah import archive as archives
from dadkhah.errors import ArchiveError
from dadkhah.memorial import amending, build
from dadkhah.memorial.swapping import swapped
from dadkhah.memorial.verification import verify
from dadkhah.memorial.way import Way
from dadkhah.people import clusters
from dadkhah.records import Claim, Mention, Passage, Person
from tests.memorial import invented
from tests.memorial.invented import Cast
from tests.memorial.test_building import bytes_of

Change = Callable[[Cast], None]


def cast() -> Cast:
    """The invented case, with an age and a sentence for everybody on the list."""
    made = invented.invented()
    for number in range(4):
        mention, passage = row(made, number)
        age = {"low": 20 + number, "high": 22 + number}
        status = "unreviewed" if number else "accepted"
        made.claim(mention, passage, "person.age", f"{20 + number}", age, status=status)
    made.add(
        dataclasses.replace(
            invented._disclosure("more"), collections=(invented.identity("list"),),
            predicates=("person.age", "person.sentence_status", "person.sex"),
        )
    )  # fmt: skip
    return made


def row(made: Cast, number: int) -> tuple[Mention, Passage]:
    ids = invented.identity(f"mention row {number}")
    mention = next(r for r in made.records if isinstance(r, Mention) and r.id == ids)
    passage = next(r for r in made.records if isinstance(r, Passage) and r.id == mention.passage)
    return mention, passage


def said(made: Cast, number: int, predicate: str) -> Claim:
    mention, _ = row(made, number)
    return next(
        r for r in made.records
        if isinstance(r, Claim) and r.mention == mention.id and r.predicate == predicate
    )  # fmt: skip


def corrects(predicate: str, number: int = 1, **fields: Any) -> Change:
    return lambda made: made.add(dataclasses.replace(said(made, number, predicate), **fields))


def adds(predicate: str, written: str, value: object, **fields: Any) -> Change:
    def change(made: Cast) -> None:
        made.claim(*row(made, 1), predicate, written, value, **fields)

    return change


SMALL: dict[str, Change] = {
    "a corrected number": corrects("person.age", written="30", value={"low": 30, "high": 30}),
    "a review": corrects("person.age", status="accepted"),
    "a new statement": adds("person.sentence_status", "five years", "five years"),
    "the first of a term": adds("person.sex", "زن", "sex:female", status="unreviewed"),
    "a statement that is closed": adds("person.relative", invented.secret("kin"), None),
    "a change of a closed one": corrects("person.occupation", written=invented.secret("new job")),
    "nothing but another entry": lambda made: made.add(said(made, 0, "person.age")),
}
WIDE: dict[str, Change] = {
    "another day of death": corrects("person.death_date", written="1367-05-13", value="1988-08-04"),
    "another name": corrects("person.name", written="Mina Kuhestan", value="Mina Kuhestan"),
    "a disagreement": corrects("person.age", 2, written="60", value={"low": 60, "high": 60}),
    "a withdrawal": corrects("person.age", status="withdrawn"),
    "a denial": adds("person.sentence_status", "none", "none", stance="denies"),
    "a disclosure": lambda made: made.add(invented._disclosure("again")),
}


def register(archive: Path) -> tuple[Person, ...]:
    mentions = archives.current(archive, "mention").values()
    return clusters(mentions, archives.current(archive, "judgement").values())


def changed(folder: Path, *changes: Change) -> Path:
    made = cast()
    for change in changes:
        change(made)
    return invented.write(folder, made)


def is_small(archive: Path, folder: Path, persons: tuple[Person, ...] | None, state: Path) -> bool:
    return any(True for _ in amending.prepare(archive, folder, persons, Way(), state))


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("alone", [True, False])
def test_a_small_change_gives_the_bytes_of_a_whole_build(
    tmp_path: Path, name: str, alone: bool
) -> None:
    first, second = changed(tmp_path / "1"), changed(tmp_path / "2", SMALL[name])
    persons = None if alone else register(first)
    folder, state = tmp_path / "site", tmp_path / "state"
    build(first, folder, persons=persons, state=state, signer=invented.SIGNER)
    assert is_small(second, folder, persons, state)
    over = build(second, folder, persons=persons, state=state, signer=invented.SIGNER)
    new = build(second, tmp_path / "new", persons=persons, signer=invented.SIGNER)
    assert bytes_of(over.folder) == bytes_of(new.folder)
    assert dataclasses.replace(over, folder=new.folder, written=0) == dataclasses.replace(
        new, written=0
    )
    assert verify(folder).passed


@pytest.mark.parametrize("name", WIDE)
def test_what_stands_on_lists_is_built_whole(tmp_path: Path, name: str) -> None:
    first, second = changed(tmp_path / "1"), changed(tmp_path / "2", WIDE[name])
    persons, folder, state = register(first), tmp_path / "site", tmp_path / "state"
    build(first, folder, persons=persons, state=state)
    assert not is_small(second, folder, persons, state)
    over = build(second, folder, persons=persons, state=state)
    new = build(second, tmp_path / "new", persons=persons)
    assert bytes_of(over.folder) == bytes_of(new.folder)


def test_one_small_change_after_another(tmp_path: Path) -> None:
    folder, state, changes = tmp_path / "site", tmp_path / "state", list(SMALL.values())
    build(changed(tmp_path / "0"), folder, state=state)
    for number in range(1, len(changes) + 1):
        archive = changed(tmp_path / str(number), *changes[:number])
        assert is_small(archive, folder, None, state)
        build(archive, folder, state=state)
    assert bytes_of(folder) == bytes_of(build(archive, tmp_path / "new").folder)


def test_another_past_is_no_small_change(tmp_path: Path) -> None:
    """Lines were added, but what came before them is not what the site was made from."""
    folder, state = tmp_path / "site", tmp_path / "state"
    build(changed(tmp_path / "1"), folder, state=state)
    small = SMALL["a corrected number"]
    other = changed(tmp_path / "2", corrects("person.age", 3, written="x"), small)
    records = other / "records" / "claim.jsonl"
    held = records.read_bytes().replace(b'"written":"20"', b'"written":"99"')
    records.write_bytes(held)
    assert not is_small(other, folder, None, state)


def test_a_site_that_was_touched_or_lost_its_state_is_built_whole(tmp_path: Path) -> None:
    folder, state = tmp_path / "site", tmp_path / "state"
    second = changed(tmp_path / "2", SMALL["a review"])
    build(changed(tmp_path / "1"), folder, state=state)
    (folder / "added.txt").write_text("by another hand", encoding="utf-8")
    assert not is_small(second, folder, None, state)
    (folder / "added.txt").unlink()
    assert is_small(second, folder, None, state)
    (state / "kept.json").unlink()
    assert not is_small(second, folder, None, state)
    build(second, folder, state=state)
    assert bytes_of(folder) == bytes_of(build(second, tmp_path / "new").folder)


def test_lines_that_are_not_where_they_were_stop_the_change() -> None:
    with pytest.raises(ArchiveError) as caught:
        swapped(b"head\n1,a\n1,a\n", [(b"1,a\n", b"1,b\n")])
    assert caught.value.code == "memorial-kept"
