"""Nothing leaves until two people decide."""

from __future__ import annotations

import dataclasses

import pytest

from dadkhah import disclosure
from dadkhah.errors import AccessError
from dadkhah.records import Claim, Disclosure, Mention

MENTION = Mention(id="m", source="s", type="person", label="Navid", passage="p", collection="l")
CLAIM = Claim(id="c", mention="m", predicate="person.name", written="Navid", passage="p")
FATHER = dataclasses.replace(CLAIM, id="f", predicate="person.father_name")
DAY = "2026-01-01"


def decision(**chosen: object) -> Disclosure:
    return Disclosure(
        id="d", by="account:1", reviewed_by="account:2", at="2025-01-01T00:00:00Z", ground="asked",
        **chosen,  # type: ignore[arg-type]
    )  # fmt: skip


def test_without_a_disclosure_nothing_leaves() -> None:
    assert not disclosure.whitelist([], on=DAY).lets_out(CLAIM, MENTION)


@pytest.mark.parametrize("chosen", [{"sources": ("s",)}, {"collections": ("l",)}])
def test_a_rule_lets_out_its_predicates_of_its_source_and_no_other(
    chosen: dict[str, object],
) -> None:
    held = disclosure.whitelist([decision(**chosen, predicates=("person.name",))], on=DAY)
    assert held.lets_out(CLAIM, MENTION)
    assert not held.lets_out(dataclasses.replace(CLAIM, predicate="person.age"), MENTION)
    elsewhere = dataclasses.replace(MENTION, source="other", collection="")
    assert not held.lets_out(CLAIM, elsewhere)


def test_a_sensitive_predicate_leaves_only_claim_by_claim() -> None:
    rule = decision(sources=("s",), predicates=("person.father_name",))
    assert not disclosure.whitelist([rule], on=DAY).lets_out(FATHER, MENTION)
    assert disclosure.whitelist([decision(claims=("f",))], on=DAY).lets_out(FATHER, MENTION)


def test_a_withdrawn_claim_never_leaves() -> None:
    held = disclosure.whitelist([decision(claims=("c",))], on=DAY)
    assert not held.lets_out(dataclasses.replace(CLAIM, status="withdrawn"), MENTION)


@pytest.mark.parametrize("chosen", [{"until": "2025-12-31"}, {"withdrawn": True}])
def test_a_disclosure_that_ended_lets_nothing_out(chosen: dict[str, object]) -> None:
    ended = decision(claims=("c",), **chosen)
    assert not disclosure.whitelist([ended], on=DAY).lets_out(CLAIM, MENTION)


def test_the_text_of_a_source_needs_its_own_word() -> None:
    without = disclosure.whitelist([decision(sources=("s",))], on=DAY)
    assert not without.lets_out_text("s", "")
    held = disclosure.whitelist([decision(sources=("s",), text_of_sources=True)], on=DAY)
    assert held.lets_out_text("s", "")
    assert not held.lets_out_text("other", "")


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"reviewed_by": "account:1"}, "disclosure-alone"), ({"reviewed_by": ""}, "disclosure-alone"),
     ({"ground": " "}, "disclosure-ground")],
)  # fmt: skip
def test_one_person_alone_or_without_a_ground_discloses_nothing(
    changed: dict[str, str], code: str
) -> None:
    with pytest.raises(AccessError) as refused:
        disclosure.check(dataclasses.replace(decision(), **changed))
    assert refused.value.code == code
