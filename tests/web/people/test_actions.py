"""Judging: recorded, superseded, never edited; and the register that comes of it."""

from __future__ import annotations

import pytest

from dadkhah.errors import RecordError
from dadkhah.records import Anchor, Claim, Mention, Passage, Source, new_id
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.people import index
from dadkhah.web.people.actions import judge
from dadkhah.web.people.models import IndexedPerson, IndexedToken, Judgement, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentions() -> list[str]:
    """Three mentions of persons by one page, under three spellings."""
    page = Source(id=new_id(), title="A page")
    made: list[object] = [page]
    ids = []
    for name in ("Mohammad Sahrai", "Muhammad Sahrayi", "محمد صحرایی"):
        words = Anchor(capture="a" * 64, quote=name)
        passage = Passage(id=new_id(), source=page.id, anchor=words)
        mention = Mention(
            id=new_id(), source=page.id, type="person", label=name, passage=passage.id
        )
        claim = Claim(
            id=new_id(), mention=mention.id, predicate="person.name", written=name,
            value=name, passage=passage.id,
        )  # fmt: skip
        made += [passage, mention, claim]
        ids.append(mention.id)
    append(by="account:1", changes=[Change(action="sources.add", records=made)])
    index.rebuild()
    return ids


def test_every_mention_begins_as_a_person_of_its_own(mentions: list[str]) -> None:
    assert IndexedPerson.objects.count() == 3
    assert Membership.objects.count() == 3


def test_the_three_spellings_share_a_search_token(mentions: list[str]) -> None:
    tokens = [
        set(IndexedToken.objects.filter(person=pk).values_list("token", flat=True))
        for pk in mentions
    ]
    assert set.intersection(*tokens)


def test_same_joins_and_different_takes_apart_again(mentions: list[str]) -> None:
    judge(by="account:1", left=mentions[0], right=mentions[1], decision="same", why="one entry")
    index.rebuild()
    assert IndexedPerson.objects.count() == 2
    judge(by="account:1", left=mentions[1], right=mentions[0], decision="different")
    index.rebuild()
    assert IndexedPerson.objects.count() == 3
    first, second = Judgement.objects.order_by("entry")
    assert second.supersedes == first.pk
    assert first.decision == "same"


def test_two_people_who_differ_leave_the_pair_apart(mentions: list[str]) -> None:
    judge(by="account:1", left=mentions[0], right=mentions[1], decision="same")
    judge(by="account:2", left=mentions[0], right=mentions[1], decision="different")
    index.rebuild()
    assert Judgement.objects.count() == 2
    assert IndexedPerson.objects.count() == 3


@pytest.mark.parametrize("decision", ["", "maybe"])
def test_a_judgement_is_one_of_three_words(mentions: list[str], decision: str) -> None:
    with pytest.raises(RecordError):
        judge(by="account:1", left=mentions[0], right=mentions[1], decision=decision)


def test_a_mention_is_not_judged_against_itself_or_a_stranger(mentions: list[str]) -> None:
    for other in (mentions[0], "0" * 20):
        with pytest.raises(RecordError):
            judge(by="account:1", left=mentions[0], right=other, decision="same")
    assert Judgement.objects.count() == 0
