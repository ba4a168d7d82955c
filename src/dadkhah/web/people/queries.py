"""Read one person: what is said of them, by whom, and why these accounts are one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dadkhah import predicates
from dadkhah.text import script
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.claims.queries import disagree, grouped, mentions
from dadkhah.web.claims.said import Said, newest_last, said, seen
from dadkhah.web.custody.access import Reader
from dadkhah.web.people import register, review
from dadkhah.web.people.models import (
    IndexedPerson,
    Judgement,
    Membership,
    PairToReview,
    Run,
)
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Collection

__all__ = [
    "PersonPage",
    "count",
    "documented",
    "of_mention",
    "person",
]

SHORT = 40
POINTING = 200
_ORDER = {predicate.name: place for place, predicate in enumerate(predicates.all())}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person: all that is said, by whom, what disagrees, and why these accounts are one.

    Args:
        values: claims by predicate. spellings: each name form with the claims that give it.
        disagree: predicates with more than one reading.
        pointing: claims about other things, an act or an order, that point to this person.
        chance: that these accounts are one person, over draws of who is who.
        left_out: how many claims, accounts and judgements a short page leaves out. Of what is said
            differently, each form stands on it at least once.
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
    account_count: int = 0
    left_out: int = 0

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


def of_mention(reader: Reader, mention_id: str) -> str | None:
    """Give the person to whom a mention belongs."""
    rows = Membership.objects.filter(register.sight(reader), mention=mention_id)
    return rows.values_list("person", flat=True).first()


def person(reader: Reader, person_id: str, *, whole: bool = True) -> PersonPage | None:
    """Give one person as this reader may see them; nothing when nothing may be seen.

    Args:
        whole: everything; otherwise SHORT claims of each predicate, accounts and judgements, and
            each further form in which something is said.
    """
    row = IndexedPerson.objects.filter(pk=person_id).first()
    if row is None:
        return None
    members = Membership.objects.filter(register.sight(reader), person=person_id)
    ids = list(members.values_list("mention", flat=True))
    found = newest_last(said(reader, seen(reader).filter(mention__in=ids)))
    if not ids or not (found or reader.signed_in):
        return None
    values = dict(sorted(grouped(found).items(), key=lambda item: _ORDER.get(item[0], 999)))
    spellings = _spellings(found)
    accounts, judgements = _mentions(reader, ids), review.judgements(reader, ids)
    most = None if whole else SHORT
    shown = {name: _shortened(claims, most) for name, claims in values.items()}
    left_out = len(found) - sum(map(len, shown.values()))
    left_out += sum(len(rows) - len(rows[:most]) for rows in (accounts, judgements))
    return PersonPage(
        id=row.pk,
        label=_label(row, spellings),
        unidentified=row.unidentified,
        values=shown,
        disagree=frozenset(name for name, claims in values.items() if disagree(claims)),
        spellings=spellings,
        accounts=tuple(accounts[:most]),
        lists=tuple(_lists(reader, ids)),
        judgements=tuple(judgements[:most]),
        pairs=tuple(review.pairs_of(reader, ids)),
        pointing=tuple(_pointing(reader, ids)),
        # of all its accounts: told of fewer, it would tell of the others
        chance=row.chance if reader.signed_in and len(ids) == row.mentions else None,
        account_count=len(accounts),
        left_out=left_out,
    )


def _shortened(claims: list[Said], most: int | None) -> list[Said]:
    """Leave the first claims, and of the rest each that says something in another form."""
    if most is None or len(claims) <= most:
        return claims
    known = {_form(claim) for claim in claims[:most]}
    further: dict[tuple[str, ...], Said] = {}
    for claim in claims[most:]:
        if _form(claim) not in known:
            further.setdefault(_form(claim), claim)
    return [*claims[:most], *further.values()]


def _form(claim: Said) -> tuple[str, ...]:
    return claim.written, claim.stance, claim.status, claim.target


def _label(row: IndexedPerson, spellings: Mapping[str, list[Said]]) -> str:
    return row.label if row.label in spellings else next(iter(spellings), "")


def _spellings(found: Iterable[Said]) -> dict[str, list[Said]]:
    forms: dict[str, list[Said]] = {}
    for claim in found:
        if claim.predicate in register.NAMES:
            forms.setdefault(claim.written, []).append(claim)
    return forms


def _mentions(reader: Reader, ids: list[str]) -> list[Mention]:
    if not reader.signed_in:
        return []
    return sorted(mentions(reader, ids).values(), key=lambda each: (each.entry, each.position))


def _pointing(reader: Reader, ids: list[str]) -> list[Said]:
    """Give what claims about other things say of this person; only where both may be seen."""
    if not reader.signed_in:
        return []
    # by id first: joined with the source, the store would go through every claim of it
    rows = Claim.objects.filter(target__in=ids).exclude(status="withdrawn")
    chosen = list(rows.order_by("entry", "position").values_list("pk", flat=True)[:POINTING])
    return newest_last(said(reader, seen(reader).filter(pk__in=chosen)))


def _lists(reader: Reader, ids: list[str]) -> list[Collection]:
    seen_ids = {row.pk for row in sources.collections(reader)}
    rows = Collection.objects.filter(mention__in=ids).distinct()
    return [row for row in rows.order_by("title", "pk") if row.pk in seen_ids]
