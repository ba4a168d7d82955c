"""The register in the forms of other tools: FollowTheMoney entities, resolver edges, a table.

    {"id": "m1", "schema": "Person", "properties": {"name": ["Ali Karimi"]}, "datasets": ["c1"]}
    ["m2", "m1", "positive", 0.9987, "account:1", "2026-01-01T00:00:00Z"]
    person,mention,collection

Source: followthemoney 4 (model/Person, types/date); nomenklatura's resolver (Edge.to_line).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dadkhah.errors import LinkageError
from dadkhah.people.joining import Groups
from dadkhah.people.judgements import MACHINE, effective
from dadkhah.records import Claim, Judgement, Mention, Person

__all__ = [
    "PROPERTIES",
    "Edge",
    "read_edges",
    "read_entities",
    "write_clusters",
    "write_edges",
    "write_entities",
]  # fmt: skip

PROPERTIES: Final[Mapping[str, str]] = {
    "person.name": "name",
    "person.other_name": "alias",
    "person.father_name": "fatherName",
    "person.sex": "gender",
    "person.birth_date": "birthDate",
    "person.birth_place": "birthPlace",
    "person.death_date": "deathDate",
    "person.affiliation": "political",
    "person.religion": "religion",
    "person.ethnicity": "ethnicity",
    "person.occupation": "position",
    "person.title": "title",
    "person.reference": "sourceUrl",
}
_WORDS: Final = {"same": "positive", "different": "negative", "unsure": "unsure"}
_DECISIONS: Final = {word: decision for decision, word in _WORDS.items()}
_DAY: Final = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What another tool's user decided about two mentions."""

    left: str
    right: str
    decision: str
    user: str


def write_entities(
    persons: Iterable[Person], mentions: Mapping[str, Mention], claims: Iterable[Claim]
) -> Iterator[str]:
    """Give each person as a FollowTheMoney entity, one JSON line each.

    Every value that any of its accounts asserts is there; what two accounts say differently stands
    as two values. A date is given only where it is a year, a month or a day, since FollowTheMoney
    has no intervals. Unidentified persons are given without a name.
    """
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in PROPERTIES and claim.stance == "asserts":
            said[claim.mention].append(claim)
    for person in persons:
        properties: dict[str, list[str]] = defaultdict(list)
        for claim in (claim for mention in person.mentions for claim in said[mention]):
            value = _value(claim)
            if value and value not in properties[PROPERTIES[claim.predicate]]:
                properties[PROPERTIES[claim.predicate]].append(value)
        if all(mentions[mention].unidentified for mention in person.mentions):
            properties.pop("name", None)
        entity = {
            "id": person.id,
            "schema": "Person",
            "properties": {name: values for name, values in properties.items() if values},
            "datasets": list(person.collections),
            "referents": list(person.mentions[1:]),
        }
        yield json.dumps(entity, ensure_ascii=False)


def _value(claim: Claim) -> str:
    if claim.predicate in ("person.birth_date", "person.death_date"):
        value = claim.value if isinstance(claim.value, str) else ""
        return value if _DAY.fullmatch(value) else ""
    if claim.predicate == "person.sex":
        return str(claim.value or "").rpartition(":")[2]
    return claim.written.strip()


def read_entities(lines: Iterable[str]) -> tuple[list[str], list[dict[str, str]]]:
    """Read FollowTheMoney persons as rows of a table, for a mapping to import.

    Returns:
        The columns, and the rows: `id` and one column per property that any entity has; of several
        values the first, the others in `alias` where they are names, else joined by a semicolon.

    Raises:
        LinkageError: `exchange-line` for a line that is no entity.
    """
    rows, columns = [], {"id": None}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        entity = _object(line, number)
        if entity.get("schema") not in ("Person", "LegalEntity"):
            continue
        row = {"id": str(entity["id"])}
        for name, values in entity["properties"].items():
            texts = [str(value) for value in values if isinstance(value, str | int)]
            if name == "name":
                row["name"], more = (texts or [""])[0], texts[1:]
                row["alias"] = "; ".join([*more, *filter(None, [row.get("alias")])])
            elif name == "alias":
                row["alias"] = "; ".join([*filter(None, [row.get("alias")]), *texts])
            else:
                row[name] = "; ".join(texts)
        columns |= dict.fromkeys(row)
        rows.append(row)
    return list(columns), rows


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        entity = json.loads(line)
    except json.JSONDecodeError:
        entity = None
    if not isinstance(entity, dict) or "id" not in entity:
        raise _bad_line(number)
    properties = entity.setdefault("properties", {})
    if not isinstance(properties, dict) or not all(
        isinstance(v, list) for v in properties.values()
    ):
        raise _bad_line(number)
    return entity


def _bad_line(number: int) -> LinkageError:
    return LinkageError(
        "exchange-line",
        "This line is not what the format says.",
        where=f"line {number}",
        todo="Give one JSON object (entities) or one JSON array of six (edges) a line.",
    )


def write_edges(judgements: Iterable[Judgement]) -> Iterator[str]:
    """Give what holds between each pair as an edge of nomenklatura's resolver, one line each."""
    everything = {each.id: each for each in judgements}
    for each in effective(everything.values()):
        last = everything[each.judgements[-1]]
        target, source = max(each.left, each.right), min(each.left, each.right)
        score = each.score if each.by_machine else None
        yield json.dumps([target, source, _WORDS[each.decision], score, last.by, last.at])


def read_edges(lines: Iterable[str], known: Collection[str]) -> list[Edge]:
    """Read edges of nomenklatura's resolver as decisions between known mentions.

    An id that is not known is one of the resolver's own (NK-...): the mentions that it ties
    together become a chain of "same". Edges without a judgement, those that reach no two known
    mentions, and what a machine of ours decided are left out: given and taken again, it would
    stand as what a person said.

    Raises:
        LinkageError: `exchange-line` for a line that is no edge.
    """
    every = [_edge(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    rows = [row for row in every if row[3].partition(":")[0] != MACHINE]
    ids = list(dict.fromkeys(end for row in rows for end in row[:2]))
    place = {each: at for at, each in enumerate(ids)}
    groups = Groups([""] * len(ids))
    mentions = set(known)
    own = {row for row in rows if row[2] == "positive" and not mentions.issuperset(row[:2])}
    for target, source, *_ in own:
        groups.join(place[target], place[source], by_machine=False)
    tied: dict[int, list[str]] = defaultdict(list)
    for each in ids:
        if each in known:
            tied[groups.root(place[each])].append(each)
    found = {}
    for target, source, word, user in (row for row in rows if row not in own):
        one, two = ((tied[groups.root(place[end])] or [""])[0] for end in (target, source))
        left, right = target if target in known else one, source if source in known else two
        if word in _DECISIONS and left and right and left != right:
            found[frozenset((left, right))] = Edge(
                left=left, right=right, decision=_DECISIONS[word], user=user
            )
    users = {groups.root(place[target]): user for target, _, _, user in own}
    for root, user in users.items():
        for left, right in zip(tied[root], tied[root][1:], strict=False):
            edge = Edge(left=left, right=right, decision="same", user=user)
            found.setdefault(frozenset((left, right)), edge)
    return list(found.values())


def _edge(line: str, number: int) -> tuple[str, str, str, str]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        row = None
    if not isinstance(row, list) or len(row) < 6 or not all(isinstance(x, str) for x in row[:3]):
        raise _bad_line(number)
    return row[0], row[1], row[2], str(row[4] or "")


def write_clusters(persons: Iterable[Person], mentions: Mapping[str, Mention]) -> Iterator[str]:
    """Give the register as lines of a table: person, mention, collection."""
    yield "person,mention,collection"
    for person in persons:
        for mention in person.mentions:
            yield f"{person.id},{mention},{mentions[mention].collection}"
