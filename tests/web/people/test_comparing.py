"""What a further linkage changes, and lists that look copied."""

from __future__ import annotations

import pytest
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.errors import LinkageError
from dadkhah.web.people import comparing
from dadkhah.web.people.actions import link
from dadkhah.web.people.models import Run

pytestmark = pytest.mark.django_db


def test_one_linkage_has_nothing_to_be_compared_with(simulated: Simulated) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    with pytest.raises(LinkageError) as error:
        list(comparing.changes())
    assert error.value.code == "linkage-one-run"


def test_the_same_linkage_again_changes_nobody_and_a_stricter_one_takes_people_apart(
    simulated: Simulated,
) -> None:
    for _ in range(2):
        link(by="account:1", settings=people.LinkageSettings())
    assert list(comparing.changes()) == []
    link(by="account:1", settings=people.LinkageSettings(fields=4))
    changed = list(comparing.changes())
    assert changed
    assert all(len(row["after"]) < len(row["before"][0]) for row in changed)


def test_a_list_that_copies_another_is_named_with_the_evidence(simulated: Simulated) -> None:
    done = link(by="account:1", settings=people.LinkageSettings())
    assert "copy" in {child for child, _, _ in done.derived}
    kept = Run.objects.get(pk=done.run).result["derived"]
    assert kept[0]["suspected"] is True
    assert len(kept[0]["sentences"]) == 2
