"""Somebody who sends something, and two officers who decide; all invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.invented_case import build

from dadkhah.web.accounts.models import Account
from dadkhah.web.contributions import tickets

WORDS = (
    "My uncle was in Sepidkuh that winter. He told us of the night the lists were read.\n\n"
    "See https://example.org/vardeh for the drawing.\nHis cell was number 7."
)


@pytest.fixture
def case(transactional_db: None, tmp_path: Path, settings: Any) -> Path:
    """The invented case in a store of its own."""
    settings.CASE = tmp_path
    cache.clear()
    build(tmp_path)
    return tmp_path


@pytest.fixture
def sender(case: Path) -> Client:
    """Somebody who is not signed in, with every check that a browser meets."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def first(case: Path) -> Client:
    """An editor who decides first."""
    return _signed_in("first-editor")


@pytest.fixture
def second(case: Path) -> Client:
    """Another editor."""
    return _signed_in("second-editor")


@pytest.fixture
def send(sender: Client) -> Callable[..., Any]:
    """Fill in the form and send it with the right answer; give the answer of the server."""

    def filled(words: str = WORDS, **more: Any) -> Any:
        return sender.post("/contribute/", form_of(sender, words=words, **more))

    return filled


def form_of(client: Client, **said: Any) -> dict[str, Any]:
    """Open the form and give what a browser would send, the right answer included."""
    address = f"/contribute/?about={said.get('about', 'whole')}&lang={said.get('lang', 'en')}"
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    ticket = tickets.opened(hidden["ticket"])
    assert ticket is not None
    answers = {} if {"answer", "reply", "proof"} & set(said) else {"answer": ticket.digits}
    return {"kind": "memory", **hidden, **answers, **said}


def receipt_in(answer: Any) -> str:
    """Read the receipt code off the page that gives it."""
    found = re.search(r'<code id="receipt">([^<]+)</code>', answer.content.decode())
    assert found, answer.content.decode()[-3000:]
    return found.group(1)


def number_in(answer: Any) -> str:
    """Read the contribution's number off the page that gives the receipt."""
    return str(answer.context["sent"].contribution)


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_user(username=name, password=None, role="editor"))
    return client
