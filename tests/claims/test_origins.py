"""Common origin: a chain of copies leads to its root, and what shares one counts once."""

from __future__ import annotations

from dadkhah.claims.origins import independent, origins
from dadkhah.records import Claim, Mention, Source


def test_a_compilation_joins_its_parents_into_one() -> None:
    sources = [
        Source(id="a"), Source(id="b"), Source(id="c", derived_from=("a", "b")), Source(id="d"),
    ]  # fmt: skip
    mentions = [
        Mention(id=s.id, source=s.id, type="person", label="", passage="p") for s in sources
    ]
    claims = [
        Claim(id=s.id, mention=s.id, predicate="person.name", written="", passage="p")
        for s in sources
    ]
    traced = origins(claims, mentions, sources)
    assert traced["c"] == {"a", "b", "c"}
    assert independent(["a", "b"], traced) == 2
    assert independent(["a", "b", "c"], traced) == 1
    assert independent(["a", "b", "c", "d"], traced) == 2


def test_a_circle_of_copies_ends() -> None:
    sources = [Source(id="a", derived_from=("b",)), Source(id="b", derived_from=("a",))]
    mentions = [Mention(id="m", source="a", type="person", label="", passage="p")]
    made = [Claim(id="x", mention="m", predicate="person.name", written="", passage="p")]
    assert origins(made, mentions, sources)["x"] == {"a", "b"}
