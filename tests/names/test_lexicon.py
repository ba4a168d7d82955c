"""The words that shape names."""

from __future__ import annotations

import pytest

from dadkhah import names
from dadkhah.names import lexicon
from dadkhah.names.fold import letters


def test_every_form_is_folded_already() -> None:
    kinds = (
        "title", "honorific", "child", "kunya", "suffix", "prefix", "child_after", "known_as",
        "relative", "remark", "origin", "order", "unidentified", "neutral", "short", "given",
        "whole",
    )  # fmt: skip
    for kind in kinds:
        assert lexicon.forms(kind), kind
        for form in lexicon.forms(kind):
            assert letters(form) == form, form


def test_the_longest_form_wins() -> None:
    assert lexicon.longest("title", ("ایت", "الله", "کریمی")) == 2
    assert lexicon.longest("child", ("son", "of", "ali")) == 2
    assert lexicon.longest("title", ("karimi",)) == 0


def test_an_unknown_kind_has_no_forms() -> None:
    assert lexicon.forms("nothing") == {}
    assert lexicon.meaning("title", "dr") == "doctor"


@pytest.mark.parametrize(
    "written",
    ["Desconocido", "sin nombre", "Nepoznato lice", "Kimliği belirsiz", "Não identificado"],
)
def test_words_for_unknown_in_other_languages_name_nobody(written: str) -> None:
    assert names.is_unidentified(written)


@pytest.mark.parametrize("written", ["Sin Nombela", "Martin Nepomuk"])
def test_a_name_that_begins_like_them_names_somebody(written: str) -> None:
    assert not names.is_unidentified(written)
