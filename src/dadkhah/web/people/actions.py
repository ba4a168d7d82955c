"""Judge whether two mentions are one person, and run a linkage."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import transaction

from dadkhah import __version__, canonical, people
from dadkhah.errors import RecordError
from dadkhah.records import Judgement, Run, new_id
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people import doubts, index, models

__all__ = ["LinkageDone", "judge", "link", "rebuild_index"]

AUTHOR = f"{people.MACHINE}:dadkhah.people/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageDone:
    """What one linkage gave: mentions in, pairs compared, decided, left for a person, persons;
    and how many distinct people the lists name, as an interval over draws."""

    run: str
    mentions: int
    pairs: int
    decided: int
    to_review: int
    persons: int
    documented: tuple[int, int, int]
    flags: tuple[str, ...]


@transaction.atomic
def judge(*, by: str, left: str, right: str, decision: str, why: str = "") -> Judgement:
    """Record what a person decided about two mentions; their earlier judgement is superseded.

    Raises:
        RecordError: judgement-decision, judgement-itself, judgement-mentions.
    """
    left, right = sorted((left, right))
    if Mention.objects.filter(pk__in=(left, right), type="person").count() != 2:
        raise RecordError("judgement-mentions", "A judgement is about two mentions of persons.")
    earlier = models.Judgement.objects.filter(left=left, right=right, by=by).order_by("-entry")
    last = earlier.values_list("pk", flat=True).first()
    record = people.judge(left, right, decision, by=by, at=now(), why=why, supersedes=last or "")
    models.PairToReview.objects.filter(left=left, right=right).delete()
    models.PairToReview.objects.filter(left=right, right=left).delete()
    append(by=by, changes=[Change(action="people.judge", records=[record])])
    return record


@transaction.atomic
def link(
    *, by: str, settings: people.LinkageSettings, progress: people.Progress | None = None
) -> LinkageDone:
    """Run a linkage over all mentions of persons: one run, kept beside the earlier ones.

    The judgements of earlier machine runs are set aside; those of people stand.
    """
    mentions = Mention.objects.filter(type="person").order_by("entry", "position")
    records = [row.record() for row in mentions.iterator(chunk_size=2000)]
    claims = Claim.objects.filter(mention__type="person").exclude(status="withdrawn")
    table = people.features(records, _claims(claims.order_by("entry", "position")))
    human = [row.record() for row in _of_people()]
    chosen = dataclasses.replace(settings, no_duplicates=index.sole_lists())
    found = people.link(table, settings=chosen, judgements=human, progress=progress)
    drawn = people.draw_partitions(found.doubt, human, draws=doubts.DRAWS, seed=settings.seed)
    run = _run_record(by, found, chosen, doubts.documented(drawn))
    doubts.keep(run.id, found.doubt)
    decided = _decided(found, run)
    _leave_for_people(found, run.id)
    append(by=by, changes=[Change(action="people.link", records=[run, *decided])])
    persons = index.rebuild()
    return LinkageDone(
        run=run.id,
        mentions=len(records),
        pairs=found.candidates.height,
        decided=len(decided),
        to_review=models.PairToReview.objects.count(),
        persons=persons,
        documented=tuple(run.result["documented"][end] for end in ("low", "middle", "high")),
        flags=tuple(found.flags),
    )


def rebuild_index(advance: Callable[[int], None] = lambda _: None) -> int:
    """Compute the register's index anew and give the number of persons."""
    return index.rebuild(advance)


def _claims(rows: Any) -> Iterator[Any]:
    for row in rows.iterator(chunk_size=2000):
        yield row.record()


def _of_people() -> Any:
    return models.Judgement.objects.filter(run="").order_by("entry", "position")


def _run_record(
    by: str, found: people.Linkage, settings: people.LinkageSettings, documented: people.Interval
) -> Run:
    size, root = tree.head()
    said = dataclasses.asdict(settings)
    said["no_duplicates"] = sorted(said["no_duplicates"])
    return Run(
        id=new_id(),
        type="linkage",
        at=now(),
        by=by,
        log_size=size,
        log_root=root.hex(),
        seed=settings.seed,
        settings=canonical.without_floats(said),
        versions=dict(found.versions),
        result=canonical.without_floats(
            {
                "blocking": found.blocking.to_dicts(),
                "parameters": found.parameters.to_dicts(),
                "prior": found.prior,
                "compared": found.candidates.height,
                "decided": _same_by_machine(found).height,
                "flags": list(found.flags),
                "documented": dataclasses.asdict(documented),
            }
        ),
    )


def _same_by_machine(found: people.Linkage) -> Any:
    return found.pairs.filter((pl.col("decision") == "same") & (pl.col("by") == "machine"))


def _decided(found: people.Linkage, run: Run) -> list[Judgement]:
    """Give the machine's decisions as judgements of this run."""
    return [
        people.judge(
            pair["left"],
            pair["right"],
            "same",
            by=AUTHOR,
            at=run.at,
            why=pair["why"],
            score=f"{pair['probability']:.6f}",
            run=run.id,
        )
        for pair in _same_by_machine(found).iter_rows(named=True)
    ]


def _leave_for_people(found: people.Linkage, run: str) -> None:
    models.PairToReview.objects.all().delete()
    models.PairToReview.objects.bulk_create(
        [
            models.PairToReview(
                left_id=pair["left"],
                right_id=pair["right"],
                probability=pair["probability"],
                run=run,
                reasons=pair["why"].split("; "),
            )
            for pair in found.pairs.filter(pl.col("decision") == "review").iter_rows(named=True)
        ],
        batch_size=500,
    )
