"""The register in other tools' forms, there and back."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dadkhah.errors import LinkageError
from dadkhah.people import MACHINE, clusters, judge
from dadkhah.people.exchange import (
    read_edges,
    read_entities,
    write_clusters,
    write_edges,
    write_entities,
)
from dadkhah.records import Claim, Judgement, Mention

MENTIONS = {
    each: Mention(
        id=each, source="s", type="person", label=each, passage="p", collection=f"c{each}"
    )
    for each in "abcd"
}


def claim(mention: str, predicate: str, written: str, value: object = None) -> Claim:
    return Claim(
        id=f"{mention}{predicate}{written}", mention=mention, predicate=f"person.{predicate}",
        written=written, value=value, passage="p",
    )  # fmt: skip


def judged(pair: str, decision: str = "same", by: str = "one") -> Judgement:
    return judge(pair[0], pair[1], decision, by=by, at="2026-01-01T00:00:00Z", score="0.5")


def test_a_person_becomes_an_entity_with_every_value_once() -> None:
    persons = clusters(MENTIONS.values(), [judged("ab")])
    said = [
        claim("a", "name", "Ali Karimi"),
        claim("b", "name", "علی کریمی"),
        claim("b", "name", "Ali Karimi"),
        claim("a", "sex", "M", "sex:male"),
        claim("a", "death_date", "August 1988", "1988-08"),
        claim("b", "death_date", "summer", "1988-06-22/1988-09-22"),
    ]
    entity = json.loads(next(iter(write_entities(persons, MENTIONS, said))))
    assert entity["schema"] == "Person"
    assert entity["properties"] == {
        "name": ["Ali Karimi", "علی کریمی"], "gender": ["male"], "deathDate": ["1988-08"],
    }  # fmt: skip
    assert (entity["datasets"], entity["referents"]) == (["ca", "cb"], ["b"])


def test_entities_come_back_as_rows_of_a_table() -> None:
    lines = [
        json.dumps({"id": "x1", "schema": "Person", "properties": {
            "name": ["Ali Karimi", "علی کریمی"], "alias": ["Ali"], "birthDate": ["1960"]}}),
        "",
        json.dumps({"id": "y", "schema": "Vessel", "properties": {"name": ["A ship"]}}),
    ]  # fmt: skip
    columns, rows = read_entities(lines)
    assert set(columns) == {"id", "name", "alias", "birthDate"}
    assert rows == [
        {"id": "x1", "name": "Ali Karimi", "alias": "علی کریمی; Ali", "birthDate": "1960"}
    ]


def test_edges_go_out_in_the_resolver_s_order_and_those_of_people_come_back() -> None:
    log = [judged("ab"), judged("cb", "different"), judged("ad", "unsure", MACHINE)]
    lines = list(write_edges(log))
    assert json.loads(lines[0]) == ["b", "a", "positive", None, "one", "2026-01-01T00:00:00Z"]
    assert json.loads(lines[2])[3] == 0.5
    back = {(e.left, e.right): (e.decision, e.user) for e in read_edges(lines, "abcd")}
    assert back == {
        ("b", "a"): ("same", "one"),
        ("c", "b"): ("different", "one"),
    }


def test_canonical_ids_of_the_resolver_tie_mentions_together() -> None:
    rows = [
        ["NK-1", "a", "positive", None, "x", None],
        ["NK-1", "b", "positive", None, "x", None],
        ["NK-2", "NK-1", "positive", None, "x", None],
        ["NK-2", "c", "positive", None, "x", None],
        ["d", "NK-1", "negative", None, "y", None],
        ["d", "c", "no_judgement", 0.4, None, None],
    ]
    found = read_edges(map(json.dumps, rows), "abcd")
    said = {(frozenset((e.left, e.right)), e.decision) for e in found}
    assert said == {
        (frozenset("ab"), "same"), (frozenset("bc"), "same"), (frozenset("ad"), "different"),
    }  # fmt: skip


@pytest.mark.parametrize("line", ["{", "[1]", '["a", "b", 3, 0, "u", "t"]', "7"])
def test_a_line_that_is_no_edge_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(LinkageError) as error:
        read_edges(["", line], "ab")
    assert (error.value.code, error.value.where) == ("exchange-line", "line 2")


@given(st.text() | st.recursive(st.text() | st.integers() | st.none(), st.lists).map(json.dumps))
def test_any_line_is_read_or_refused(line: str) -> None:
    with contextlib.suppress(LinkageError):
        assert isinstance(read_edges([line], "ab"), list)
    with contextlib.suppress(LinkageError):
        assert read_entities([line])[0][0] == "id"


@pytest.mark.parametrize("line", ["{}", '{"id": 1, "properties": 3}', "[]"])
def test_a_line_that_is_no_entity_is_refused(line: str) -> None:
    with pytest.raises(LinkageError) as error:
        read_entities([line])
    assert error.value.code == "exchange-line"


def test_clusters_are_a_table_of_mentions() -> None:
    persons = clusters(MENTIONS.values(), [judged("ac")])
    assert list(write_clusters(persons, MENTIONS)) == [
        "person,mention,collection", "a,a,ca", "a,c,cc", "b,b,cb", "d,d,cd",
    ]  # fmt: skip
