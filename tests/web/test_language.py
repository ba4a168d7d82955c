"""Both languages: the switch, direction, digits, calendar, and a catalogue without gaps."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

from django.test import Client

import dadkhah.web

WEB = Path(dadkhah.web.__file__).parent
CATALOGUE = WEB / "locale" / "fa" / "LC_MESSAGES"


def words_of(path: Path) -> dict[str, list[str]]:
    """Read a catalogue's source: each message and what stands for it."""
    found: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = re.findall(r'^(msg\w+)(?:\[\d\])? (".*")$', block, re.M)
        said = [ast.literal_eval(text) for key, text in lines if key == "msgstr"]
        plural = re.findall(r'^msgstr\[\d\] (".*")$', block, re.M)
        said = said or [ast.literal_eval(text) for text in plural]
        found[next(ast.literal_eval(text) for key, text in lines if key == "msgid")] = said
    return found


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = gettext.GNUTranslations(io.BytesIO((CATALOGUE / "django.mo").read_bytes()))
    for message, said in words_of(CATALOGUE / "django.po").items():
        if message == "order":
            assert compiled.pgettext("a command", message) == said[0]
        elif len(said) == 1:
            assert compiled.gettext(message) == said[0]
        else:
            assert compiled.ngettext(message, message, 1) == said[0]


def test_every_phrase_of_the_templates_has_persian_words() -> None:
    known = words_of(CATALOGUE / "django.po")
    assert all(all(said) for said in known.values())
    for path in (WEB / "templates").rglob("*.html"):
        for phrase in re.findall(r'{% translate "([^"]*)"', path.read_text(encoding="utf-8")):
            assert phrase in known, (path.name, phrase)


def test_the_language_switch_keeps_the_page(keeper: Client) -> None:
    way = "/people/?q=Mohammad"
    answer = keeper.post("/accounts/language/", {"language": "fa", "next": way})
    assert answer["Location"] == way
    page = keeper.get(way).content.decode()
    assert '<html lang="fa" dir="rtl">' in page


def test_persian_pages_count_in_persian_digits_and_solar_years(keeper: Client) -> None:
    keeper.cookies["django_language"] = "fa"
    page = keeper.get("/estimate/").content.decode()
    assert "۱٬۲۰۰" in page
    assert "دی ۱۴۰۹" in page
    years = [group.year for group in keeper.get("/claims/timeline/").context["years"]]
    assert years == [1409]


def test_the_chart_runs_from_the_right_in_persian(keeper: Client) -> None:
    def place(language: str) -> float:
        keeper.cookies["django_language"] = language
        found = keeper.get("/estimate/").context["found"]
        return float(found.figures[-1].bar.left)

    assert place("en") > 50 > place("fa")
