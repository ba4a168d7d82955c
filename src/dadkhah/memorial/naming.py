"""What a person is called on a page: never a spelling that no source gives, unless marked so."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from dadkhah.memorial import words
from dadkhah.memorial.book import Book
from dadkhah.memorial.saying import Text, text_of
from dadkhah.memorial.slips import Slip
from dadkhah.names import romanise, sort_key
from dadkhah.records import Person
from dadkhah.text import fold_letters, script

__all__ = ["Called", "call", "called", "first_letter", "order_key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A person as a page calls them.

    Args:
        name: the spelling that most entries give, in the page's script where any source has one.
        other: the same in the other script, where a source gives one.
        aid: on an English page, a letter-for-letter romanisation where no source gives Latin.
        named: whether there is a name at all.
    """

    name: Text
    other: Text | None
    aid: str
    named: bool


def call(book: Book, person: Person, language: str) -> Called:
    """Say what a person is called in one language."""
    return called(book.slips[person.id], language)


def called(slip: Slip, language: str) -> Called:
    """Say what is called who has this slip; asked many times for each, so kept."""
    return _called(slip.spellings, slip.nameless, language)


@functools.lru_cache(maxsize=1 << 18)
def _called(spellings: tuple[str, ...], nameless: bool, language: str) -> Called:
    w = words.of(language)
    if nameless:
        return _nobody(w["unnamed_person"])
    if not spellings:
        return _nobody(w["withheld_name"])
    persian = [name for name in spellings if script(name) in {"Arabic", "mixed"}]
    latin = [name for name in spellings if script(name) not in {"Arabic", "mixed"}]
    first, second = (persian, latin) if language == "fa" else (latin, persian)
    chosen = (first or second)[0]
    return Called(
        name=text_of(chosen, language),
        other=text_of(second[0], language) if first and second else None,
        aid=romanise(chosen) if language == "en" and not latin else "",
        named=True,
    )


def _nobody(text: str) -> Called:
    return Called(name=Text(text=text, direction=""), other=None, aid="", named=False)


def order_key(called: Called, language: str) -> tuple[bool, bool, str]:
    """Give the key of alphabetical order: the page's script first, those without a name last."""
    return not called.named, not _is_own(called, language), sort_key(_from_letter(called))


def first_letter(called: Called) -> str:
    """Give the letter that a name stands under, one for every way it can be typed."""
    return fold_letters(_from_letter(called)[:1]).upper()


def _from_letter(called: Called) -> str:
    """Give a name from its first letter on: marks before it do not count in the alphabet."""
    text = called.name.text
    start = next((place for place, letter in enumerate(text) if letter.isalpha()), 0)
    return text[start:]


def _is_own(called: Called, language: str) -> bool:
    return (script(called.name.text) in {"Arabic", "mixed"}) == (language == "fa")
