"""The first page: what is known, what disagrees, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from dadkhah.web.claims import queries as claims
from dadkhah.web.claims.models import Claim
from dadkhah.web.claims.said import Said
from dadkhah.web.custody import access, shown
from dadkhah.web.custody import queries as custody
from dadkhah.web.custody.access import Reader
from dadkhah.web.custody.models import Case, CustodyEvent, LogEntry
from dadkhah.web.estimate import queries as estimate
from dadkhah.web.estimate.answer import Answer, read_answer
from dadkhah.web.estimate.queries import Figure
from dadkhah.web.people import queries as people
from dadkhah.web.people import review
from dadkhah.web.people.models import IndexedPerson
from dadkhah.web.sources import fixity_runs
from dadkhah.web.sources import queries as sources
from dadkhah.web.sources.models import Source

__all__ = ["Overview", "overview"]

FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on the first page.

    Args:
        scope: whom, which acts, where and when the case covers, in the reader's language.
        people: number in the register, or None when this reader may not see all of it.
        figures: the smallest and the largest stated figure, and what lies between.
        contested: people on whom sources disagree most.
        incidents: bytes that are not what they were, until the store is found whole again.
    """

    scope: tuple[str, ...]
    sources: int
    claims: int
    people: int | None
    unreviewed: int
    figures: tuple[Figure, ...]
    answer: Answer | None
    conflicts: tuple[Said, ...]
    contested: tuple[IndexedPerson, ...]
    pairs: int
    incidents: tuple[CustodyEvent, ...]
    entries: tuple[LogEntry, ...]
    log_size: int


def overview(reader: Reader) -> Overview:
    """Gather the first page for one reader."""
    whole = sources.reads_all(reader)
    visible = Claim.objects.all() if whole else Claim.objects.filter(access.claims(reader))
    run = estimate.latest_run(reader)
    contested = IndexedPerson.objects.filter(conflicts__gt=0).order_by("-conflicts", "sort_key")
    return Overview(
        scope=_scope(Case.objects.first()),
        sources=Source.objects.filter(access.sources(reader)).count(),
        claims=visible.count(),
        people=people.count(reader),
        unreviewed=visible.filter(Q(status="unreviewed")).count(),
        figures=tuple(estimate.figures(reader)),
        answer=read_answer(run.result, run.settings) if run else None,
        conflicts=tuple(claims.conflicts(reader, FEW)),
        contested=tuple(contested[:FEW]) if whole else (),
        pairs=review.open_pairs(reader),
        incidents=tuple(fixity_runs.open_incidents(reader)),
        entries=tuple(custody.latest(reader, FEW)),
        log_size=custody.size(),
    )


def _scope(case: Case | None) -> tuple[str, ...]:
    if case is None:
        return ()
    told = [shown.by_language(text) for text in (case.acts, case.persons, case.places) if text]
    return tuple(filter(None, [*told, shown.date(case.dates) if case.dates else ""]))
