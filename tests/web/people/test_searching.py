"""The reading room's search: any spelling finds the person, words written apart or together."""

from __future__ import annotations

import pytest

from dadkhah.records import Anchor, Mention, Passage, Source
from dadkhah.web.custody.access import KEEPER
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people import index, register

PEOPLE = {"a": "علیرضا حسن\u200cزاده", "b": "Abd al-Rahman Moradi", "c": "ناشناس"}


@pytest.fixture
def people(db: None) -> None:
    """Two people with a name, and one without."""
    source = Source(id="s" * 20, title="A list")
    passage = Passage(id="p" * 20, source=source.id, anchor=Anchor(capture="a" * 64, quote="x"))
    mentions = [
        Mention(id=letter * 20, source=source.id, type="person", label=text, passage=passage.id,
                unidentified=letter == "c")
        for letter, text in PEOPLE.items()
    ]  # fmt: skip
    append(
        by="account:1",
        changes=[Change(action="claims.import", records=[source, passage, *mentions])],
    )
    index.rebuild()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Alireza Hassanzadeh", ["a"]),
        ("Ali Reza Hassan Zadeh", ["a"]),
        ("علی رضا حسن زاده", ["a"]),
        ("Hassanzadeh, Seyyed Ali-Reza", ["a"]),
        ("عبدالرحمن مرادی", ["b"]),
        ("Abdolrahman", ["b"]),
        ("عبد الرحمن", ["b"]),
        ("Hassan Moradi", []),
        ("unknown", []),
        ("17", []),
    ],
)
def test_a_query_finds_who_bears_the_name(people: None, query: str, found: list[str]) -> None:
    lines = register.page(KEEPER, {"q": query})
    assert sorted(line.id[0] for line in lines) == found
