"""Judge whether two mentions are one person, and run a linkage."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Max

from dadkhah import __version__, canonical, people
from dadkhah.errors import LinkageError, RecordError
from dadkhah.people.judgements import WITHDRAWN
from dadkhah.records import Judgement, Person, Run, new_id
from dadkhah.web.claims.models import Claim, Mention
from dadkhah.web.custody import tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people import blind, doubts, index, models, policy, queue

__all__ = ["LinkageDone", "explode", "judge", "judge_many", "link", "rebuild_index", "undo"]

AUTHOR = f"{people.MACHINE}:dadkhah.people/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageDone:
    """What one linkage gave: mentions in, pairs compared, decided, left for a person, persons;
    how many distinct people the lists name, as an interval over draws; and lists that look copied
    from others (child, parent, the evidence)."""

    run: str
    mentions: int
    pairs: int
    decided: int
    to_review: int
    persons: int
    documented: tuple[int, int, int]
    derived: tuple[tuple[str, str, str], ...]
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
    earlier = models.Judgement.objects.filter(left=left, right=right, by=by)
    last = [row.id for row in people.standing(_records(earlier))]
    record = people.judge(
        left, right, decision, by=by, at=now(), why=why, supersedes=last[-1] if last else ""
    )
    queue.answer(left, right, by=by, reviewers=policy.reviewers())
    _keep(by, "people.judge", [record])
    return record


@transaction.atomic
def judge_many(*, by: str, decided: Sequence[tuple[str, str, str]], why: str) -> int:
    """Record many first decisions as one entry; `rebuild_index` brings the register up to them.

    Args:
        decided: two mentions and same, different or unsure.

    Returns:
        The number of judgements made.
    """
    made = []
    for one, other, decision in decided:
        left, right = sorted((one, other))
        made.append(people.judge(left, right, decision, by=by, at=now(), why=why))
        queue.answer(made[-1].left, made[-1].right, by=by, reviewers=policy.reviewers())
    append(by=by, changes=[Change(action="people.judge", records=made)])
    return len(made)


@transaction.atomic
def undo(*, by: str, judgement: str, why: str = "") -> Judgement:
    """Withdraw a judgement, or a withdrawal; what stood before counts again, to any depth.

    Raises:
        RecordError: judgement-missing.
    """
    row = models.Judgement.objects.filter(pk=judgement, run="").first()
    if row is None:
        raise RecordError("judgement-missing", "There is no judgement of a person with this id.")
    record = people.undo(row.record(), by=by, at=now(), why=why)
    if row.decision != WITHDRAWN:
        queue.put_back(row.left_id, row.right_id, by=row.by, reviewers=policy.reviewers())
    _keep(by, "people.undo", [record])
    return record


@transaction.atomic
def explode(*, by: str, person: str, why: str) -> int:
    """Take a person apart: every "same" among its mentions becomes unsure, each can be undone.

    Returns:
        The number of judgements made.

    Raises:
        RecordError: person-missing, person-single.
    """
    mentions = list(
        models.Membership.objects.filter(person=person)
        .order_by("mention__entry", "mention__position")
        .values_list("mention_id", flat=True)
    )
    if not mentions:
        raise RecordError("person-missing", "There is no person with this id in the register.")
    rows = index.standing_judgements().filter(left__in=mentions, right__in=mentions)
    whole = Person(id=person, mentions=tuple(mentions))
    apart = people.explode(whole, _records(rows), by=by, at=now(), why=why)
    if not apart:
        raise RecordError("person-single", "Nothing joins this person, so nothing is to undo.")
    _keep(by, "people.explode", apart)
    return len(apart)


def _records(rows: Any) -> list[Judgement]:
    return [row.record() for row in rows.order_by("entry", "position")]


def _keep(by: str, action: str, made: Sequence[Judgement]) -> None:
    """Write judgements, and compute the persons that they touch anew."""
    append(by=by, changes=[Change(action=action, records=made)])
    index.refresh_people({end for each in made for end in (each.left, each.right)})


def link(
    *, by: str, settings: people.LinkageSettings, progress: people.Progress | None = None
) -> LinkageDone:
    """Run a linkage over all mentions of persons: one run, kept beside the earlier ones.

    The judgements of earlier machine runs are set aside; those of people stand, also those made
    while it ran: nothing is held until it is computed, and then all is written at once.

    Raises:
        LinkageError: linkage-outdated, when what was compared was erased meanwhile.
    """
    log, seen = tree.head(), models.Judgement.objects.aggregate(last=Max("entry"))["last"] or 0
    mentions = Mention.objects.filter(type="person").order_by("entry", "position")
    records = [row.record() for row in mentions.iterator(chunk_size=2000)]
    claims = Claim.objects.filter(mention__type="person").exclude(status="withdrawn")
    table = people.features(records, _claims(claims.order_by("entry", "position")))
    human = [row.record() for row in _of_people()]
    chosen = dataclasses.replace(settings, no_duplicates=index.sole_lists())
    found = people.link(table, settings=chosen, judgements=human, progress=progress)
    drawn = people.draw_partitions(found.doubt, human, draws=doubts.DRAWS, seed=settings.seed)
    derived = [each for each in people.derivation(table, found) if each.suspected]
    run = _run_record(by, found, chosen, doubts.documented(drawn), derived, log)
    persons = _keep_linkage(by, run, found, _waiting(found, table, drawn, run.id), seen)
    return LinkageDone(
        run=run.id,
        mentions=len(records),
        pairs=found.candidates.height,
        decided=_same_by_machine(found).height,
        to_review=models.PairToReview.objects.count(),
        persons=persons,
        documented=tuple(run.result["documented"][end] for end in ("low", "middle", "high")),
        derived=tuple((d.child, d.parent, d.sentences[0]) for d in derived),
        flags=tuple(found.flags),
    )


@transaction.atomic
def _keep_linkage(
    by: str, run: Run, found: people.Linkage, waiting: list[models.PairToReview], seen: int
) -> int:
    """Write a run, its decisions and its queue, and compute the register anew."""
    known = set(Mention.objects.filter(type="person").values_list("pk", flat=True))
    if not {*found.doubt.ids} <= known:
        raise LinkageError(
            "linkage-outdated",
            "Something that was compared was erased while the linkage ran; nothing was changed.",
            todo="Run dadkhah link again.",
        )
    doubts.keep(run.id, found.doubt)
    _leave_for_people(waiting, seen)
    append(by=by, changes=[Change(action="people.link", records=[run, *_decided(found, run)])])
    return index.rebuild()


def rebuild_index(advance: Callable[[int], None] = lambda _: None) -> int:
    """Compute the register's index anew and give the number of persons."""
    return index.rebuild(advance)


def _claims(rows: Any) -> Iterator[Any]:
    for row in rows.iterator(chunk_size=2000):
        yield row.record()


def _of_people() -> Any:
    return blind.counted(models.Judgement.objects.filter(run="")).order_by("entry", "position")


def _run_record(
    by: str,
    found: people.Linkage,
    settings: people.LinkageSettings,
    documented: people.Interval,
    derived: Sequence[people.Derivation],
    log: tuple[int, bytes],
) -> Run:
    said = dataclasses.asdict(settings)
    said["no_duplicates"] = sorted(said["no_duplicates"])
    return Run(
        id=new_id(),
        type="linkage",
        at=now(),
        by=by,
        log_size=log[0],
        log_root=log[1].hex(),
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
                "derived": [dataclasses.asdict(each) for each in derived],
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


def _waiting(
    found: people.Linkage, table: pl.DataFrame, drawn: people.Partitions, run: str
) -> list[models.PairToReview]:
    """Give the pairs that a linkage leaves for people."""
    waiting = found.pairs.filter(pl.col("decision") == "review")
    matters = people.importance(waiting, table, drawn).tolist()
    waiting = waiting.with_columns(probability=people.pair_chances(waiting, drawn))
    return [
        models.PairToReview(
            left_id=pair["left"],
            right_id=pair["right"],
            probability=pair["probability"],
            importance=weight,
            run=run,
            reasons=pair["why"].split("; "),
        )
        for pair, weight in zip(waiting.iter_rows(named=True), matters, strict=True)
    ]


def _leave_for_people(waiting: Sequence[models.PairToReview], seen: int) -> None:
    """Make the queue anew, without what people judged since an entry of the log."""
    answered, judged = queue.answers(), _judged_since(seen)
    models.PairToReview.objects.all().delete()
    rows = [row for row in waiting if _ends(row) not in judged]
    for row in rows:
        row.answered = answered.get(_ends(row), "")
    models.PairToReview.objects.bulk_create(rows, batch_size=500)


def _judged_since(seen: int) -> set[frozenset[str]]:
    """Give the pairs of which people said something since an entry, as far as it stands."""
    since = models.Judgement.objects.filter(run="", entry__gt=seen)
    lefts = list(since.values_list("left", flat=True))
    of_these = blind.counted(models.Judgement.objects.filter(run="", left__in=lefts))
    return {frozenset((each.left, each.right)) for each in people.standing(_records(of_these))}


def _ends(row: models.PairToReview) -> frozenset[str]:
    return frozenset((row.left_id, row.right_id))
