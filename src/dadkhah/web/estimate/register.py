"""The register as estimation reads it: each person's lists, and what is told of their stratum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dadkhah import people
from dadkhah.estimate import Draw, Listed, Overlaps, join_scripts, missing_share, stratify
from dadkhah.records import Collection
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.people import doubts
from dadkhah.web.people.models import Membership

__all__ = ["Drawn", "counts", "draws_of_register", "lists_of_case", "people_on_lists"]

BANDS = (18, 30, 45, 60)
IMPUTATIONS = 5
Told = Mapping[str, tuple[str | None, ...]]


def lists_of_case(wanted: Sequence[str] = ()) -> list[Collection]:
    """Give the lists of persons, in the order they came; all, or those asked for."""
    from dadkhah.web.sources.models import Collection as Row

    listed = Row.objects.filter(mention__type="person").distinct().order_by("entry")
    records = [row.record() for row in listed]
    return [c for c in records if not wanted or c.id in wanted]


def people_on_lists(
    lists: Sequence[Collection], cuts: Sequence[str], partition: Mapping[str, object] | None = None
) -> list[Listed]:
    """Give everybody identified on these lists.

    Args:
        partition: person by mention, of one draw of who is who; without one, the register.
    """
    titles = {c.id: c.title for c in lists}
    rows = Membership.objects.filter(
        mention__collection__in=titles, mention__unidentified=False, mention__type="person"
    )
    told = _told(titles, cuts) if cuts else {}
    on: dict[object, set[str]] = defaultdict(set)
    values: dict[object, list[set[str]]] = defaultdict(lambda: [set() for _ in cuts])
    found = rows.values_list("mention_id", "person_id", "mention__collection_id")
    for mention, person, collection in found.iterator():
        key: object = person if partition is None else partition.get(mention, mention)
        on[key].add(titles[collection])
        for place, value in enumerate(told.get(mention, ())):
            if value:
                values[key][place].add(value)
    return [
        Listed(lists=frozenset(names), told=tuple(frozenset(v) for v in values[key]))
        for key, names in on.items()
    ]


def _told(titles: Mapping[str, str], cuts: Sequence[str]) -> Told:
    """What each mention says of each cut."""
    mentions = Mention.objects.filter(type="person", collection__in=titles)
    records = [row.record() for row in mentions.iterator(chunk_size=2000)]
    claims = Claim.objects.filter(mention__type="person").exclude(status="withdrawn")
    table = people.features(records, _records(claims.order_by("entry", "position")))
    return {
        row["id"]: tuple(_value(row, cut) for cut in cuts) for row in table.iter_rows(named=True)
    }


def _records(rows: Any) -> Iterator[Any]:
    for row in rows.iterator(chunk_size=2000):
        yield row.record()


def _value(row: Mapping[str, Any], cut: str) -> str | None:
    """One cut's value as one mention tells it; what could be two values is none."""
    if cut in ("sex", "place", "affiliation"):
        return row[cut] or None
    first, last = row["death_earliest"], row["death_latest"]
    if cut in ("year", "month"):
        form = "%Y" if cut == "year" else "%Y-%m"
        ends = {day.strftime(form) for day in (first, last) if day}
        return ends.pop() if first and last and len(ends) == 1 else None
    low, high = row["age_low"], row["age_high"]
    bands = {_band(age) for age in (low, high) if age is not None}
    return bands.pop() if low is not None and high is not None and len(bands) == 1 else None


def _band(age: int) -> str:
    start = max((edge for edge in (0, *BANDS) if edge <= age), default=0)
    after = next((edge for edge in BANDS if edge > age), None)
    return f"{start}-{after - 1}" if after else f"{start}+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Draws of the overlaps, the share of people whose stratum is not told, and values joined."""

    draws: list[Draw]
    missing: float
    joined: Mapping[str, str]


def draws_of_register(
    lists: Sequence[Collection], cuts: Sequence[str], *, partitions: int, seed: int
) -> Drawn:
    """Count overlaps in draws of who is who and of missing strata; the register as it stands first.

    Values of a cut in two scripts are taken as one where people told both bear them out.
    """
    as_it_stands, joined = join_scripts(people_on_lists(lists, cuts))
    missing = missing_share(as_it_stands) if cuts else 0.0
    draws = [
        Draw(tables=_strata(as_it_stands, lists, joined, seed + number), imputation=number)
        for number in range(IMPUTATIONS if missing else 1)
    ]
    for number, partition in enumerate(_partitions(partitions - 1, seed), 1):
        drawn = _renamed(people_on_lists(lists, cuts, partition), joined)
        draws.append(Draw(tables=_strata(drawn, lists, joined, seed), partition=number))
    return Drawn(draws=draws, missing=missing, joined=joined)


def _renamed(found: Sequence[Listed], joined: Mapping[str, str]) -> list[Listed]:
    return [
        Listed(lists=p.lists, told=tuple(frozenset(joined.get(v, v) for v in t) for t in p.told))
        for p in found
    ]


def _partitions(many: int, seed: int) -> Iterable[Mapping[str, object]]:
    """Draws of who is who, where a linkage left doubt."""
    drawn = doubts.partitions(draws=many, seed=seed) if many > 0 else None
    if drawn is None:
        return
    for row in drawn.labels:
        yield {m: ("drawn", int(label)) for m, label in zip(drawn.ids, row, strict=True)}


def _strata(
    found: Sequence[Listed], lists: Sequence[Collection], joined: Mapping[str, str], seed: int
) -> tuple[Overlaps, ...]:
    titles = {c.id: c.title for c in lists}
    derived = {
        c.title: [titles.get(parent, parent) for parent in c.derived_from]
        for c in lists
        if c.derived_from
    }
    zeros = {
        c.title: [joined.get(text, text) for text in c.structural_zeros]
        for c in lists
        if c.structural_zeros
    }
    return stratify(
        found, list(titles.values()), seed=seed, derived_from=derived, structural_zeros=zeros
    )


def counts() -> dict[str, int]:
    """Count the persons of the register, and the unidentified entries apart (ST-24)."""
    rows = Membership.objects.filter(mention__collection__isnull=False)
    persons = rows.values("person").distinct()
    return {
        "documented": persons.filter(person__unidentified=False).count(),
        "unidentified": persons.filter(person__unidentified=True).count(),
        "reported": rows.count(),
    }
