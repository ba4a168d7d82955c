"""Both languages on every page of contributions, and a catalogue without gaps."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

from django.test import Client
from tests.web.test_language import words_of

import dadkhah.web
from dadkhah.web.contributions import questions, reasons, tickets

WEB = Path(dadkhah.web.__file__).parent
HERE = WEB / "contributions"
CATALOGUE = HERE / "locale" / "fa" / "LC_MESSAGES"


def known() -> dict[str, list[str]]:
    """Every message that has Persian words, here or in the reading room's own catalogue."""
    main = WEB / "locale" / "fa" / "LC_MESSAGES" / "django.po"
    return words_of(main) | words_of(CATALOGUE / "django.po")


def test_every_phrase_of_the_templates_has_persian_words() -> None:
    messages = known()
    assert all(all(said) for said in messages.values())
    for path in HERE.rglob("*.html"):
        for phrase in re.findall(r'{% translate "([^"]*)"', path.read_text(encoding="utf-8")):
            assert phrase in messages, (path.name, phrase)


def test_every_phrase_of_the_code_has_persian_words() -> None:
    messages = known()
    for path in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                said = ast.literal_eval(node.args[0])
                assert said in messages, (path.name, said)


def test_every_refusal_at_the_desk_has_persian_words() -> None:
    messages = known()
    for name in ("deciding.py", "pictures.py", "states.py"):
        for node in ast.walk(ast.parse((HERE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
                texts = [node.args[1], *(k.value for k in node.keywords if k.arg == "todo")]
                assert all(ast.literal_eval(text) in messages for text in texts), ast.dump(node)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = gettext.GNUTranslations(io.BytesIO((CATALOGUE / "django.mo").read_bytes()))
    for message, said in words_of(CATALOGUE / "django.po").items():
        if message == "A comment":
            assert compiled.pgettext("something said about the whole", message) == said[0]
        elif len(said) == 1:
            assert compiled.gettext(message) == said[0]


def test_every_reason_and_question_is_there_in_both_languages(db: None) -> None:
    assert all(said["en"] and said["fa"] for said in reasons.said().values())
    ticket = tickets.issue()
    for language in ("en", "fa"):
        asked = questions.ask(ticket, language)
        assert asked.answer == questions.ask(ticket, "en").answer
        assert "{" not in asked.written


def test_the_address_chooses_the_language_without_a_cookie(sender: Client) -> None:
    assert '<html lang="fa" dir="rtl">' in sender.get("/contribute/?lang=fa").content.decode()
    assert '<html lang="en" dir="ltr">' in sender.get("/contribute/?lang=en").content.decode()
    assert "django_language" not in sender.cookies
