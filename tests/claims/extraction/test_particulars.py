"""One person's fate: named by kin, with age, occupation and burial, never merged with many."""

from __future__ import annotations

import pytest
from tests.claims.scoring import lines, passages, read

from dadkhah.claims.extraction import extract
from dadkhah.records import Source

CASES = [
    ("My sister, Parisa Tavana, 19, a nurse, was hanged in Evin.", "person.age | 19"),
    ("My sister, Parisa Tavana, 19, a nurse, was hanged in Evin.", "person.occupation | nurse"),
    ("Kaveh Azadi (31), a nurse born in 1957 in Rasht, was executed.", "person.birth_date | 1957"),
    ("My uncle Reza Karimi is buried in Khavaran.", "person.burial_place | Khavaran"),
    ("برادرم، علی رضایی، دانشجوی ۲۴ ساله، اعدام شد.", "person.occupation | دانشجو"),
    ("برادرم، علی رضایی، دانشجوی ۲۴ ساله، اعدام شد.", "act.victim | علی رضایی"),
]


@pytest.mark.parametrize(("text", "line"), CASES)
def test_what_stands_beside_a_name_is_said_of_the_person(text: str, line: str) -> None:
    assert line in lines(read(text))


def test_the_year_of_birth_is_not_the_time_of_the_act() -> None:
    found = lines(read("Kaveh Azadi (31), a nurse born in 1957 in Rasht, was executed in Urmia."))
    assert "act.date | 1957" not in found
    assert "act.place | Rasht" not in found


def test_those_named_together_are_victims_each() -> None:
    found = lines(read("According to Nader Kamali, Ali Moradi and Babak Yeganeh were executed."))
    assert {line for line in found if line.startswith("act.victim")} == {
        "act.victim | Ali Moradi",
        "act.victim | Babak Yeganeh",
    }


@pytest.mark.parametrize(
    "rows",
    [
        ["40 prisoners were hanged in August 1988.", "Ali Karimi was hanged on 5 August 1988."],
        ["در مرداد ۱۳۶۷ چهل زندانی اعدام شدند.", "علی کریمی در ۱۴ مرداد ۱۳۶۷ اعدام شد."],
        ["40 prisoners were hanged in Rasht.", "30 prisoners were hanged in Shiraz."],
    ],
)
def test_one_person_s_fate_or_another_place_is_another_act(rows: list[str]) -> None:
    found = extract(passages(rows), source=Source(id="s"))
    assert len({mention.id for mention in found.mentions if mention.type == "act"}) == 2


def test_he_is_the_one_person_of_the_sentence_before() -> None:
    rows = ["My brother, Ali Karimi, was arrested in 1982.", "He was hanged in August 1988."]
    found = extract(passages(rows), source=Source(id="s"))
    victims = [claim for claim in found.claims if claim.predicate == "act.victim"]
    assert len({claim.target for claim in victims}) == 1
    assert [claim.written for claim in victims] == ["Ali Karimi", "He"]
    assert "one person" in victims[1].basis


@pytest.mark.parametrize(
    "rows",
    [
        ["Ali Karimi and Reza Noori were arrested in 1982.", "He was hanged in August 1988."],
        ["My brother, Ali Karimi, was arrested.", "He was told that his wife was executed."],
    ],
)
def test_he_is_nobody_where_two_can_be_meant_or_another_is_told_of(rows: list[str]) -> None:
    found = extract(passages(rows), source=Source(id="s"))
    assert not [c for c in found.claims if c.predicate == "act.victim" and c.written == "He"]
