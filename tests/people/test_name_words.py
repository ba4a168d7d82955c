"""The words of a name that blocking and rarity rest on."""

from __future__ import annotations

from dadkhah.people.name_words import all_words, core_words, given_name, last_word


def test_titles_do_not_name_a_person_but_are_words() -> None:
    assert core_words("Seyyed Ali Karimi") == core_words("Ali Karimi")
    assert len(all_words("Seyyed Ali Karimi")) == 3


def test_two_scripts_have_one_skeleton() -> None:
    assert core_words("Behrouz Karimi") == core_words("بهروز کریمی")


def test_a_family_name_written_first_is_still_the_last_word() -> None:
    assert given_name("Karimi, Ali") == "Ali"
    assert last_word("Karimi, Ali") == "Karimi"


def test_an_empty_name_has_no_words() -> None:
    assert (core_words(""), given_name(""), last_word("")) == ((), "", "")
