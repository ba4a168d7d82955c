"""How the index files a person: under which name, in which order, found by which tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dadkhah import names
from dadkhah.claims.readings import any_apart
from dadkhah.dates import DateSpan
from dadkhah.errors import DadkhahError
from dadkhah.records import Person
from dadkhah.text import script
from dadkhah.web.claims.models import Claim, Mention

__all__ = ["COLUMNS", "Gathered", "gather", "row", "tokens"]

CHUNK = 2000
TOKEN_CHARACTERS = 40
COMPARED = (
    "person.sex",
    "person.age",
    "person.father_name",
    "person.death_date",
    "person.death_place",
)
NAMES = ("person.name", "person.other_name")
PLACES = ("person.death_place", "person.detention_place")
WANTED = frozenset({*COMPARED, *NAMES, *PLACES})
Said = tuple[str, str, Any]


@dataclass(slots=True)
class Gathered:
    """What the index needs of the mentions of one chunk."""

    labels: dict[str, tuple[str, bool, str]] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))


def gather(mentions: Sequence[str]) -> Gathered:
    """Read what is said of some mentions, as far as the index needs it."""
    gathered = Gathered()
    for part in (mentions[i : i + CHUNK] for i in range(0, len(mentions), CHUNK)):
        rows = Mention.objects.filter(pk__in=part)
        for pk, label, unidentified, collection in rows.values_list(
            "pk", "label", "unidentified", "collection_id"
        ):
            gathered.labels[pk] = (label, unidentified, collection or "")
        # chosen by mention alone: asked for predicates too, SQLite walks every claim of them
        claims = Claim.objects.filter(mention__in=part).exclude(status="withdrawn")
        for mention, predicate, written, value in claims.values_list(
            "mention_id", "predicate", "written", "value"
        ):
            if predicate in WANTED:
                gathered.said[mention].append((predicate, written, value))
    return gathered


COLUMNS = (
    "id", "label", "sort_key", "persian_label", "persian_key", "unidentified", "mentions", "lists",
    "conflicts", "chance", "year", "place",
)  # fmt: skip


def row(person: Person, gathered: Gathered, joined: Mapping[str, float]) -> tuple[Any, ...]:
    """Give one person's line of the index, in the order of COLUMNS."""
    labels = [gathered.labels[mention] for mention in person.mentions]
    said = [item for mention in person.mentions for item in gathered.said[mention]]
    named = _named(person, gathered) or [labels[0][0]]
    return (
        person.id,
        *_filed(named, "Latin"),
        *_filed(named, "Arabic"),
        all(unidentified for _, unidentified, _ in labels),
        len(labels),
        len({collection for _, _, collection in labels if collection}),
        _conflicts(said),
        joined.get(person.id),
        _year(said),
        _place(said),
    )


def _named(person: Person, gathered: Gathered) -> list[str]:
    """Give every name that identified mentions go by, labels first."""
    known = [mention for mention in person.mentions if not gathered.labels[mention][1]]
    labels = [gathered.labels[mention][0] for mention in known]
    return labels + [said for m in known for p, said, _ in gathered.said[m] if p in NAMES]


def _filed(named: list[str], wanted: str) -> tuple[str, str]:
    """Give the name to file a person under, and its place: the wanted script comes first."""
    label = next((text for text in named if script(text) == wanted), named[0])
    return label, f"{int(script(label) != wanted)}{names.sort_key(label)}"[:200]


def _conflicts(said: list[Said]) -> int:
    values: dict[str, list[Any]] = defaultdict(list)
    for predicate, _, value in said:
        if predicate in COMPARED and value is not None:
            values[predicate].append(value)
    return sum(any_apart(predicate, read) for predicate, read in values.items())


def _year(said: list[Said]) -> int | None:
    for predicate, _, value in said:
        if predicate == "person.death_date" and isinstance(value, str):
            try:
                earliest = DateSpan.from_edtf(value).earliest
            except DadkhahError:
                # an open or unread date gives no year; the page still shows it as written
                continue
            if earliest is not None:
                return earliest.year
    return None


def _place(said: list[Said]) -> str:
    for wanted in PLACES:
        for predicate, written, value in said:
            if predicate == wanted:
                name = value.get("name", written) if isinstance(value, dict) else written
                return str(name)[:120]
    return ""


def tokens(person: Person, gathered: Gathered) -> set[str]:
    """Give the search tokens of every spelling of a person."""
    found: set[str] = set()
    for mention in person.mentions:
        label, unidentified, _ = gathered.labels[mention]
        spellings = [written for p, written, _ in gathered.said[mention] if p in NAMES]
        for text in spellings or ([] if unidentified else [label]):
            found.update(token[:TOKEN_CHARACTERS] for token in names.search_tokens(text))
    return found
