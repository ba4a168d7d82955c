"""What a source says of itself: its title, who signs it, and its date."""

from __future__ import annotations

from dataclasses import replace

from tests.claims.scoring import passages

from dadkhah.claims.extraction.imprint import read

BODY = ["A statement", "On Monday the committee met in the city.", "It heard nine people."]


def test_signers_stand_just_above_the_date() -> None:
    found = read(
        passages([*BODY, "Union of Free Writers", "Lantern Association in Exile", "5 October 2013"])
    )
    assert found.issuer == "Union of Free Writers; Lantern Association in Exile"
    assert found.date is not None
    assert (found.date.value, found.date.written) == ("2013-10-05", "5 October 2013")


def test_a_persian_statement_is_signed_and_dated_too() -> None:
    found = read(
        passages(["بیانیه", "مردم گرد آمدند.", "کانون نویسندگان آزاد", "۱۲ شهریور ۱۴۰۲"], "fa")
    )
    assert found.issuer == "کانون نویسندگان آزاد"
    assert found.date is not None
    assert found.date.value == "2023-09-03"


def test_a_place_may_stand_before_the_date() -> None:
    found = read(passages([*BODY, "Council of Families", "London, 5 October 2013"]))
    assert found.date is not None
    assert found.date.value == "2013-10-05"


def test_a_sentence_with_a_date_is_no_date_line_and_no_signature() -> None:
    found = read(passages([*BODY, "The party was founded on 5 October 2013 in the hall."]))
    assert found.date is None
    assert found.issuers == ()


def test_the_title_is_the_first_line_that_is_no_furniture() -> None:
    rows = [
        replace(p, noise=p.id == "p0") for p in passages(["Skip to content", "A Title!", "Text."])
    ]
    title = read(rows).title
    assert title is not None
    assert title.value == "A Title!"
    assert read(passages(["This is a sentence.", "This is another."])).title is None


def test_nothing_says_nothing() -> None:
    found = read([])
    assert (found.title, found.issuer, found.date) == (None, "", None)
