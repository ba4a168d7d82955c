"""Any number, name or post is followed to its words and to the digest of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.memorial import invented, reading


@pytest.mark.parametrize(
    ("page", "value", "words"),
    [
        ("en/figures.html", "1,200", "about 1,200"),
        ("fa/figures.html", "۱٬۲۰۰", "about 1,200"),
        ("en/timeline.html", "28 July 1988", "6 Mordad 1367"),
        ("en/posts.html", "“", "was head of the Commission until 1368"),
    ],
)
def test_a_value_leads_to_its_marked_words_and_the_digest_of_its_bytes(
    site: Path, page: str, value: str, words: str
) -> None:
    # 1. One click: the page of the source, at the words.
    if value == "“":
        value = words
    target, place = reading.follow(site / page, value)
    marked = reading.tree(target).css_first(f'mark[id="{place}"]')
    if marked is None:
        marked = reading.tree(target).css_first(f'mark:has([id="{place}"])')
    assert marked is not None
    assert marked.text() == words
    # 2. On the same page: the digest, and the bytes themselves, of that digest.
    digest = hashlib.sha256(invented.STATEMENT.encode()).hexdigest()
    assert digest in reading.text(target)
    file = next(f for _, f, _ in reading.links(target) if f.parent.name == "captures")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_a_name_on_the_wall_leads_to_the_person_and_on_to_the_words(site: Path) -> None:
    person, _ = reading.follow(site / "fa/people/index.html", "دارا سپهری")
    target, place = reading.follow(person, "Dara Sepehri")
    assert "Dara Sepehri" in reading.place_text(target, place)


def test_a_source_that_is_not_open_shows_the_written_words_and_no_more(site: Path) -> None:
    page = reading.text(site / f"en/sources/{invented.identity('reply')}.html")
    assert "Fewer than 90" in page
    assert "The ministry denies that" not in page
    assert "died." not in page


def test_a_row_of_a_list_that_is_not_open_shows_only_what_was_let_out(site: Path) -> None:
    page = reading.text(site / f"fa/sources/{invented.identity('list')}.html")
    assert "Mina Kuhestani" in page
    assert "1367-05-12" in page
    assert "2,Mina" not in page
