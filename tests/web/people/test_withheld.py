"""What an editor may not see stays out of the review and of the page of a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dadkhah import people
from dadkhah.records import Anchor, Claim, Mention, Passage, Source
from dadkhah.web.accounts.models import Account
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people import index
from dadkhah.web.people.actions import judge
from dadkhah.web.people.models import IndexedPerson, PairToReview, Run

pytestmark = pytest.mark.django_db
HIDDEN = "Verborgen Mann"


@pytest.fixture
def mixed(db: None, tmp_path: Path, settings: Any) -> None:
    """Three accounts on an open page, and one of a confidential letter."""
    settings.CASE = tmp_path
    open_page = Source(id="page", title="A page")
    letter = Source(id="letter", title="A letter", confidentiality="confidential")
    said = [("a", "page", "Ali Karimi"), ("b", "page", "Ali Kareemi"), ("c", "page", "Reza Nouri"),
            ("h", "letter", HIDDEN)]  # fmt: skip
    records: list[Any] = [open_page, letter]
    for pk, source, name in said:
        records += [
            Passage(id=f"p{pk}", source=source, anchor=Anchor(capture="a" * 64, quote=name)),
            Mention(id=pk, source=source, type="person", label=name, passage=f"p{pk}"),
            Claim(id=f"c{pk}", mention=pk, predicate="person.name", written=name, value=name,
                  passage=f"p{pk}"),
        ]  # fmt: skip
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    index.rebuild()


def _signed_in(role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_user(username=role, password=None, role=role))
    return client


def test_a_caution_about_a_withheld_account_gives_no_name(mixed: None) -> None:
    judge(by="account:9", left="a", right="h", decision="same", why="a letter")
    judge(by="account:9", left="c", right="h", decision="different", why="a letter")
    address = "/people/pairs/of/b/c/"
    judge(by="account:9", left="a", right="b", decision="same")
    told = {
        role: _signed_in(role).post(address, {"decision": "same"}) for role in ("editor", "keeper")
    }
    pages = {role: answer.content.decode() for role, answer in told.items()}
    assert all("judged different" in page for page in pages.values())
    assert HIDDEN in pages["keeper"]
    assert HIDDEN not in pages["editor"]
    assert "name withheld" in pages["editor"]


def test_the_page_of_a_person_tells_nothing_of_a_withheld_account(mixed: None) -> None:
    judge(by="account:9", left="a", right="h", decision="same", why="the letter says so")
    PairToReview.objects.create(left_id="b", right_id="h", probability=0.9, importance=1, run="")
    PairToReview.objects.create(left_id="a", right_id="b", probability=0.5, importance=1, run="")
    IndexedPerson.objects.update(chance=0.77)
    seen = {role: _signed_in(role).get("/people/a/") for role in ("editor", "keeper")}
    page = {role: answer.context["person"] for role, answer in seen.items()}
    assert [len(page[role].accounts) for role in page] == [1, 2]
    assert [len(page[role].judgements) for role in page] == [0, 1]
    assert [page[role].chance for role in page] == [None, 0.77]
    assert [len(page[role].pairs) for role in page] == [1, 2]
    assert HIDDEN not in seen["editor"].content.decode()


def test_the_queue_skips_a_pair_of_which_one_account_is_withheld(mixed: None) -> None:
    PairToReview.objects.create(left_id="b", right_id="h", probability=0.9, importance=9, run="")
    pair = PairToReview.objects.create(
        left_id="a", right_id="b", probability=0.5, importance=1, run=""
    )
    editor = _signed_in("editor")
    assert editor.get("/people/pairs/next/")["Location"] == f"/people/pairs/{pair.pk}/"
    assert HIDDEN not in editor.get("/people/pairs/").content.decode()
    assert editor.get("/people/pairs/of/b/h/").status_code == 404
    assert editor.get("/people/of/h/").status_code == 404


def test_only_what_stands_is_among_the_judgements_however_many_there_were(mixed: None) -> None:
    for n in range(110):
        judge(by="account:9", left="a", right="b", decision=("unsure", "different")[n % 2])
    judge(by="account:9", left="a", right="b", decision="same", why="the last word")
    runs = [
        Run(id=f"r{n}", type="linkage", at="t", by="x", log_size=0, log_root="", entry=9000 + n,
            position=0, salt=b"", commitment=b"")
        for n in (1, 2)
    ]  # fmt: skip
    Run.objects.bulk_create(runs)
    made = [
        people.judge("a", "b", "same", by="machine:x", at="t", run=f"r{n}", why=f"run {n}")
        for n in (1, 2)
    ]
    append(by="machine:x", changes=[Change(action="people.link", records=made)])
    shown = _signed_in("keeper").get("/people/a/").context["person"].judgements
    assert [row.why for row in shown] == ["the last word", "run 2"]
