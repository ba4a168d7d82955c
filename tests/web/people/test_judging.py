"""The review screen: one queue, leases, cautions, undo, taking apart, blind answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.errors import CaseError, LinkageError
from dadkhah.web.accounts.models import Account
from dadkhah.web.claims.models import Mention
from dadkhah.web.people import policy, queue
from dadkhah.web.people.actions import explode, judge, judge_many, link, undo
from dadkhah.web.people.models import (
    IndexedPerson,
    Judgement,
    LinkageDoubt,
    Membership,
    PairToReview,
    Run,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(simulated: Simulated, tmp_path: Path, settings: Any) -> Simulated:
    settings.CASE = tmp_path
    link(by="account:1", settings=people.LinkageSettings())
    return simulated


def reviewer(name: str) -> tuple[Client, Account]:
    account = Account.objects.create_user(username=name, password=None, role="editor")
    client = Client()
    client.force_login(account)
    return client, account


def open_next(client: Client) -> int:
    answer = client.get("/people/pairs/next/")
    assert answer.status_code == 302, answer
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


def ask_two(folder: Path) -> None:
    (folder / "case.toml").write_text("[review]\nreviewers = 2\n")


def test_two_reviewers_never_get_the_same_pair(linked: Simulated) -> None:
    one, two = reviewer("one")[0], reviewer("two")[0]
    first, second = open_next(one), open_next(two)
    assert first != second
    assert b"Another reviewer has this pair open" in two.get(f"/people/pairs/{first}/").content


def test_a_lease_runs_out(linked: Simulated) -> None:
    one, two = reviewer("one")[0], reviewer("two")[0]
    first = open_next(one)
    PairToReview.objects.filter(pk=first).update(leased_until=1)
    assert open_next(two) == first


def test_the_pair_that_matters_most_comes_first_and_a_skipped_one_later(linked: Simulated) -> None:
    client = reviewer("one")[0]
    order = list(PairToReview.objects.order_by("-importance", "pk").values_list("pk", flat=True))
    assert open_next(client) == order[0]
    client.post(f"/people/pairs/{order[0]}/", {"skip": "1"})
    assert open_next(client) == order[1]


def test_an_answer_is_kept_without_words_with_what_was_seen_and_leads_on(
    linked: Simulated,
) -> None:
    client, account = reviewer("one")
    pk = open_next(client)
    answer = client.post(f"/people/pairs/{pk}/", {"decision": "unsure"})
    assert answer["Location"] == "/people/pairs/next/"
    kept = Judgement.objects.get(by=account.author)
    assert kept.why
    assert not PairToReview.objects.filter(pk=pk).exists()


def test_the_page_explains_shows_passages_and_speaks_persian(linked: Simulated) -> None:
    client = reviewer("one")[0]
    page = client.get(f"/people/pairs/{open_next(client)}/").content.decode()
    assert "<kbd>S</kbd>" in page
    assert "judging.js" in page
    assert "<blockquote>" in page
    client.post("/accounts/language/", {"language": "fa", "next": "/"})
    persian = client.get(f"/people/pairs/{open_next(client)}/").content.decode()
    assert 'dir="rtl"' in persian
    assert "فعلاً رد شو" in persian


def test_a_contradiction_is_said_before_it_is_saved_and_may_be_meant(linked: Simulated) -> None:
    row = PairToReview.objects.order_by("-importance").first()
    judge(by="account:99", left=row.left_id, right=row.right_id, decision="different")
    queue.put_back(row.left_id, row.right_id, by="account:99", reviewers=1)
    row = PairToReview.objects.get(left=row.left_id, right=row.right_id)
    client, account = reviewer("one")
    address = f"/people/pairs/{row.pk}/"
    warned = client.post(address, {"decision": "same"})
    assert b"Another reviewer decided otherwise" in warned.content
    assert not Judgement.objects.filter(by=account.author).exists()
    client.post(address, {"decision": "same", "despite": "same:judged-otherwise"})
    assert Judgement.objects.filter(by=account.author, decision="same").exists()


def test_joining_what_was_judged_different_is_warned_of(linked: Simulated) -> None:
    person = IndexedPerson.objects.filter(mentions__gte=2).first()
    inside = list(Membership.objects.filter(person=person).values_list("mention_id", flat=True))
    other = Membership.objects.exclude(person=person).first().mention_id
    judge(by="account:99", left=inside[0], right=other, decision="different")
    pair = PairToReview.objects.create(
        left_id=inside[1], right_id=other, probability=0.5, importance=9e9, run=""
    )
    page = reviewer("one")[0].post(f"/people/pairs/{pair.pk}/", {"decision": "same"})
    assert b"judged different" in page.content
    assert not Judgement.objects.filter(decision="same", run="").exists()


def test_the_register_follows_a_judgement_at_once_and_undo_brings_it_back(
    linked: Simulated,
) -> None:
    one, two = list(IndexedPerson.objects.filter(mentions=1, unidentified=False)[:2])
    before = set(IndexedPerson.objects.values_list("pk", flat=True))
    made = judge(by="account:1", left=one.pk, right=two.pk, decision="same", why="one entry")
    assert IndexedPerson.objects.count() == len(before) - 1
    withdrawn = undo(by="account:1", judgement=made.id)
    assert set(IndexedPerson.objects.values_list("pk", flat=True)) == before
    undo(by="account:1", judgement=withdrawn.id)
    assert IndexedPerson.objects.count() == len(before) - 1


def test_undo_on_the_page_is_for_ones_own(linked: Simulated) -> None:
    client, account = reviewer("one")
    row = PairToReview.objects.first()
    made = judge(by=account.author, left=row.left_id, right=row.right_id, decision="unsure")
    other = judge(by="account:99", left=row.left_id, right=row.right_id, decision="unsure")
    assert b"Undo" in client.get("/people/pairs/mine/").content
    assert client.post(f"/people/judgements/{made.id}/undo/").status_code == 302
    assert Judgement.objects.filter(supersedes=made.id, decision="withdrawn").exists()
    assert client.post(f"/people/judgements/{other.id}/undo/").status_code == 403


def test_a_person_is_taken_apart_and_put_together_again(linked: Simulated) -> None:
    person = IndexedPerson.objects.filter(mentions__gte=3).first()
    members = set(Membership.objects.filter(person=person).values_list("mention_id", flat=True))
    assert explode(by="account:1", person=person.pk, why="two brothers") >= 2
    assert Membership.objects.filter(mention__in=members).values(
        "person"
    ).distinct().count() == len(members)
    for made in Judgement.objects.filter(why="two brothers"):
        undo(by="account:1", judgement=made.pk)
    again = Membership.objects.filter(mention__in=members).values_list("person", flat=True)
    assert set(again) == {person.pk}


def test_the_index_after_judgements_is_what_a_rebuild_gives(linked: Simulated) -> None:
    from dadkhah.web.people import index

    rows = list(PairToReview.objects.order_by("pk")[:12])
    for row, decision in zip(rows, ["same", "different", "unsure"] * 4, strict=True):
        judge(by="account:1", left=row.left_id, right=row.right_id, decision=decision)
    person = IndexedPerson.objects.filter(mentions__gte=3).first()
    explode(by="account:1", person=person.pk, why="to see")
    homes = dict(Membership.objects.values_list("mention_id", "person_id"))
    index.rebuild()
    assert dict(Membership.objects.values_list("mention_id", "person_id")) == homes


def test_where_two_must_judge_the_second_does_not_see_the_first(
    linked: Simulated, tmp_path: Path
) -> None:
    ask_two(tmp_path)
    (one, first), (two, second) = reviewer("one"), reviewer("two")
    pk = open_next(one)
    one.post(f"/people/pairs/{pk}/", {"decision": "same", "why": "secretreason"})
    assert PairToReview.objects.filter(pk=pk).exists()
    assert open_next(one) != pk
    assert open_next(two) == pk
    page = two.get(f"/people/pairs/{pk}/").content
    assert b"secretreason" not in page
    assert two.post(f"/people/pairs/{pk}/", {"decision": "different"}).status_code == 302
    assert not PairToReview.objects.filter(pk=pk).exists()
    assert {j.by for j in Judgement.objects.filter(run="")} == {first.author, second.author}
    assert b"judged by two people" in two.get("/people/pairs/").content


def test_what_is_judged_while_a_linkage_runs_stands_and_is_not_asked_again(
    linked: Simulated,
) -> None:
    one, two = PairToReview.objects.order_by("-importance")[:2]
    said: list[Judgement] = []

    def review(_step: str, _done: float) -> None:
        if not said:
            ends = ((one.left_id, one.right_id), (two.left_id, two.right_id))
            made = [judge(by="account:7", left=a, right=b, decision="same") for a, b in ends]
            undo(by="account:7", judgement=made[1].id)
            said.extend(Judgement.objects.filter(by="account:7"))

    link(by="account:1", settings=people.LinkageSettings(), progress=review)
    assert len(said) == 3
    ends = (one.left_id, one.right_id)
    held = Membership.objects.filter(mention__in=ends)
    assert held.values("person").distinct().count() == 1
    assert not PairToReview.objects.filter(left__in=ends, right__in=ends).exists()
    assert PairToReview.objects.filter(left=two.left_id, right=two.right_id).exists()


def test_a_linkage_of_what_was_erased_meanwhile_changes_nothing(linked: Simulated) -> None:
    runs = Run.objects.count()
    alone = IndexedPerson.objects.filter(mentions=1, unidentified=False).first()
    groups = LinkageDoubt.objects.get().run

    def erase(_step: str, _done: float) -> None:
        Mention.objects.filter(pk=alone.pk).update(type="group")

    with pytest.raises(LinkageError) as error:
        link(by="account:1", settings=people.LinkageSettings(), progress=erase)
    assert error.value.code == "linkage-outdated"
    assert Run.objects.count() == runs
    assert LinkageDoubt.objects.get().run == groups


def test_the_register_and_the_page_of_a_person_keep_the_first_answer_to_themselves(
    linked: Simulated, tmp_path: Path
) -> None:
    ask_two(tmp_path)
    (one, _), (two, _) = reviewer("one"), reviewer("two")
    pk = open_next(one)
    row = PairToReview.objects.get(pk=pk)
    ends = (row.left_id, row.right_id)
    homes = dict(Membership.objects.filter(mention__in=ends).values_list("mention", "person"))
    one.post(f"/people/pairs/{pk}/", {"decision": "same", "why": "secretreason"})
    held = Membership.objects.filter(mention__in=ends)
    assert dict(held.values_list("mention", "person")) == homes
    page = f"/people/{homes[ends[0]]}/"
    assert b"secretreason" in one.get(page).content
    assert b"secretreason" not in two.get(page).content
    link(by="account:1", settings=people.LinkageSettings())
    assert open_next(two) == PairToReview.objects.get(left=ends[0], right=ends[1]).pk
    two.post(f"/people/pairs/{open_next(two)}/", {"decision": "same", "why": "I too"})
    assert len(set(held.values_list("person", flat=True))) == 1
    home = held.values_list("person", flat=True)[0]
    assert b"secretreason" in two.get(f"/people/{home}/").content


def test_a_policy_that_makes_no_sense_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.CASE = tmp_path
    assert policy.reviewers() == 1
    (tmp_path / "case.toml").write_text("[review]\nreviewers = 9\n")
    with pytest.raises(CaseError) as error:
        policy.reviewers()
    assert error.value.code == "case-review"


def test_a_reader_takes_no_pair(linked: Simulated) -> None:
    client = Client()
    client.force_login(Account.objects.create_user(username="r", password=None, role="reader"))
    assert client.get("/people/pairs/next/").status_code == 403
    assert client.post("/people/judgements/x/undo/").status_code == 403


def test_many_decisions_are_one_entry_and_leave_the_queue(linked: Simulated) -> None:
    waiting = list(PairToReview.objects.all()[:3])
    decided = [(pair.right_id, pair.left_id, "different") for pair in waiting]
    assert judge_many(by="account:9", decided=decided, why="read") == len(decided)
    made = Judgement.objects.filter(by="account:9")
    assert {row.entry for row in made} == {made[0].entry}
    assert made.count() == len(decided)
    assert not PairToReview.objects.filter(pk__in=[pair.pk for pair in waiting]).exists()


def test_where_all_answers_are_one_the_page_says_why_there_is_no_kappa(
    linked: Simulated, tmp_path: Path
) -> None:
    ask_two(tmp_path)
    (one, _), (two, _) = reviewer("one"), reviewer("two")
    pk = open_next(one)
    for client in (one, two):
        client.post(f"/people/pairs/{pk}/", {"decision": "same"})
    assert b"kappa is not defined" in one.get("/people/pairs/").content
