"""Copied lists are reported, with evidence."""

from __future__ import annotations

from tests.people.conftest import SmallWorld

from dadkhah import people


def test_only_the_copied_list_is_suspected(small: SmallWorld, linkage: people.Linkage) -> None:
    found = people.derivation(small.table, linkage)
    assert [(each.child, each.parent) for each in found if each.suspected] == [("copy", "families")]
    assert len(found) > 3


def test_the_evidence_is_said_in_two_languages(small: SmallWorld, linkage: people.Linkage) -> None:
    first = people.derivation(small.table, linkage)[0]
    assert first.contained > 0.9
    assert first.copied_order > 0.95
    assert f"{first.matched} of {first.of}" in first.sentences[0]
    assert f"{first.matched} از {first.of}" in first.sentences[1]
