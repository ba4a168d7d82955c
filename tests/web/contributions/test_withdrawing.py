"""Taking something back: erased everywhere here, a tombstone in its place, every proof whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from tests.web.contributions.conftest import number_in, receipt_in
from tests.web.contributions.test_attachments import photograph
from tests.web.contributions.test_deciding import publish

from dadkhah.web.claims.models import Claim
from dadkhah.web.contributions.models import Contribution, Fingerprint
from dadkhah.web.custody import queries as custody
from dadkhah.web.custody.models import LogEntry, Tombstone
from dadkhah.web.people.models import IndexedPerson, Membership

CANARY = "memorycanary"
WORDS = f"A {CANARY} of the winter, long enough to be known again when it comes a second time here."


def take_back(sender: Client, code: str) -> Any:
    form = {
        "code": code,
        "sure": "yes",
        "csrfmiddlewaretoken": sender.cookies[settings.CSRF_COOKIE_NAME].value,
    }
    return sender.post("/contribute/receipt/withdraw/", form)


def test_the_words_go_from_store_files_and_pages_and_a_tombstone_stays(
    send: Callable[..., Any], first: Client, second: Client, sender: Client, case: Path
) -> None:
    person = IndexedPerson.objects.get(label="Mohammad Rahgosha").pk
    answer = send(words=WORDS, about=f"person:{person}", files=[photograph()])
    number, code = number_in(answer), receipt_in(answer)
    publish(first, second, number, f"person:{person}")
    assert CANARY in sender.get(f"/contribute/{number}/").content.decode()

    assert "It is withdrawn" in take_back(sender, code).content.decode()

    page = sender.get(f"/contribute/{number}/").content.decode()
    assert "The one who sent this has taken it back" in page
    assert CANARY not in page
    assert not Claim.objects.filter(predicate="person.contribution").exists()
    assert not Fingerprint.objects.exists()
    assert Tombstone.objects.filter(kind="capture").count() == 4
    assert IndexedPerson.objects.filter(pk=person).exists()
    assert Membership.objects.filter(person=person).count() == 2
    for path in case.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path
    assert CANARY not in dump()
    assert all(
        check.good
        for index in range(LogEntry.objects.count())
        for check in custody.proof(index).checks
    )


def test_it_can_be_taken_back_before_anybody_read_it_and_only_once(
    send: Callable[..., Any], sender: Client
) -> None:
    answer = send(words=WORDS)
    take_back(sender, receipt_in(answer))
    row = Contribution.objects.get(pk=number_in(answer))
    assert (row.state, row.exchange, row.files) == ("withdrawn", [], [])
    size = LogEntry.objects.count()
    take_back(sender, receipt_in(answer))
    assert LogEntry.objects.count() == size


def test_without_a_word_of_consent_nothing_is_taken_back(
    send: Callable[..., Any], sender: Client
) -> None:
    answer = send(words=WORDS)
    form = {
        "code": receipt_in(answer),
        "csrfmiddlewaretoken": sender.cookies[settings.CSRF_COOKIE_NAME].value,
    }
    sender.post("/contribute/receipt/withdraw/", form)
    assert Contribution.objects.get(pk=number_in(answer)).state == "received"


def test_a_file_that_somebody_else_sent_too_stays(send: Callable[..., Any], sender: Client) -> None:
    one = send(words="The first to send this picture.", files=[photograph()])
    other = send(words="The second to send this picture.", files=[photograph()])
    take_back(sender, receipt_in(one))
    digest = Contribution.objects.get(pk=number_in(other)).files[0]
    assert not Tombstone.objects.filter(record_id=digest).exists()


def dump() -> str:
    """Everything that the store holds, as text."""
    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    return "\n".join(connection.connection.iterdump())
