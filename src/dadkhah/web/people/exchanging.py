"""Give the register to other tools, and take what their users decided."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from django.db import transaction

from dadkhah import people
from dadkhah.people import exchange
from dadkhah.records import Judgement, Mention, Person
from dadkhah.web.claims.models import Claim
from dadkhah.web.claims.models import Mention as MentionRow
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people import index, policy, queue

__all__ = ["FORMS", "give", "take_edges", "write_table"]

FORMS: Final = ("entities", "edges", "clusters")


def give(*, by: str, form: str, path: Path) -> int:
    """Write the register in another tool's form; the log keeps that it was given.

    Args:
        form: "entities" (FollowTheMoney), "edges" (nomenklatura) or "clusters" (CSV).

    Returns:
        The number of lines.
    """
    mentions = {
        row.pk: row.record()
        for row in MentionRow.objects.filter(type="person").order_by("entry", "position")
    }
    judgements = [row.record() for row in index.standing_judgements().order_by("entry", "position")]
    lines = list(_lines(form, mentions, judgements))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    note = f"{form}: {len(lines)} lines"
    append(by=by, changes=[Change(action="people.give", records=[], note=note)])
    return len(lines)


def _lines(form: str, mentions: dict[str, Mention], judgements: list[Judgement]) -> Iterable[str]:
    if form == "edges":
        return exchange.write_edges(judgements)
    persons = people.clusters(mentions.values(), judgements, index.sole_lists())
    if form == "clusters":
        return exchange.write_clusters(persons, mentions)
    return _entities(persons, mentions)


def _entities(persons: tuple[Person, ...], mentions: dict[str, Mention]) -> Iterator[str]:
    claims = Claim.objects.filter(mention__type="person").exclude(status="withdrawn")
    rows = claims.order_by("entry", "position").iterator(chunk_size=2000)
    return exchange.write_entities(persons, mentions, (row.record() for row in rows))


@transaction.atomic
def take_edges(*, by: str, path: Path) -> int:
    """Take edges of nomenklatura's resolver as judgements; their user stands in the reason.

    Returns:
        The number of judgements made; an edge that says what stands already makes none.

    Raises:
        LinkageError: exchange-line.
    """
    known = set(MentionRow.objects.filter(type="person").values_list("pk", flat=True))
    with path.open(encoding="utf-8") as lines:
        edges = exchange.read_edges(lines, known)
    rows = index.standing_judgements().order_by("entry", "position")
    held = {
        frozenset((each.left, each.right)): each.decision
        for each in people.effective(row.record() for row in rows)
        if not each.by_machine
    }
    made = [
        people.judge(edge.left, edge.right, edge.decision, by=by, at=now(),
                     why=f"Taken from another tool's decisions, by its user {edge.user or '?'}.")
        for edge in edges
        if held.get(frozenset((edge.left, edge.right))) != edge.decision
    ]  # fmt: skip
    for each in made:
        queue.answer(each.left, each.right, by=by, reviewers=policy.reviewers())
    if made:
        append(by=by, changes=[Change(action="people.take", records=made)])
        index.rebuild()
    return len(made)


def write_table(entities: Path, table: Path) -> int:
    """Write FollowTheMoney persons as a table with a mapping beside it, for `dadkhah import`."""
    with entities.open(encoding="utf-8") as lines:
        columns, rows = exchange.read_entities(lines)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    mapping = table.with_suffix(".yaml")
    mapping.write_text(_mapping(columns), encoding="utf-8")
    return len(rows)


def _mapping(columns: list[str]) -> str:
    """Write a mapping to begin with; whoever imports says what the collection is."""
    kinds = {"name": "name", "alias": "name", "fatherName": "name", "birthDate": "date",
             "deathDate": "date", "birthPlace": "place", "gender": "term"}  # fmt: skip
    more = {"date": ", calendar: gregorian, order: ymd",
            "term": ", terms: {male: male, female: female}"}  # fmt: skip
    lines = ["collection:", "  title: Persons from FollowTheMoney entities",
             "source:", "  title: FollowTheMoney entities", "key: id", "kind: person",
             "label: name", "columns:"]  # fmt: skip
    for predicate, name in exchange.PROPERTIES.items():
        if name in columns:
            kind = kinds.get(name, "url" if name == "sourceUrl" else "text")
            several = "" if name == "name" else ', split: ";"'
            read = f"as: {kind}{more.get(kind, '')}{several}"
            lines.append(f"  {name}: {{predicate: {predicate}, {read}}}")
    return "\n".join(lines) + "\n"
