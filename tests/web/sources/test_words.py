"""Words are found in the texts however they were typed, and only by those who may read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.invented_case import CANARY

from dadkhah.web.custody.access import KEEPER, PUBLIC, Reader
from dadkhah.web.sources import words
from dadkhah.web.sources.models import Passage, PassageWords

EDITOR = Reader(author="editor", role="editor")


def found(reader: Reader, query: str) -> list[str]:
    return [row.text for row in words.find(reader, words.sought(query))]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ديكتاتوري", "دیکتاتوری"),
        ("می‌شود", "میشود"),
        ("سال ۱۳۶۷", "سال 1367"),
        ("Ḵāvarān", "KAVARAN"),
        ("كِتاب", "کتاب"),
    ],
)
def test_one_word_typed_in_two_ways_is_one(typed: str, kept: str) -> None:
    assert words.fold(typed) == words.fold(kept)


def test_a_query_is_words_and_phrases_and_never_too_many() -> None:
    assert words.sought('Prison "the lists were" «سال ۶۷» prison') == (
        "prison",
        "the lists were",
        "سال 67",
    )
    assert len(words.sought(" ".join(f"w{n}" for n in range(50)))) == words.MOST_WORDS
    assert words.sought(' "" \u200c « » ') == ()


def test_every_word_of_every_passage_finds_it(case: Path) -> None:
    rows = [row for row in Passage.objects.all() if not row.noise]
    assert len(rows) > 5
    for row in rows:
        for word in row.text.split():
            assert row.text in found(KEEPER, word.replace('"', "")), word


def test_words_of_the_page_s_furniture_find_nothing(case: Path) -> None:
    noise = Passage.objects.filter(noise=True).first()
    assert noise is not None
    assert noise.text not in found(KEEPER, noise.text.split()[0])


def test_nobody_finds_what_they_may_not_read(case: Path, public: Client, editor: Client) -> None:
    assert found(KEEPER, CANARY)
    assert found(EDITOR, CANARY) == []
    whole = {row.text for row in Passage.objects.all()}
    assert whole > {text for row in whole for text in found(PUBLIC, f'"{row}"')}
    for client in (public, editor):
        page = client.get("/sources/words/", {"q": CANARY}).content.decode()
        assert "<mark>" not in page
        assert "No passage holds all of these words" in page


def test_a_sign_that_a_database_reads_as_any_letter_is_only_itself(case: Path) -> None:
    assert found(KEEPER, "%") == [row.text for row in Passage.objects.all() if "%" in row.text]
    assert found(KEEPER, "_") == [row.text for row in Passage.objects.all() if "_" in row.text]


def test_pages_follow_one_another_without_a_gap(case: Path, monkeypatch: object) -> None:
    every = words.find(KEEPER, ("a",))
    step, seen, after = 2, [], ""
    monkeypatch.setattr(words, "PAGE", step)  # type: ignore[attr-defined]
    while rows := words.find(KEEPER, ("a",), after)[:step]:
        seen += [row.pk for row in rows]
        after = rows[-1].pk
    assert len(every) > step
    assert seen == [row.pk for row in every]


def test_the_page_marks_the_words_and_leads_to_the_passage(case: Path, keeper: Client) -> None:
    row = Passage.objects.filter(noise=False, source__language="en").order_by("entry").first()
    assert row is not None
    word = max(row.text.split(), key=len).strip('".,:;')
    page = keeper.get("/sources/words/", {"q": word.upper()}).content.decode()
    assert f"<mark>{word}</mark>" in page
    assert f"#p-{row.pk}" in page


@given(st.text(max_size=200), st.text(max_size=30))
def test_the_pieces_together_are_the_passage_as_written(written: str, query: str) -> None:
    cut = words.pieces(written, words.sought(query))
    assert "".join(piece.text for piece in cut) == written


def test_what_goes_takes_its_words_along(case: Path) -> None:
    from dadkhah.web.keeping import deleting

    row = Passage.objects.filter(noise=True).first()
    assert row is not None
    deleting.delete([("passage", row.entry, row.position)])
    assert not PassageWords.objects.filter(pk=row.pk).exists()
