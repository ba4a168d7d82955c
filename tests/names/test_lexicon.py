"""The words that shape names."""

from __future__ import annotations

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
