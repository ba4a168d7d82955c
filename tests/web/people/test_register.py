"""The register in the order of the reader's alphabet, which shows no more than the page does."""

from __future__ import annotations

import pytest

from dadkhah.records import Anchor, Claim, Disclosure, Mention, Passage, Source
from dadkhah.text import script
from dadkhah.web.custody.access import KEEPER, PUBLIC
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people import index, register

PEOPLE = {
    "a": ("بهار زرین", "Bahar Zarrin"),
    "b": ("'Azar Abi", "آذر آبی"),
    "c": ("Zal Kamani", "زال کمانی"),
    "d": ("نیما پوردشت", "Nima Purdasht"),
}


@pytest.fixture
def people(db: None) -> list[str]:
    """Four people, each under a first and another name."""
    source = Source(id="s" * 20, title="A list")
    passage = Passage(id="p" * 20, source=source.id, anchor=Anchor(capture="a" * 64, quote="x"))
    ids = [letter * 20 for letter in PEOPLE]
    mentions = [
        Mention(id=pk, source=source.id, type="person", label=PEOPLE[pk[0]][0], passage=passage.id)
        for pk in ids
    ]
    claims = [
        Claim(id=f"{pk[:18]}{n:02}", mention=pk, predicate=name, written=form, passage=passage.id)
        for pk in ids
        for n, (name, form) in enumerate(zip(register.NAMES, PEOPLE[pk[0]], strict=True))
    ]
    sexes = [
        Claim(
            id=f"{pk[:18]}09",
            mention=pk,
            predicate="person.sex",
            written="f",
            value="female",
            passage=passage.id,
        )
        for pk in ids
    ]
    records = [source, passage, *mentions, *claims, *sexes]
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    index.rebuild()
    return ids


def disclose(*claims: str) -> None:
    one = Disclosure(
        id="0" * 19 + str(len(claims)),
        by="account:1",
        reviewed_by="account:2",
        at="2041-02-03T04:05:06Z",
        ground="The families asked.",
        claims=claims,
    )
    append(by="account:1", changes=[Change(action="claims.disclose", records=[one])])


@pytest.mark.parametrize(
    ("language", "order"), [("en", ["'Azar Abi", "Zal Kamani"]), ("fa", ["آذر آبی", "بهار زرین"])]
)
def test_a_reader_finds_names_in_the_own_script_first_by_the_alphabet(
    people: list[str], language: str, order: list[str]
) -> None:
    shown = [line.label for line in register.page(KEEPER, {}, language)]
    mine = [text for text in shown if script(text) == ("Arabic" if language == "fa" else "Latin")]
    assert [text for text in shown if text in order] == order
    assert shown[: len(mine)] == mine


def test_pages_follow_each_other_by_the_id_alone(
    people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [line.id for line in register.page(KEEPER, {}, "fa")]
    monkeypatch.setattr(register, "PAGE", 1)
    seen, after = [], ""
    for _ in every:
        first = register.page(KEEPER, {"after": after}, "fa")[0]
        seen.append(first.id)
        after = first.id
    assert seen == every
    assert register.page(KEEPER, {"after": after}, "fa") == []


def test_who_may_not_see_the_name_cannot_tell_it_from_the_order(
    people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # the first names of c and d; of a and b the sex alone
    disclose("c" * 18 + "00", "d" * 18 + "00", "b" * 18 + "09", "a" * 18 + "09")
    shown = register.page(PUBLIC, {}, "en")
    assert [line.label for line in shown] == ["Zal Kamani", "", "", "نیما پوردشت"]
    # d is filed under a name that is not public, so its place is by its id, after b
    assert [line.id[0] for line in shown] == ["c", "a", "b", "d"]
    monkeypatch.setattr(register, "PAGE", 1)
    seen = [register.page(PUBLIC, {"after": line.id}, "en")[:1] for line in shown[:-1]]
    assert [found[0].id for found in seen] == [line.id for line in shown[1:]]
    assert register.page(PUBLIC, {"q": "پوردشت"}, "en")[0].id[0] == "d"
    assert register.page(PUBLIC, {"q": "Bahar"}, "en") == []
