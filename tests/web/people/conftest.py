"""A small simulated world in the store: its lists, mentions and claims."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dadkhah import simulate
from dadkhah.records import Anchor, Collection, Passage, Source
from dadkhah.web.custody.actions import Change, append


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What stands in the store, and the true person of each identified mention."""

    truth: dict[str, str]
    lists: tuple[str, ...]


@pytest.fixture
def simulated(db: None) -> Simulated:
    world = simulate.world(3, 120)
    mentions, claims = world.records()
    lists = tuple(dict.fromkeys(m.collection for m in mentions))
    collections = [Collection(id=x, title=x, no_duplicates=x == "book") for x in lists]
    sources = {m.source: m.collection for m in mentions}
    pages = [Source(id=s, title=s, collection=c) for s, c in sources.items()]
    passages = {x.passage: x for x in (*mentions, *claims)}
    home = {m.id: m.source for m in mentions}
    quoted = [
        Passage(
            id=pk,
            source=x.source if hasattr(x, "source") else home[x.mention],
            anchor=Anchor(capture="a" * 64, quote="x"),
        )
        for pk, x in passages.items()
    ]
    records = [*collections, *pages, *quoted, *mentions, *claims]
    append(by="account:1", changes=[Change(action="claims.import", records=records)])
    known = world.truth()
    truth = {m.id: known[m.collection, m.key] for m in mentions if not m.unidentified}
    return Simulated(truth=truth, lists=lists)
