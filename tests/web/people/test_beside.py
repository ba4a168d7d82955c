"""Any two accounts can be judged, and no answer is lost because another came first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.people.conftest import Simulated

from dadkhah.web.accounts.models import Account
from dadkhah.web.people import index, queue
from dadkhah.web.people.actions import judge, undo
from dadkhah.web.people.models import IndexedPerson, Judgement, Membership, PairToReview

pytestmark = pytest.mark.django_db


@pytest.fixture
def ends(simulated: Simulated, tmp_path: Path, settings: Any) -> tuple[str, str]:
    """Give two people of one account each, in a register that nobody linked."""
    settings.CASE = tmp_path
    index.rebuild()
    one, two = IndexedPerson.objects.filter(unidentified=False).order_by("pk")[:2]
    return one.pk, two.pk


def client_of(role: str) -> tuple[Client, str]:
    account = Account.objects.create_user(username=f"a-{role}", password=None, role=role)
    client = Client()
    client.force_login(account)
    return client, account.author


def together(ends: tuple[str, str]) -> bool:
    """Say whether the register holds two accounts for one person."""
    return Membership.objects.filter(mention__in=ends).values("person").distinct().count() == 1


def test_two_accounts_that_no_linkage_paired_are_judged_and_the_register_follows(
    ends: tuple[str, str],
) -> None:
    client, author = client_of("editor")
    address = f"/people/pairs/of/{ends[0]}/{ends[1]}/"
    assert b"<kbd>S</kbd>" in client.get(address).content
    answer = client.post(address, {"decision": "same", "why": "one family says so"})
    assert answer["Location"] == f"/people/of/{ends[0]}/"
    assert Judgement.objects.get(by=author).why == "one family says so"
    assert together(ends)


def test_an_answer_counts_when_another_reviewer_answered_the_pair_meanwhile(
    ends: tuple[str, str],
) -> None:
    pair = PairToReview.objects.create(
        left_id=ends[0], right_id=ends[1], probability=0.5, importance=1, run=""
    )
    client, author = client_of("editor")
    page = client.get(f"/people/pairs/{pair.pk}/").content.decode()
    address = f"/people/pairs/of/{ends[0]}/{ends[1]}/"
    assert f'action="{address}"' in page
    judge(by="account:99", left=ends[0], right=ends[1], decision="different")
    assert not PairToReview.objects.exists()
    warned = client.post(address, {"decision": "same"})
    assert b"Another reviewer decided otherwise" in warned.content
    client.post(address, {"decision": "same", "despite": "same:judged-otherwise"})
    assert set(Judgement.objects.values_list("by", "decision")) == {
        ("account:99", "different"),
        (author, "same"),
    }


def test_whom_to_compare_with_is_found_by_name(ends: tuple[str, str]) -> None:
    client = client_of("editor")[0]
    other = IndexedPerson.objects.get(pk=ends[1])
    address = f"/people/{ends[0]}/beside/"
    assert f'href="{address}"' in client.get(f"/people/{ends[0]}/").content.decode()
    page = client.get(address, {"q": other.label}).content.decode()
    assert f"/people/pairs/of/{ends[0]}/{ends[1]}/" in page
    assert f"/people/pairs/of/{ends[0]}/{ends[0]}/" not in page


def test_strangers_themselves_and_whoever_may_not_sign_in_have_no_page(
    ends: tuple[str, str],
) -> None:
    client = client_of("editor")[0]
    assert client.get(f"/people/pairs/of/{ends[0]}/{ends[0]}/").status_code == 404
    assert client.get(f"/people/pairs/of/{ends[0]}/nobody/").status_code == 404
    assert client.get("/people/nobody/beside/").status_code == 404
    assert Client().get(f"/people/pairs/of/{ends[0]}/{ends[1]}/").status_code == 302


def test_where_two_must_judge_a_pair_that_nobody_was_asked_about_waits_for_the_second(
    ends: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "case.toml").write_text("[review]\nreviewers = 2\n")
    made = judge(by="account:1", left=ends[0], right=ends[1], decision="same")
    assert PairToReview.objects.get().answered == "|account:1|"
    assert not together(ends)
    judge(by="account:2", left=ends[0], right=ends[1], decision="same")
    assert not PairToReview.objects.exists()
    assert together(ends)
    undo(by="account:1", judgement=made.id)
    assert PairToReview.objects.get().answered == "|account:2|"
    judge(by="account:1", left=ends[0], right=ends[1], decision="same")
    assert not PairToReview.objects.exists()


def test_an_answer_to_a_pair_that_waits_for_nobody_puts_nothing_into_the_queue(
    ends: tuple[str, str],
) -> None:
    queue.answer(ends[0], ends[1], by="account:1", reviewers=1)
    assert not PairToReview.objects.exists()
