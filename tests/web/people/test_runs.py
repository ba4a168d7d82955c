"""The pages of linkages: what was learned in words and bars, rules, flags, copies and changes."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.people.conftest import Simulated

from dadkhah import people
from dadkhah.web.accounts.models import Account
from dadkhah.web.people import runs
from dadkhah.web.people.actions import link
from dadkhah.web.people.models import Run
from dadkhah.web.sources.models import Collection, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    client = Client()
    client.force_login(
        Account.objects.create_user(username="keeping", password=None, role="keeper")
    )
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_linkage_is_shown_in_words_bars_and_tables(simulated: Simulated, keeper: Client) -> None:
    done = link(by="account:1", settings=people.LinkageSettings())
    page = text_of(keeper, f"/people/runs/{done.run}/")
    for phrase in (
        "times likelier of one person", "times likelier of two persons", "father&#x27;s name",
        "two words of the name with a father", "<rect class=\"bar\"", "splink",
        "accounts name nobody", "Lists that look copied", "The list is not declared as a copy",
    ):  # fmt: skip
        assert phrase in page, phrase
    assert f"/people/runs/{done.run}/" in text_of(keeper, "/people/runs/")


def test_a_linkage_is_shown_in_persian_with_its_bars_the_other_way_round(
    simulated: Simulated, keeper: Client
) -> None:
    done = link(by="account:1", settings=people.LinkageSettings())
    english = keeper.get(f"/people/runs/{done.run}/").context["found"]
    keeper.cookies["django_language"] = "fa"
    answer = keeper.get(f"/people/runs/{done.run}/")
    page = answer.content.decode()
    for phrase in ("برابر محتمل‌تر در یک نفر", "نام پدر", "مدخل یک فهرست", "یک واژهٔ نام"):
        assert phrase in page, phrase
    for one, other in zip(english.fields, answer.context["found"].fields, strict=True):
        for here, there in zip(one.levels, other.levels, strict=True):
            ends = float(here.left) + float(here.width) + float(there.left)
            assert ends == pytest.approx(100, abs=0.3)


def test_a_mistake_in_both_lists_leads_to_the_two_accounts(
    simulated: Simulated, keeper: Client
) -> None:
    done = link(by="account:1", settings=people.LinkageSettings())
    page = text_of(keeper, f"/people/runs/{done.run}/")
    copied = keeper.get(f"/people/runs/{done.run}/").context["found"].copied[0]
    assert "misspell a word alike" in page
    left, right = copied.misspelt[0]
    assert (left.collection_id, right.collection_id) == ("copy", "families")
    assert f"/people/pairs/of/{left.pk}/{right.pk}/" in page


def test_a_declared_copy_is_said_to_be_one(simulated: Simulated, keeper: Client) -> None:
    Collection.objects.filter(pk="copy").update(derived_from=["families"])
    done = link(by="account:1", settings=people.LinkageSettings())
    assert "The list is declared as a copy" in text_of(keeper, f"/people/runs/{done.run}/")


def test_what_the_last_linkage_changed_is_listed_once_there_are_two(
    simulated: Simulated, keeper: Client
) -> None:
    link(by="account:1", settings=people.LinkageSettings())
    assert keeper.get("/people/runs/changes/")["Location"] == "/people/runs/"
    link(by="account:1", settings=people.LinkageSettings(fields=4))
    page = text_of(keeper, "/people/runs/changes/")
    assert "Accounts before:" in page
    first, second = Run.objects.filter(type="linkage").order_by("entry")
    assert "A later linkage took the place" in text_of(keeper, f"/people/runs/{first.pk}/")
    assert "/people/runs/changes/" in text_of(keeper, f"/people/runs/{second.pk}/")


def test_whoever_may_not_read_everything_sees_no_linkage(simulated: Simulated) -> None:
    done = link(by="account:1", settings=people.LinkageSettings())
    assert Client().get(f"/people/runs/{done.run}/").status_code == 302
    reader = Client()
    reader.force_login(
        Account.objects.create_user(username="outside", password=None, role="reader")
    )
    assert reader.get(f"/people/runs/{done.run}/").status_code == 200
    Source.objects.filter(pk=Source.objects.first().pk).update(confidentiality="confidential")
    assert reader.get(f"/people/runs/{done.run}/").status_code == 404
    assert reader.get("/people/runs/changes/").status_code == 404
    assert not reader.get("/people/runs/").context["runs"]
    assert reader.get("/people/runs/unknown/").status_code == 404


@pytest.mark.parametrize(
    ("share", "said"), [(0.45, "45"), (0.0123, "1"), (0.00042, "0.042"), (1e-7, "0")]
)
def test_a_share_is_written_by_as_many_places_as_it_needs(share: float, said: str) -> None:
    assert runs._per_cent(share) == said


@pytest.mark.parametrize(
    ("factor", "said"), [(1.34, "1.3"), (47.2, "47"), (1234.0, "1,200"), (3e9, "1,000,000")]
)
def test_a_factor_is_written_by_two_figures(factor: float, said: str) -> None:
    assert runs._times(factor) == said
