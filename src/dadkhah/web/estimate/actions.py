"""Run an estimate over the register as it stands, and keep the run whatever it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from dadkhah import __version__, canonical, estimate
from dadkhah.estimate import Overlaps
from dadkhah.estimate.reasons import gate
from dadkhah.records import Collection, Run, new_id
from dadkhah.web.custody import tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people.models import Membership, PairToReview
from dadkhah.web.sources.models import Collection as CollectionRow

__all__ = ["overlaps_of_register", "run", "sentences"]

NONE_GIVEN = "None was given: the gates refused before one was needed."
MOST_UNDECIDED = 0.02
SCOPE = "Persons on the lists of this case, and those like them whom no list names."


def run(
    *,
    by: str,
    assumption: str,
    seed: int,
    level: float,
    truth: Mapping[str, int] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Run:
    """Estimate, and record the run with its overlaps, gates and answer.

    Args:
        assumption: why these lists can tell of people on none of them, in the words of whoever
            runs it (ST-15); may be empty when a gate refuses anyway.
        truth: of a simulated world, by stratum; shown beside the answer, never used.

    Raises:
        EstimateError: the assumption is missing, or a setting cannot be used.
    """
    size, root = tree.head()
    collections, left_out = _lists()
    table = overlaps_of_register(collections)
    gates = (*estimate.gates(table, collections), _undecided(table.documented))
    if any(gate.stops == "everything" and not gate.passed for gate in gates):
        answer: estimate.Answer = _refusal(table, gates, assumption or NONE_GIVEN, seed)
    else:
        answer = estimate.estimate(
            table, seed=seed, assumption=assumption, level=level, collections=collections,
            progress=progress,
        )  # fmt: skip
    page = estimate.report(
        answer, table, gates, scope=SCOPE, collections=collections, log_digest=root.hex(),
        made_on=now()[:10],
    )  # fmt: skip
    page["left_out"] = left_out
    page["register"] = _register()
    record = Run(
        id=new_id(), type="estimate", at=now(), by=by, log_size=size, log_root=root.hex(),
        seed=seed,
        settings=canonical.without_floats({"level": level, "truth": dict(truth or {})}),
        versions={"dadkhah": __version__, **estimate.versions()},
        result=canonical.without_floats(page),
    )  # fmt: skip
    _keep(by, record)
    return record


def overlaps_of_register(collections: list[Collection]) -> Overlaps:
    """Count the register's persons per pattern of independent lists.

    An unidentified entry cannot be matched, so it is on no pattern; it stays documented.
    """
    titles = {collection.id: collection.title for collection in collections}
    lists: dict[str, set[str]] = defaultdict(set)
    rows = Membership.objects.filter(person__unidentified=False, mention__collection__in=titles)
    for person, collection in rows.values_list("person_id", "mention__collection_id").iterator():
        lists[person].add(titles[collection])
    return estimate.overlaps(
        lists.values(),
        list(titles.values()),
        derived_from={
            c.title: [titles.get(parent, parent) for parent in c.derived_from]
            for c in collections
            if c.derived_from
        },
    )


def _undecided(documented: int) -> estimate.Gate:
    """Test that pairs left for a person could not change the overlaps much (ST-12)."""
    waiting = PairToReview.objects.filter(
        left__collection__isnull=False, right__collection__isnull=False
    )
    chances = list(waiting.values_list("probability", flat=True))
    expected = round(sum(chances))
    passed = expected <= MOST_UNDECIDED * max(documented, 1)
    return gate("pairs-undecided", passed=passed, pairs=len(chances), expected=expected)


def _refusal(
    table: Overlaps, gates: tuple[estimate.Gate, ...], assumption: str, seed: int
) -> estimate.Refusal:
    return estimate.Refusal(
        reasons=tuple(g.reason() for g in gates if g.stops == "everything" and not g.passed),
        documented=table.documented,
        assumption=assumption,
        seed=seed,
        gates=gates,
    )


def sentences(page: Mapping[str, Any]) -> list[str]:
    """Say a report in a few lines, the answer first, each refusal with its reason."""
    lines = [page["headline"]["en"]]
    lines += [f"- {reason['english']}" for reason in page["reasons"]]
    lines += [f"Left out: {item['title']}: {item['why']}" for item in page["left_out"]]
    lines += [
        f"{'passed' if gate['passed'] else 'NOT passed'}: {gate['english']}"
        for gate in page["gates"]
    ]
    return lines


@transaction.atomic
def _keep(by: str, record: Run) -> None:
    append(by=by, changes=[Change(action="estimate.run", records=[record])])


def _lists() -> tuple[list[Collection], list[dict[str, str]]]:
    """Give the lists that can enter, and those that cannot with the reason.

    A list that could not have named everyone in scope (a structural zero in some stratum, ST-09)
    says nothing of the people it could not name.
    """
    listed = CollectionRow.objects.filter(mention__type="person").distinct().order_by("entry")
    records = [row.record() for row in listed]
    kept = [collection for collection in records if not collection.structural_zeros]
    left = [
        {
            "list": collection.id,
            "title": collection.title,
            "why": "It could not list people of: " + ", ".join(collection.structural_zeros) + ".",
        }
        for collection in records
        if collection.structural_zeros
    ]
    return kept, left


def _register() -> dict[str, int]:
    """Count the persons of the register, and the unidentified entries apart (ST-24)."""
    rows = Membership.objects.filter(mention__collection__isnull=False)
    people = rows.values("person").distinct()
    return {
        "documented": people.filter(person__unidentified=False).count(),
        "unidentified": people.filter(person__unidentified=True).count(),
        "reported": rows.count(),
    }
