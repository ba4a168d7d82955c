"""The invented case, and three readers of it: the public, an editor, a keeper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.invented_case import build

from dadkhah.custody.keys import make_key
from dadkhah.custody.signers import verifier_text
from dadkhah.web import tally
from dadkhah.web.accounts.models import Account
from dadkhah.web.case import CaseFile, write


@pytest.fixture(autouse=True)
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what comes in a folder that goes with the test."""
    monkeypatch.setattr(tally, "IN_MEMORY", tmp_path)


@pytest.fixture
def case(db: None, tmp_path: Path, settings: Any) -> Path:
    """The invented case in a store of its own."""
    settings.CASE = tmp_path
    key = make_key("dadkhah.invalid/invented")
    said = CaseFile(id="invented", origin=key.name, verifier=verifier_text(key.verifier))
    write(tmp_path, said)
    cache.clear()
    build(tmp_path)
    return tmp_path


@pytest.fixture
def public(case: Path) -> Client:
    """Somebody who is not signed in."""
    return Client()


@pytest.fixture
def editor(case: Path) -> Client:
    """An editor, who may not see what is confidential."""
    return _signed_in("editor")


@pytest.fixture
def keeper(case: Path) -> Client:
    """A keeper, who may see everything."""
    return _signed_in("keeper")


def _signed_in(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_user(username=role, password=None, role=role))
    return client
