"""Whoever is not signed in sees what was disclosed, and nothing else, on every page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.invented_case import CANARY

from dadkhah.records import Disclosure
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.queries import size
from dadkhah.web.people.models import IndexedPerson, PairToReview
from dadkhah.web.sources.models import Capture, Collection, Source

# What stands in the case but was not disclosed: another source, the list, notes of the house.
HIDDEN = (CANARY, "رهگشا", "کاویان", "Rahgosha", "Vardeh Circle", "Sepidkuh", "account:1")


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Give the route of every address of the reading room."""
    for item in found:
        route = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, route)
        else:
            yield route


def values() -> dict[str, list[str]]:
    """Give every id that an address could carry."""
    ids = {
        "source_id": Source, "collection_id": Collection, "claim_id": Claim,
        "mention_id": Mention, "person_id": IndexedPerson, "digest": Capture,
        "pair_id": PairToReview,
    }  # fmt: skip
    found = {
        name: [str(pk) for pk in model.objects.values_list("pk", flat=True)]
        for name, model in ids.items()
    }
    return {**found, "index": [str(n) for n in range(size())]}


def addresses() -> Iterator[str]:
    """Give every address of the reading room, with every id in the case put in."""
    known = values()
    for route in patterns(get_resolver().url_patterns):
        if "<" not in route:
            yield f"/{route}"
            continue
        head, _, rest = route.partition("<")
        name, _, tail = rest.partition(">")
        for value in known.get(name.partition(":")[2], ["x"]):
            yield f"/{head}{value}{tail}"


QUERIES = (
    "?q=canarysecret&place=Sepidkuh&year=2031&conflicts=on&flagged=on&action=sources.add",
    "?q=Rahgosha&claim=srcletterc2&on=2031-01-04",
    "?q=canarysecretname&list=vardehlist",
    "?list=letters&status=withdrawn",
)


def shown(client: Client, address: str) -> str:
    """Read a page without the part that only repeats what was asked."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 403, 404, 405}, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    for value in (address, *(part.partition("=")[2] for part in address.split("&"))):
        for repeated in {value, quote(value, safe="/"), quote(address, safe="/")} - {""}:
            text = text.replace(f'"{repeated}"', "").replace(f"={repeated}", "")
    return text


def test_the_public_meets_no_undisclosed_word_on_any_page(public: Client) -> None:
    for address in addresses():
        text = shown(public, address)
        for word in HIDDEN:
            assert word not in text, (word, address)


def test_the_public_learns_nothing_by_asking(public: Client) -> None:
    lists = [f"/{route}" for route in patterns(get_resolver().url_patterns) if "<" not in route]
    for address in (*lists, "/sources/srcenglish/"):
        for query in QUERIES:
            text = shown(public, address + query)
            for word in HIDDEN:
                assert word not in text, (word, address + query)


def test_a_hidden_name_finds_nobody(public: Client, editor: Client) -> None:
    for client in (public, editor):
        found = client.get("/people/?q=canarysecretname").context["people"]
        assert not found


def test_an_editor_meets_no_confidential_word_on_any_page(editor: Client) -> None:
    for address in addresses():
        if not address.startswith("/accounts/"):
            assert CANARY not in shown(editor, address), address


def test_a_keeper_sees_the_confidential_letter(keeper: Client) -> None:
    assert CANARY in shown(keeper, "/sources/srcletter/")


def test_the_public_reads_what_was_disclosed(public: Client) -> None:
    page = shown(public, "/sources/srcenglish/")
    assert "an estimated 1,200" in page
    assert "Orod Tavan" in shown(public, "/people/")


def test_the_public_learns_whose_post_it_is_while_the_name_is_disclosed(public: Client) -> None:
    page = shown(public, "/posts/")
    assert "Orod Tavan" in page
    assert "name withheld" not in page
    Claim.objects.filter(predicate="person.name").delete()
    page = shown(public, "/posts/")
    assert "name withheld" in page
    assert "Orod Tavan" not in page


@pytest.mark.parametrize("address", ["/people/pairs/", "/people/pairs/1/"])
def test_judging_asks_for_signing_in(public: Client, address: str) -> None:
    answer = public.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/")


def test_a_withheld_record_shows_as_withheld(editor: Client) -> None:
    entry = Source.objects.get(pk="srcletter").entry
    assert "withheld" in shown(editor, f"/custody/{entry}/")


def test_a_thousand_disclosures_are_one_question(public: Client) -> None:
    one = [
        Disclosure(
            id=f"many{n}", by="account:1", reviewed_by="account:2", at="2041-02-03T10:00:00Z",
            ground="one of many", claims=(f"claim{n}",), predicates=("figure.number",),
        )
        for n in range(1_200)
    ]  # fmt: skip
    append(by="account:1", changes=[Change(action="claims.disclose", records=one)])
    assert "an estimated 1,200" in shown(public, "/claims/")
    assert CANARY not in shown(public, "/claims/")
