"""Who was of a body, whose post is whose in a list, and whose order it was."""

from __future__ import annotations

import pytest
from tests.claims.scoring import lines, read

LISTED = "Kian Nayyeri, the religious judge, Omid Sharqi, the Tehran prosecutor, and Amir Pouran, "
WHOLE = f"A commission made up of {LISTED}representative of the Ministry of Intelligence, met."


def test_in_a_list_a_post_belongs_to_the_name_before_it() -> None:
    held = {line for line in lines(read(WHOLE)) if line.startswith("person.holds_post")}
    assert held == {
        "person.holds_post | Kian Nayyeri > religious judge @ ",
        "person.holds_post | Omid Sharqi > prosecutor, Tehran @ ",
        "person.holds_post | Amir Pouran > representative, Ministry of Intelligence @ ",
    }


def test_a_list_that_begins_with_a_post_gives_each_to_the_name_after_it() -> None:
    text = "The judge, Kian Nayyeri, the Tehran prosecutor, Omid Sharqi, came."
    held = [line for line in lines(read(text)) if line.startswith("person.holds_post")]
    assert "person.holds_post | Omid Sharqi > prosecutor, Tehran @ " in held
    assert not [line for line in held if "Kian Nayyeri > prosecutor" in line]


def test_those_listed_were_of_the_body() -> None:
    assert lines(read(WHOLE)).count("person.member_of | commission") == 3


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("In a fatwa issued in late July 1988, Khomeini ordered that they be killed.", "Khomeini"),
        ("به فرمان خمینی، هزاران زندانی اعدام شدند.", "خمینی"),
        ("کاوه فرهمند دستور داد درها را ببندند.", "کاوه فرهمند"),
    ],
)
def test_an_order_has_its_issuer(text: str, issuer: str) -> None:
    assert f"order.issuer | {issuer}" in lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The court ordered that he be released.",
        "دادگاه دستور داد او آزاد شود.",
        "به حکم دادگاه رفت.",
    ],
)
def test_an_order_without_a_person_is_none(text: str) -> None:
    assert not [line for line in lines(read(text)) if line.startswith("order")]
