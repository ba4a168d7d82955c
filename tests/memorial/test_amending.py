"""A small change writes the few pages that it touches, and the bytes are those of a whole build."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dadkhah import archive as archives
from dadkhah.memorial import amending, build
from dadkhah.memorial.swapping import swapped
from dadkhah.memorial.verification import verify
from dadkhah.memorial.way import Way
from dadkhah.people import clusters
from dadkhah.records import (
    Anchor,
    Capture,
    Claim,
    Contribution,
    Judgement,
    Mention,
    Passage,
    Person,
    Source,
)
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


def withdraws(number: int) -> Change:
    """Everything that is said of one row of the list."""

    def change(made: Cast) -> None:
        mention, _ = row(made, number)
        held = [r for r in made.records if isinstance(r, Claim) and r.mention == mention.id]
        newest = {claim.id: claim for claim in held}
        made.add(*(dataclasses.replace(claim, status="withdrawn") for claim in newest.values()))

    return change


def arrives(name: str, place: int | None = None) -> Change:
    """A person who was on no list, on the list or in a source of their own."""

    def change(made: Cast) -> None:
        fields: dict[str, Any] = {}
        if place is None:
            source, capture = made.source(f"new {name}", name, title="A letter", date="1990-05-01")
        else:
            source = next(
                r for r in made.records if isinstance(r, Source) and r.title == "list.csv"
            )
            capture = next(
                r for r in made.records if isinstance(r, Capture) and r.source == source.id
            )
            fields = {"collection": source.collection}
        passage = Passage(
            id=invented.identity(f"passage {name}"), source=source.id,
            anchor=Anchor(capture=capture.id, quote=name, row=place),
        )  # fmt: skip
        made.add(passage)
        mention = made.mention("person", passage, f"row {name}", **fields)
        claims = [
            made.claim(mention, passage, "person.name", name, name),
            made.claim(mention, passage, "person.death_date", "1367-05-10", "1988-08-01"),
        ]
        if place is None:
            made.add(disclosure(f"of {name}", claims=tuple(c.id for c in claims)))

    return change


def disclosure(word: str, **fields: Any) -> Any:
    return dataclasses.replace(invented._disclosure(word), predicates=(), **fields)


def sends(made: Cast) -> None:
    """What a reader sent about the person of the second row, let out by two people."""
    mention = send(made)
    made.add(judged(invented.identity("mention row 1"), mention))


def send(made: Cast) -> str:
    words = "Snow lay in the yard.\n\nShe sang."
    source, capture = made.source("sent", words, type="contribution", confidentiality="restricted")
    passage = made.passage(source, capture, words)
    mention = made.mention("person", passage, "sent", unidentified=True)
    claim = made.claim(mention, passage, "person.contribution", words, words, status="unreviewed")
    about = f"person:{invented.identity('mention row 1')}"
    made.add(
        Contribution(id=invented.identity("sent"), source=source.id, about=about, type="memory",
                     state="published", claim=claim.id),
        disclosure("sent", claims=(claim.id,)),
    )  # fmt: skip
    return mention.id


def judged(left: str, right: str) -> Judgement:
    left, right = sorted((left, right))
    return Judgement(id=invented.identity(f"{left} {right}"), left=left, right=right,
                     decision="same", by="account:1", at="2026-03-21T09:30:00Z")  # fmt: skip


SMALL: dict[str, Change] = {
    "another day of death": corrects("person.death_date", written="1367-05-13", value="1988-08-04"),
    "a day that no other has": corrects("person.death_date", written="x", value="1988-12-30"),
    "a day withdrawn": corrects("person.death_date", status="withdrawn"),
    "another name": corrects("person.name", written="Mina Kuhestan", value="Mina Kuhestan"),
    "a name in the other script": corrects("person.name", written="آذر بهاری", value="آذر بهاری"),
    "no name": corrects("person.name", status="withdrawn"),
    "another place": corrects(
        "person.detention_place",
        written="Evin",
        value={"name": "Evin", "level": "prison", "gazetteer": "evin"},
    ),
    "no place": corrects("person.detention_place", status="withdrawn"),
    "a disagreement": corrects("person.age", 2, written="60", value={"low": 60, "high": 60}),
    "a disagreement of one": adds("person.age", "77", {"low": 77, "high": 77}, status="conflict"),
    "a withdrawal": corrects("person.age", status="withdrawn"),
    "an age of nobody known": corrects(
        "person.age", 3, written="44", value={"low": 44, "high": 44}
    ),
    "somebody gone": withdraws(1),
    "somebody without a name gone": withdraws(3),
    "somebody of two accounts gone": withdraws(2),
    "somebody at the end of the list": arrives("Omid Darya", 9),
    "somebody in the middle of the list": arrives("سارا دشتی", 3),
    "somebody in a letter": arrives("Laleh Sahra"),
    "a contribution": sends,
    "a corrected number": corrects("person.age", written="30", value={"low": 30, "high": 30}),
    "a review": corrects("person.age", status="accepted"),
    "a new statement": adds("person.sentence_status", "five years", "five years"),
    "the first of a term": adds("person.sex", "زن", "sex:female", status="unreviewed"),
    "a statement that is closed": adds("person.relative", invented.secret("kin"), None),
    "a change of a closed one": corrects("person.occupation", written=invented.secret("new job")),
    "nothing but another entry": lambda made: made.add(said(made, 0, "person.age")),
}
WIDE: dict[str, Change] = {
    "a denial": adds("person.sentence_status", "none", "none", stance="denies"),
    "a disclosure of a list": lambda made: made.add(
        dataclasses.replace(
            invented._disclosure("again"),
            collections=(invented.identity("list"),),
            predicates=("person.sentence_status",),
        )
    ),
    "a holder of a post renamed": lambda made: made.add(
        next(
            dataclasses.replace(r, written="Karim Arvandi", value="Karim Arvandi")
            for r in made.records
            if isinstance(r, Claim) and r.written == "Karim Arvand"
        )
    ),
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
    persons = None if alone else register(second)
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
    persons = register(second)
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


def test_lines_of_people_are_put_where_their_ids_belong() -> None:
    table = b'person,names\nb,"two\nlines"\nd,x\n'
    found = swapped("people.csv", table, {"a": b"a,new\n", "d": b"", "c": b"c,\xc3\xa4\n"})
    assert found == b'person,names\na,new\nb,"two\nlines"\nc,\xc3\xa4\n'
    lines = b'{"claims":[],"id":"b"}\n'
    assert swapped("people.jsonl", lines, {"a": b'{"id":"a"}\n'}) == b'{"id":"a"}\n' + lines
