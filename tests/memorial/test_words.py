"""The site's own words: each in both languages, with the same places to fill."""

from __future__ import annotations

import re

from dadkhah.memorial import words


def test_every_word_is_there_in_both_languages() -> None:
    english, persian = words.of("en"), words.of("fa")
    assert english.keys() == persian.keys()
    assert all(english.values())
    assert all(re.search("[\u0600-\u06ff]", text) for text in persian.values() if "{" not in text)


def test_numbers_are_grouped_as_each_language_does() -> None:
    assert words.grouped(18000, "en") == "18,000"
    assert words.grouped(18000, "fa") == "۱۸٬۰۰۰"
