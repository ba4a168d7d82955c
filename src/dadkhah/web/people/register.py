"""Read the register: its people in the order of their names, and by any spelling.

The order is that of the reader's alphabet. It shows no more than the page does: to whoever may not
see the name a person is filed under, that person comes after all others, in no order of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain, islice

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dadkhah import names
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.people.models import IndexedPerson, IndexedToken, Membership
from dadkhah.web.sources import queries as sources

__all__ = ["NAMES", "PAGE", "Listed", "named", "page", "sight"]

NAMES = ("person.name", "person.other_name")
PAGE = 50
CANDIDATES = 2000
LONG_LIST = 2000
DOUBTFUL = 0.95
_FILED = {"fa": ("persian_label", "persian_key")}
_LATIN = ("label", "sort_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the register.

    Args:
        label: the name to show; empty when no name may be shown to this reader.
        lists: number of sources or lists; conflicts: predicates on which they disagree.
    """

    id: str
    label: str
    other_names: tuple[str, ...] = ()
    unidentified: bool = False
    mentions: int = 0
    lists: int = 0
    conflicts: int = 0
    doubtful: bool = False
    year: int | None = None
    place: str = ""


def page(reader: Reader, wanted: Mapping[str, str], language: str = "en") -> list[Listed]:
    """Give up to PAGE + 1 people in the order of their names, after one of them.

    Args:
        wanted: q (any script), place, year, list (id of a collection), conflicts, unidentified,
            after (the id of the last person seen).
        language: of the reader; "fa" files people under a name in Persian letters where there is
            one, and puts them first; any other language does so with Latin letters.
    """
    label, key = _FILED.get(language, _LATIN)
    whole = sources.reads_all(reader)
    rows = _chosen(reader, wanted, whole).annotate(filed=F(label), place_in_order=F(key))
    after = wanted.get("after", "")
    if whole:
        found: Iterable[IndexedPerson] = _after(rows, rows, after)[: PAGE + 1]
        return _listed(reader, list(found), whole)
    named = rows.filter(_named(reader))
    rest = rows.exclude(_named(reader)).order_by("pk")
    if after and not named.filter(pk=after).exists():
        found = rest.filter(pk__gt=after)[:CANDIDATES]
    else:
        found = chain(_after(named, rows, after)[:CANDIDATES].iterator(), rest[:CANDIDATES])
    if not wanted.get("q"):
        return _listed(reader, list(islice(found, PAGE + 1)), whole)
    lines = _listed(reader, list(islice(found, CANDIDATES)), whole)
    return [line for line in lines if _answers(line, wanted["q"])][: PAGE + 1]


def named(reader: Reader, person: str, language: str = "en") -> Listed | None:
    """Give the line of one person, as this reader may see it."""
    label = _FILED.get(language, _LATIN)[0]
    rows = IndexedPerson.objects.filter(pk=person).filter(_visible(reader))
    found = list(rows.annotate(filed=F(label)))
    return next(iter(_listed(reader, found, sources.reads_all(reader))), None)


def sight(reader: Reader) -> Q:
    """Leave the memberships whose mention this reader may see."""
    if reader.signed_in:
        return access.sources(reader, "mention__source__")
    return Q(Exists(Claim.objects.filter(access.claims(reader), mention=OuterRef("mention"))))


def _chosen(reader: Reader, wanted: Mapping[str, str], whole: bool) -> QuerySet[IndexedPerson]:
    """Choose the people that answer what is wanted and may be seen."""
    rows = IndexedPerson.objects.all()
    rows = _filtered(rows, wanted) if whole else rows.filter(_visible(reader))
    if wanted.get("list"):
        rows = rows.filter(_on_list(reader, wanted["list"]))
    if wanted.get("q", "").strip():
        needs = names.search_needs(wanted["q"])
        return reduce(_held, needs, rows if needs else rows.none())
    return rows


def _filtered(rows: QuerySet[IndexedPerson], wanted: Mapping[str, str]) -> QuerySet[IndexedPerson]:
    if wanted.get("place"):
        rows = rows.filter(place=wanted["place"])
    if wanted.get("year"):
        rows = rows.filter(year=int(wanted["year"]))
    if wanted.get("conflicts"):
        rows = rows.filter(conflicts__gt=0)
    if wanted.get("unidentified"):
        rows = rows.filter(unidentified=True)
    return rows


def _visible(reader: Reader) -> Exists:
    return Exists(Membership.objects.filter(sight(reader), person=OuterRef("pk")))


def _named(reader: Reader) -> Exists:
    """Leave those whose name in the register is one that this reader may see."""
    said = Claim.objects.filter(access.claims(reader), mention=OuterRef("mention"))
    told = said.filter(predicate__in=NAMES, written=OuterRef(OuterRef("filed")))
    return Exists(Membership.objects.filter(Exists(told), person=OuterRef("pk")))


def _on_list(reader: Reader, collection: str) -> Q | Exists:
    """Choose the people of a list: of a long one by looking along the register, of a short one
    by going through the list; either is quick where the other is slow."""
    mentions = Membership.objects.filter(sight(reader), mention__collection=collection)
    if Mention.objects.filter(collection=collection)[:LONG_LIST].count() < LONG_LIST:
        return Q(pk__in=mentions.values("person"))
    return Exists(mentions.filter(person=OuterRef("pk")))


def _held(rows: QuerySet[IndexedPerson], tokens: tuple[str, ...]) -> QuerySet[IndexedPerson]:
    """Leave the people under whose names one of these tokens stands."""
    return rows.filter(pk__in=IndexedToken.objects.filter(token__in=tokens).values("person"))


def _after(
    rows: QuerySet[IndexedPerson], every: QuerySet[IndexedPerson], person_id: str
) -> QuerySet[IndexedPerson]:
    """Go on after a person; from the start when the register has nobody of this id any more."""
    ordered = rows.order_by("place_in_order", "pk")
    last = every.filter(pk=person_id).values_list("place_in_order", flat=True).first()
    if last is None:
        return ordered
    further = Q(place_in_order__gt=last) | Q(place_in_order=last, pk__gt=person_id)
    return ordered.filter(further)


def _answers(line: Listed, query: str) -> bool:
    """Say whether the names that may be shown, and these alone, answer a search."""
    tokens = {t for name in (line.label, *line.other_names) for t in names.search_tokens(name)}
    return all(not tokens.isdisjoint(need) for need in names.search_needs(query))


def _listed(reader: Reader, rows: list[IndexedPerson], whole: bool) -> list[Listed]:
    """Make the lines of a page; names come only from claims that this reader may see."""
    members = Membership.objects.filter(person__in=[row.pk for row in rows])
    person_of = dict(members.values_list("mention_id", "person_id"))
    # by the mentions themselves: a join lets SQLite walk every name of the case instead
    claims = Claim.objects.filter(access.claims(reader), mention__in=list(person_of))
    said_names = claims.filter(predicate__in=NAMES).values_list(
        "entry", "position", "mention_id", "written"
    )
    forms: dict[str, list[str]] = {}
    for _, _, mention, written in sorted(said_names):
        forms.setdefault(person_of[mention], []).append(written)
    return [_line(row, forms.get(row.pk, []), whole) for row in rows]


def _line(row: IndexedPerson, forms: list[str], whole: bool) -> Listed:
    distinct = list(dict.fromkeys(forms))
    filed: str = row.filed  # annotated by `page`
    label = filed if whole or filed in distinct else next(iter(distinct), "")
    return Listed(
        id=row.pk,
        label=label,
        other_names=tuple(name for name in distinct if name != label),
        unidentified=row.unidentified,
        mentions=row.mentions if whole else 0,
        lists=row.lists if whole else 0,
        conflicts=row.conflicts if whole else 0,
        doubtful=whole and row.chance is not None and row.chance < DOUBTFUL,
        year=row.year if whole else None,
        place=row.place if whole else "",
    )
