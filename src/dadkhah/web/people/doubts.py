"""The doubt that the last linkage left: draws of who is who, persons' chances, overlap draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.db.models import QuerySet

from dadkhah import people, records
from dadkhah.people import Chance, Doubt, Interval, OverlapDraws, Partitions
from dadkhah.web.claims.models import Mention
from dadkhah.web.people import blind
from dadkhah.web.people.models import Judgement, LinkageDoubt

__all__ = ["DRAWS", "chances", "documented", "keep", "latest", "overlap_draws", "partitions"]

DRAWS = 200
FEW = 500


def keep(run: str, doubt: Doubt) -> None:
    """Keep a run's doubt in place of the one before."""
    LinkageDoubt.objects.all().delete()
    LinkageDoubt.objects.create(run=run, data=doubt.to_bytes())


def latest() -> Doubt | None:
    """Give the doubt of the last linkage, or nothing when none ran in this store."""
    run = LinkageDoubt.objects.values_list("run", flat=True).first()
    return _read(run) if run else None


@lru_cache(maxsize=1)
def _read(run: str) -> Doubt:
    """Read a run's doubt once; it never changes."""
    return people.read_doubt(bytes(LinkageDoubt.objects.get(run=run).data))


def partitions(*, draws: int = DRAWS, seed: int = 1) -> Partitions | None:
    """Draw who is who, given the last linkage and every judgement of a person made since."""
    doubt = latest()
    if doubt is None:
        return None
    return people.draw_partitions(doubt, _of_people(), draws=draws, seed=seed)


def chances(persons: Sequence[Sequence[str]]) -> list[Chance] | None:
    """Give the chances of persons (their mentions), from draws of their own groups alone."""
    doubt = latest()
    if doubt is None:
        return None
    wanted = {mention for person in persons for mention in person}
    part = doubt.part(wanted)
    drawn = people.draw_partitions(part, _of_people({*wanted, *part.ids}), draws=DRAWS)
    return drawn.chances(persons)


def overlap_draws(
    list_names: Mapping[str, str], *, draws: int = DRAWS, seed: int = 1
) -> OverlapDraws | None:
    """Count people per pattern of lists in each of several draws of who is who (ST-12).

    Args:
        list_names: the name of the list that each collection (by id) counts as; a copy bears the
            name of its original. Collections that are not named do not enter.

    Returns:
        Nothing when no linkage ran. Unidentified mentions never count.
    """
    drawn = partitions(draws=draws, seed=seed)
    if drawn is None:
        return None
    rows = _identified().filter(collection__in=list_names)
    lists_of = {
        mention: list_names[collection]
        for mention, collection in rows.values_list("pk", "collection_id").iterator()
    }
    return drawn.overlaps(lists_of, list(dict.fromkeys(list_names.values())))


def documented(drawn: Partitions, level: float = 0.95) -> Interval:
    """Count the distinct persons whom lists name, as an interval over draws."""
    rows = _identified().filter(collection__isnull=False)
    return drawn.documented(rows.values_list("pk", flat=True).iterator(), level)


def _identified() -> QuerySet[Mention]:
    return Mention.objects.filter(type="person", unidentified=False)


def _of_people(mentions: Iterable[str] = ()) -> list[records.Judgement]:
    """Give the judgements of people, or those on a few mentions."""
    rows = blind.counted(Judgement.objects.filter(run="")).order_by("entry", "position")
    wanted = list(mentions)
    if 0 < len(wanted) <= FEW:
        rows = rows.filter(left__in=wanted, right__in=wanted)
    return [row.record() for row in rows]
