"""The page of a person of many accounts: short at first, and nothing said differently is hidden."""

from __future__ import annotations

import pytest
from django.test import Client

from dadkhah.records import Anchor, Claim, Mention, Passage, Source
from dadkhah.web.accounts.models import Account
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people.actions import judge_many, rebuild_index

pytestmark = pytest.mark.django_db
ACCOUNTS = 60


@pytest.fixture
def person(db: None) -> str:
    """Give a person of sixty accounts; the last denies a name, the one before spells it anew."""
    records: list[object] = [Source(id="page", title="A page")]
    for n in range(ACCOUNTS):
        written = "Ali Kareemi" if n == ACCOUNTS - 2 else "Ali Karimi"
        records += [
            Passage(id=f"p{n}", source="page", anchor=Anchor(capture="a" * 64, quote=written)),
            Mention(id=f"m{n}", source="page", type="person", label=written, passage=f"p{n}"),
            Claim(
                id=f"c{n}", mention=f"m{n}", predicate="person.name", written=written,
                value=written, passage=f"p{n}",
                stance="denies" if n == ACCOUNTS - 1 else "asserts",
            ),
        ]  # fmt: skip
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    ends = [(f"m{n}", f"m{n + 1}", "same") for n in range(ACCOUNTS - 1)]
    judge_many(by="account:1", decided=ends, why="one case")
    rebuild_index()
    return "m0"


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(Account.objects.create_user(username="one", password=None, role="editor"))
    return client


def test_a_long_page_is_short_at_first_and_whole_on_demand(person: str, editor: Client) -> None:
    short, whole = (editor.get(f"/people/{person}/{more}") for more in ("", "?all=1"))
    claims = [answer.context["person"].values["person.name"] for answer in (short, whole)]
    assert [len(each) for each in claims] == [42, ACCOUNTS]
    left_out = (ACCOUNTS - 42) + (ACCOUNTS - 40) + (ACCOUNTS - 1 - 40)
    assert f"{left_out} further lines are left out" in short.content.decode()
    assert "60 accounts are held to speak of one person" in short.content.decode()
    assert "left out here" not in whole.content.decode()


def test_what_is_said_in_another_way_stands_on_the_short_page(person: str, editor: Client) -> None:
    shown = editor.get(f"/people/{person}/").context["person"]
    assert {"c58", "c59"} <= {claim.id for claim in shown.values["person.name"]}
    assert {"Ali Karimi", "Ali Kareemi"} <= set(shown.spellings)


def test_an_address_of_before_leads_to_the_person_who_has_the_account_now(
    person: str, editor: Client
) -> None:
    answer = editor.get("/people/m7/")
    assert answer["Location"] == f"/people/{person}/"
    assert editor.get("/people/nobody/").status_code == 404
    assert Client().get("/people/m7/").status_code == 404
