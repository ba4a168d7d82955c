"""Doubt kept after a linkage: persons' chances, the documented interval, overlap draws."""

from __future__ import annotations

import pytest
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.web.people import doubts, index
from dadkhah.web.people.actions import LinkageDone, judge, link
from dadkhah.web.people.models import Clash, IndexedPerson, Membership, PairToReview, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(simulated: Simulated) -> LinkageDone:
    return link(by="account:1", settings=people.LinkageSettings())


def test_before_a_linkage_there_is_no_doubt(simulated: Simulated) -> None:
    index.rebuild()
    assert doubts.latest() is None
    assert doubts.overlap_draws({"book": "book"}) is None
    assert not IndexedPerson.objects.filter(chance__isnull=False).exists()


def test_a_run_records_how_many_people_the_lists_name(
    linked: LinkageDone, simulated: Simulated
) -> None:
    low, middle, high = linked.documented
    assert low <= middle <= high < len(simulated.truth)
    kept = Run.objects.get(pk=linked.run).result["documented"]
    assert (kept["low"], kept["high"]) == (low, high)


def test_every_person_of_several_mentions_has_a_chance(linked: LinkageDone) -> None:
    several = IndexedPerson.objects.filter(mentions__gt=1)
    assert several.count() > 20
    assert all(0.5 < person.chance <= 1 for person in several)
    assert not IndexedPerson.objects.filter(mentions=1, chance__isnull=False).exists()


def test_overlap_draws_count_the_same_mentions_whoever_they_are(
    linked: LinkageDone, simulated: Simulated
) -> None:
    found = doubts.overlap_draws({name: name for name in simulated.lists}, draws=50)
    assert found is not None
    assert found.counts.shape == (50, len(found.patterns))
    totals = found.counts.sum(axis=1)
    drawn = doubts.partitions(draws=50)
    assert drawn is not None
    interval = doubts.documented(drawn)
    assert totals.min() <= interval.middle <= totals.max()


def test_a_copy_counts_as_its_original(linked: LinkageDone, simulated: Simulated) -> None:
    one = dict.fromkeys(simulated.lists, "all")
    found = doubts.overlap_draws(one, draws=20)
    assert found is not None
    assert found.lists == ("all",)
    assert found.patterns.tolist() == [[1]]


def test_a_pair_that_waits_is_stated_with_its_whole_group_weighed(linked: LinkageDone) -> None:
    drawn = doubts.partitions()
    assert drawn is not None
    place = drawn.place()
    asked = [row for row in PairToReview.objects.all() if {row.left_id, row.right_id} <= {*place}]
    shares = [
        float((drawn.labels[:, place[row.left_id]] == drawn.labels[:, place[row.right_id]]).mean())
        for row in asked
    ]
    assert len(asked) > 10
    assert [row.probability for row in asked] == shares


def test_a_judgement_of_a_person_is_hard_in_every_draw(linked: LinkageDone) -> None:
    pair = PairToReview.objects.order_by("-probability").first()
    judge(by="account:1", left=pair.left_id, right=pair.right_id, decision="same", why="one entry")
    drawn = doubts.partitions(draws=20)
    assert drawn is not None
    assert drawn.chances([(pair.left_id, pair.right_id)])[0].one == 1.0


def test_a_same_within_a_list_that_names_nobody_twice_is_shown_as_a_clash(
    linked: LinkageDone, simulated: Simulated
) -> None:
    first, second = list(Membership.objects.filter(mention__collection="book")[:2])
    judge(by="account:1", left=first.pk, right=second.pk, decision="same", why="one entry")
    index.rebuild()
    clash = Clash.objects.get()
    assert clash.reason == "no-duplicates"
    assert not clash.by_machine
