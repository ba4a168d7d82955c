"""Read the register: search, one person, and the pairs left for someone to judge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from dadkhah import names, predicates
from dadkhah.text import script
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.claims.queries import disagree, grouped
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody import access
from dadkhah.web.custody.access import Reader
from dadkhah.web.people import review
from dadkhah.web.people.models import (
    IndexedPerson,
    IndexedToken,
    Judgement,
    Membership,
    PairToReview,
    Run,
)
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Collection

__all__ = [
    "PAGE",
    "Listed",
    "PersonPage",
    "count",
    "documented",
    "of_mention",
    "page",
    "person",
]

PAGE = 50
CANDIDATES = 2000
LONG_LIST = 2000
DOUBTFUL = 0.95
NAMES = ("person.name", "person.other_name")
_ORDER = {predicate.name: place for place, predicate in enumerate(predicates.all())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the register.

    Args:
        label: the name to show; empty when no name may be shown to this reader.
        lists: number of sources or lists; conflicts: predicates on which they disagree.
    """

    id: str
    label: str
    sort_key: str
    other_names: tuple[str, ...] = ()
    unidentified: bool = False
    mentions: int = 0
    lists: int = 0
    conflicts: int = 0
    doubtful: bool = False
    year: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person: all that is said, by whom, what disagrees, and why these accounts are one.

    Args:
        values: claims by predicate. spellings: each name form with the claims that give it.
        disagree: predicates with more than one reading.
        pointing: claims about other things, an act or an order, that point to this person.
        chance: that these accounts are one person, over draws of who is who.
    """

    id: str
    label: str
    unidentified: bool
    values: Mapping[str, list[Said]]
    disagree: frozenset[str]
    spellings: Mapping[str, list[Said]]
    accounts: tuple[Mention, ...]
    lists: tuple[Collection, ...]
    judgements: tuple[Judgement, ...]
    pairs: tuple[PairToReview, ...]
    pointing: tuple[Said, ...] = ()
    chance: float | None = None

    @property
    def per_cent(self) -> str:
        """The probability that these accounts are one person, in per cent; rounded down, so that
        only certainty shows as 100."""
        return "" if self.chance is None else f"{math.floor(self.chance * 1000) / 10:g}"

    def heading(self, language: str) -> str:
        """The name at the head of the page: a spelling in the reader's own script, where a source
        gives one; otherwise as the register has it."""
        wanted = "Arabic" if language == "fa" else "Latin"
        written = (form for form in self.spellings if script(form) == wanted)
        return self.label if script(self.label) == wanted else next(written, self.label)


def count(reader: Reader) -> int | None:
    """Count the people of the register for a reader who may see all of it."""
    return IndexedPerson.objects.count() if sources.reads_all(reader) else None


def documented(reader: Reader) -> Mapping[str, int] | None:
    """Give how many distinct persons the lists name, low to high, as the last linkage found."""
    if not sources.reads_all(reader):
        return None
    run = Run.objects.filter(type="linkage").order_by("-entry").first()
    return run.result.get("documented") if run else None


def page(reader: Reader, wanted: Mapping[str, str]) -> list[Listed]:
    """Give up to PAGE + 1 people in the order of their names, after a place in that order.

    Args:
        wanted: q (any script), place, year, list (id of a collection), conflicts, unidentified,
            after (sort key and id, joined by a vertical bar).
    """
    rows = IndexedPerson.objects.all()
    whole = sources.reads_all(reader)
    rows = _filtered(rows, wanted) if whole else rows.filter(_visible(reader))
    if wanted.get("list"):
        rows = rows.filter(_on_list(reader, wanted["list"]))
    for word in wanted.get("q", "").split()[:8]:
        rows = rows.filter(_finds(word))
    rows = _after(rows, wanted.get("after", "")).order_by("sort_key", "pk")
    if whole or not wanted.get("q"):
        return _listed(reader, list(rows[: PAGE + 1]), whole)
    found = _listed(reader, list(rows[:CANDIDATES]), whole)
    return [line for line in found if _answers(line, wanted["q"])][: PAGE + 1]


def of_mention(reader: Reader, mention_id: str) -> str | None:
    """Give the person to whom a mention belongs."""
    rows = Membership.objects.filter(_sight(reader), mention=mention_id)
    return rows.values_list("person", flat=True).first()


def person(reader: Reader, person_id: str) -> PersonPage | None:
    """Give one person as this reader may see them; nothing when nothing may be seen."""
    row = IndexedPerson.objects.filter(pk=person_id).first()
    if row is None:
        return None
    members = Membership.objects.filter(_sight(reader), person=person_id)
    ids = list(members.values_list("mention", flat=True))
    found = newest_last(said(reader, seen(reader).filter(mention__in=ids)))
    if not ids or not (found or reader.signed_in):
        return None
    values = dict(sorted(grouped(found).items(), key=lambda item: _ORDER.get(item[0], 999)))
    spellings = _spellings(found)
    return PersonPage(
        id=row.pk,
        label=_label(row, spellings),
        unidentified=row.unidentified,
        values=values,
        disagree=frozenset(name for name, claims in values.items() if disagree(claims)),
        spellings=spellings,
        accounts=tuple(_mentions(reader, ids)),
        lists=tuple(_lists(reader, ids)),
        judgements=tuple(review.judgements(reader, ids)),
        pairs=tuple(review.pairs_of(reader, ids)),
        pointing=tuple(_pointing(reader, ids)),
        chance=row.chance if reader.signed_in else None,
    )


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


def _sight(reader: Reader) -> Q:
    """Leave the memberships whose mention this reader may see."""
    if reader.signed_in:
        return access.sources(reader, "mention__source__")
    return Q(Exists(Claim.objects.filter(access.claims(reader), mention=OuterRef("mention"))))


def _visible(reader: Reader) -> Exists:
    return Exists(Membership.objects.filter(_sight(reader), person=OuterRef("pk")))


def _on_list(reader: Reader, collection: str) -> Q | Exists:
    """Choose the people of a list: of a long one by looking along the register, of a short one
    by going through the list; either is quick where the other is slow."""
    mentions = Membership.objects.filter(_sight(reader), mention__collection=collection)
    if Mention.objects.filter(collection=collection)[:LONG_LIST].count() < LONG_LIST:
        return Q(pk__in=mentions.values("person"))
    return Exists(mentions.filter(person=OuterRef("pk")))


def _finds(word: str) -> Q:
    tokens = names.search_tokens(word)
    return Q(pk__in=IndexedToken.objects.filter(token__in=tokens).values("person"))


def _after(rows: QuerySet[IndexedPerson], place: str) -> QuerySet[IndexedPerson]:
    key, bar, person_id = place.rpartition("|")
    if not bar:
        return rows
    return rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=person_id))


def _answers(line: Listed, query: str) -> bool:
    """Say whether the names that may be shown, and these alone, answer a search."""
    tokens = {t for name in (line.label, *line.other_names) for t in names.search_tokens(name)}
    return all(tokens & set(names.search_tokens(word)) for word in query.split()[:8])


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
    label = row.label if whole or row.label in distinct else next(iter(distinct), "")
    return Listed(
        id=row.pk,
        label=label,
        sort_key=row.sort_key,
        other_names=tuple(name for name in distinct if name != label),
        unidentified=row.unidentified,
        mentions=row.mentions if whole else 0,
        lists=row.lists if whole else 0,
        conflicts=row.conflicts if whole else 0,
        doubtful=whole and row.chance is not None and row.chance < DOUBTFUL,
        year=row.year if whole else None,
        place=row.place if whole else "",
    )


def _label(row: IndexedPerson, spellings: Mapping[str, list[Said]]) -> str:
    return row.label if row.label in spellings else next(iter(spellings), "")


def _spellings(found: Iterable[Said]) -> dict[str, list[Said]]:
    forms: dict[str, list[Said]] = {}
    for claim in found:
        if claim.predicate in NAMES:
            forms.setdefault(claim.written, []).append(claim)
    return forms


def _mentions(reader: Reader, ids: list[str]) -> list[Mention]:
    if not reader.signed_in:
        return []
    rows = Mention.objects.filter(access.sources(reader, "source__"), pk__in=ids)
    return list(rows.select_related("source", "collection").order_by("entry", "position"))


def _pointing(reader: Reader, ids: list[str]) -> list[Said]:
    """Give what claims about other things say of this person; only where both may be seen."""
    if not reader.signed_in:
        return []
    rows = seen(reader).filter(target__in=ids).exclude(status="withdrawn")
    return newest_last(said(reader, rows[:200]))


def _lists(reader: Reader, ids: list[str]) -> list[Collection]:
    seen_ids = {row.pk for row in sources.collections(reader)}
    rows = Collection.objects.filter(mention__in=ids).distinct()
    return [row for row in rows.order_by("title", "pk") if row.pk in seen_ids]
