"""The log: every change is one entry, in the transaction of the change."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.db import transaction

from dadkhah import records
from dadkhah.custody import commitments, keys, merkle
from dadkhah.errors import VerificationError
from dadkhah.records import Anchor, Mention, Passage, Source, new_id
from dadkhah.web.custody import actions, archiving, queries, tree
from dadkhah.web.custody.actions import Change, append
from dadkhah.web.custody.models import LogEntry, SignedCheckpoint, Superseded
from dadkhah.web.sources import models

pytestmark = pytest.mark.django_db


def source(title: str = "A page") -> Source:
    return Source(id=new_id(), title=title)


def add(*made: Any, replaces: bool = False) -> int:
    change = Change(action="sources.add", records=made, replaces=replaces)
    return append(by="account:1", changes=[change])


def test_a_change_and_its_entry_come_together_or_not_at_all() -> None:
    def add_and_fail() -> None:
        with transaction.atomic():
            add(source())
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert LogEntry.objects.count() == models.Source.objects.count() == 0
    assert add(source()) == 1


def test_each_record_opens_its_commitment_and_the_entry_holds_their_root() -> None:
    add(source("one"), source("two"))
    rows = models.Source.objects.order_by("position")
    hashes = [commitments.commit(bytes(row.salt), records.encode(row.record())) for row in rows]
    assert hashes == [bytes(row.commitment) for row in rows]
    assert commitments.entry_root(hashes).hex() == LogEntry.objects.get().root
    assert len({bytes(row.salt) for row in rows}) == 2


def test_a_newer_version_keeps_the_older_one() -> None:
    first = source("first")
    add(first)
    add(dataclasses.replace(first, title="second"), replaces=True)
    assert models.Source.objects.get(pk=first.id).title == "second"
    assert Superseded.objects.get().record_id == first.id
    lines = list(archiving.lines(Source))
    assert [line.record["title"] for line in lines] == ["first", "second"]
    assert [line.entry for line in lines] == [0, 1]


def test_a_record_that_others_point_to_can_have_a_newer_version() -> None:
    page = source()
    passage = Passage(id=new_id(), source=page.id, anchor=Anchor(capture="a" * 64, quote="words"))
    mention = Mention(id=new_id(), source=page.id, type="person", label="Navid", passage=passage.id)
    add(page, passage, mention)
    add(dataclasses.replace(page, note="seen again"), replaces=True)
    assert passage == models.Passage.objects.get().record()


def test_the_root_over_full_tiles_is_the_root_over_all_leaves() -> None:
    append(by="x", changes=(Change(action="sources.add", records=[]) for _ in range(600)))
    rows = LogEntry.objects.order_by("index")
    leaves = [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
    assert tree.head() == (600, merkle.root(leaves))
    for index in (0, 255, 256, 511, 512, 599):
        path = merkle.inclusion_proof(leaves, index)
        assert queries.proof(index).hashes == tuple(found.hex() for found in path)


def test_a_head_is_signed_once_per_size_and_never_over_an_altered_log() -> None:
    signer = keys.make_key("dadkhah.invalid/test")
    add(source())
    note = actions.sign_head(signer=signer)
    assert actions.sign_head(signer=signer) == note
    add(source())
    actions.sign_head(signer=signer)
    assert SignedCheckpoint.objects.count() == 2
    LogEntry.objects.filter(index=0).update(leaf=b"x" * 32)
    add(source())
    with pytest.raises(VerificationError) as refused:
        actions.sign_head(signer=signer)
    assert refused.value.code == "log-altered"


def test_a_clock_that_steps_back_does_not_turn_the_log_back() -> None:
    add(source())
    LogEntry.objects.update(at="2999-01-01T00:00:00Z")
    add(source())
    assert LogEntry.objects.get(index=1).at == "2999-01-01T00:00:00Z"


def test_the_log_names_nobody() -> None:
    add(source("Navid Sahrai"))
    said = "".join(str(value) for row in LogEntry.objects.values() for value in row.values())
    assert "Navid" not in said
