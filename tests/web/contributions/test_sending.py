"""Sending something, and coming back for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from tests.web.contributions.conftest import WORDS, form_of, number_in, receipt_in

from dadkhah import archive
from dadkhah.web.contributions.models import Contribution
from dadkhah.web.custody.models import LogEntry
from dadkhah.web.sources.models import Capture, Source


def test_what_is_sent_enters_custody_unverified_and_unpublished(
    send: Callable[..., Any], case: Path
) -> None:
    row = Contribution.objects.get(pk=number_in(send()))
    assert (row.state, row.about, row.claim) == ("received", "whole", "")
    source = Source.objects.get(pk=row.source_id)
    assert (source.type, source.confidentiality) == ("contribution", "confidential")
    letter = Capture.objects.get(source=source)
    kept = archive.capture_path(case, letter.pk).read_bytes().decode()
    assert kept.endswith(WORDS)
    entry = LogEntry.objects.get(index=row.entry)
    assert (entry.action, entry.records) == ("contributions.receive", 3)


def test_a_wrong_answer_loses_nothing_that_was_typed(sender: Client) -> None:
    answer = sender.post("/contribute/", form_of(sender, words=WORDS, answer="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The answer was not right" in page
    assert "He told us of the night the lists were read." in page
    assert Contribution.objects.count() == 0


def test_persian_digits_and_spaces_answer_the_picture_too(sender: Client) -> None:
    form = form_of(sender, words=WORDS, lang="fa")
    spaced = " ".join(form["answer"].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
    answer = sender.post("/contribute/", {**form, "answer": spaced})
    assert receipt_in(answer)
    assert '<html lang="fa" dir="rtl">' in answer.content.decode()


def test_the_same_form_sent_twice_is_kept_once_and_gives_the_same_receipt(sender: Client) -> None:
    form = form_of(sender, words=WORDS)
    first, again = (sender.post("/contribute/", form) for _ in range(2))
    assert receipt_in(first) == receipt_in(again)
    assert Contribution.objects.count() == 1


def test_the_receipt_is_kept_only_as_a_digest_and_opens_the_contribution(
    send: Callable[..., Any], sender: Client
) -> None:
    code = receipt_in(send())
    assert code not in str(list(Contribution.objects.values()))
    typed = code.lower().replace("-", " ")
    form = {"code": typed, "csrfmiddlewaretoken": sender.cookies[settings.CSRF_COOKIE_NAME].value}
    page = sender.post("/contribute/receipt/", form).content.decode()
    assert "arrived, waits to be read" in page
    assert "His cell was number 7." in page
