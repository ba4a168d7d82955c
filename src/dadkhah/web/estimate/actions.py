"""Run an estimate over the register as it stands, and keep the run whatever it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from dadkhah import __version__, canonical, estimate
from dadkhah.estimate import Averaged, Draw, Overlaps
from dadkhah.estimate.reasons import gate
from dadkhah.records import Collection, Run, new_id
from dadkhah.web.custody import tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.custody.models import Case
from dadkhah.web.estimate import plans, register
from dadkhah.web.people import doubts
from dadkhah.web.people.models import PairToReview

__all__ = ["plan", "run", "sentences"]

NONE_GIVEN = "None was given: the gates refused before one was needed."
MOST_UNDECIDED = 0.02
SCOPE = "Persons on the lists of this case, and those like them whom no list names."
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a run reads before it estimates."""

    plan: plans.Plan
    lists: list[Collection]
    left_out: list[dict[str, str]]
    drawn: register.Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Further:
    """What a run does beside its answer: invented worlds per supposition, the sensitivity panel."""

    worlds: int
    panel: bool


def plan(*, by: str, settings: plans.Plan) -> Run:
    """Lay down what will be estimated, and how, before overlaps are counted.

    Args:
        settings: without lists, all lists of persons in the case now.

    Raises:
        EstimateError: estimate-cut-unknown.
    """
    lists = settings.lists or tuple(c.id for c in register.lists_of_case())
    return plans.lay_down(by=by, plan=replace(settings, lists=lists, scope=settings.scope or SCOPE))


def run(
    *,
    by: str,
    assumption: str | None = None,
    seed: int | None = None,
    level: float | None = None,
    cuts: Sequence[str] | None = None,
    partitions: int | None = None,
    borrow: str | None = None,
    simulate: int = 0,
    panel: bool = False,
    truth: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Estimate as the newest plan says, and record the run with its overlaps, gates and answer.

    Without a plan, these settings are laid down as one first. With one, a setting that differs is
    kept as a deviation, which the report shows.

    Args:
        assumption: why these lists can tell of people on none of them, in the words of whoever
            runs it (ST-15); may be empty when a gate refuses anyway.
        cuts: what cuts the people into strata, of `plans.CUTS`.
        partitions: draws of who is who.
        borrow: why thin strata may be judged by the others, in words.
        simulate: invented worlds like this case, per supposition; 0 leaves them out.
        panel: also estimate without each list and under other priors.
        truth: of a simulated world, by stratum; shown beside the answer, never used.

    Raises:
        EstimateError: the assumption is missing, or a setting cannot be used.
    """
    asked = {
        "assumption": assumption,
        "seed": seed,
        "level": level,
        "cuts": tuple(cuts) if cuts is not None else None,
        "partitions": partitions,
        "borrow": borrow,
    }
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    kept = _plan_kept(by, given)
    done = replace(plans.read(kept.settings), **given)
    size, root = tree.head()
    case = _read_case(done)
    page = _page(case, root.hex(), _Further(worlds=simulate, panel=panel), progress)
    page["plan"] = _plan_page(kept, done)
    record = Run(
        id=new_id(), type="estimate", at=now(), by=by, log_size=size, log_root=root.hex(),
        seed=done.seed,
        settings=canonical.without_floats(
            {"level": done.level, "truth": dict(truth or {}), "plan": kept.id,
             "cuts": list(done.cuts)}
        ),
        versions={"dadkhah": __version__, **estimate.versions()},
        result=canonical.without_floats(page),
    )  # fmt: skip
    _keep(by, record)
    return record


def _plan_kept(by: str, given: Mapping[str, Any]) -> Any:
    """The newest plan; without one, these settings are laid down first."""
    kept = plans.latest()
    if kept is None:
        plan(by=by, settings=plans.Plan(**{"assumption": "", **given}))
        kept = plans.latest()
    if kept is None:
        raise LookupError("the plan just laid down is not there")
    return kept


def _read_case(done: plans.Plan) -> _Read:
    """Read lists and people, and draw what is in doubt."""
    lists, left_out = _usable(register.lists_of_case(done.lists), bool(done.cuts))
    drawn = register.draws_of_register(lists, done.cuts, partitions=done.partitions, seed=done.seed)
    return _Read(plan=done, lists=lists, left_out=left_out, drawn=drawn)


def _usable(lists: list[Collection], strata: bool) -> tuple[list[Collection], list[dict[str, str]]]:
    """Give the lists that can enter, and those that cannot with the reason.

    A list that could not have named everyone in scope (a structural zero in some stratum, ST-09)
    says nothing of the people it could not name; cut into strata, it enters where it could.
    """
    kept = [c for c in lists if strata or not c.structural_zeros]
    left = [
        {
            "list": c.id,
            "title": c.title,
            "why": "It could not list people of: " + ", ".join(c.structural_zeros) + ".",
        }
        for c in lists
        if c not in kept
    ]
    return kept, left


def _page(case: _Read, root: str, further: _Further, progress: Progress | None) -> dict[str, Any]:
    """Estimate and write the report."""
    whole = _whole(case.drawn.draws[0].tables, case.lists)
    gates = (*estimate.gates(whole, case.lists), _undecided(whole.documented))
    done = case.plan
    if any(g.stops == "everything" and not g.passed for g in gates):
        averaged = Averaged(answer=_refusal(whole, gates, done), strata=(), width={})
        draws: list[Draw] = []
    else:
        draws = case.drawn.draws
        averaged = estimate.estimate_draws(
            draws, seed=done.seed, assumption=done.assumption, level=done.level,
            models=done.models, borrow=done.borrow, collections=case.lists, progress=progress,
        )  # fmt: skip
    worlds = _rehearsed(whole, averaged, case.plan, further.worlds if draws else 0, progress)
    panel = estimate.sensitivity(whole, seed=done.seed) if draws and further.panel else None
    page = estimate.report(
        averaged.answer, whole, gates, scope=done.scope or SCOPE, collections=case.lists,
        log_digest=root, made_on=now()[:10], averaged=averaged, draws=draws, simulation=worlds,
        sensitivity=panel,
        settings={"level": done.level, "models": list(done.models), "cuts": list(done.cuts),
                  "borrow": done.borrow},
    )  # fmt: skip
    page["simulated"] = Case.objects.filter(simulated=True).exists()
    page["left_out"] = case.left_out
    page["register"] = register.counts()
    page["missing_strata"] = case.drawn.missing
    page["values_joined"] = dict(case.drawn.joined)
    return page


def _rehearsed(
    table: Overlaps, averaged: Averaged, done: plans.Plan, worlds: int, progress: Progress | None
) -> list[dict[str, Any]]:
    """Invented worlds like this case, as many people as its answer's middle (or its bound)."""
    people = getattr(averaged.answer, "middle", getattr(averaged.answer, "low", 0.0))
    if not worlds or not people:
        return []
    return estimate.rehearse(
        table, people=round(people), seed=done.seed, worlds=worlds, level=done.level,
        progress=progress,
    )  # fmt: skip


def _whole(tables: Sequence[Overlaps], lists: Sequence[Collection]) -> Overlaps:
    """All strata as one table of the lists that enter any."""
    names = [c.title for c in lists if any(c.title in t.lists for t in tables)]
    merged: dict[str, tuple[str, ...]] = {}
    patterns, counts = [], []
    for table in tables:
        merged |= table.merged
        for pattern, n in zip(table.patterns, table.counts, strict=True):
            on = {name for name, x in zip(table.lists, pattern, strict=True) if x}
            patterns.append(tuple(int(name in on) for name in names))
            counts.append(n)
    return estimate.tidy(
        Overlaps(lists=tuple(names), patterns=tuple(patterns), counts=tuple(counts), merged=merged)
    )


def _undecided(documented: int) -> estimate.Gate:
    """Test that pairs left for a person could not change the overlaps much (ST-12).

    Where the linkage left its doubt as draws of who is who, they are in the answer's width.
    """
    waiting = PairToReview.objects.filter(
        left__collection__isnull=False, right__collection__isnull=False
    )
    chances = list(waiting.values_list("probability", flat=True))
    expected = round(sum(chances))
    if doubts.latest() is not None:
        return gate("linkage-averaged", passed=True, pairs=len(chances), expected=expected)
    passed = expected <= MOST_UNDECIDED * max(documented, 1)
    return gate("pairs-undecided", passed=passed, pairs=len(chances), expected=expected)


def _refusal(
    table: Overlaps, gates: tuple[estimate.Gate, ...], done: plans.Plan
) -> estimate.Refusal:
    return estimate.Refusal(
        reasons=tuple(g.reason() for g in gates if g.stops == "everything" and not g.passed),
        documented=table.documented,
        assumption=done.assumption or NONE_GIVEN,
        seed=done.seed,
        gates=gates,
    )


def _plan_page(kept: Any, done: plans.Plan) -> dict[str, Any]:
    """What the report says of the plan."""
    return {
        "id": kept.id,
        "at": kept.at,
        "by": kept.by,
        "entry": kept.entry,
        "settings": kept.settings,
        "deviations": plans.deviations(kept.settings, done),
        "run_number": plans.runs_under(kept.id) + 1,
    }


def sentences(page: Mapping[str, Any]) -> list[str]:
    """Say a report in a few lines, the answer first, each refusal with its reason."""
    lines = [page["headline"]["en"]]
    lines += [f"- {reason['english']}" for reason in page["reasons"]]
    lines += [f"{part['stratum']}: {part['headline']['en']}" for part in page.get("strata", ())]
    lines += [f"Left out: {item['title']}: {item['why']}" for item in page["left_out"]]
    lines += [
        f"{'passed' if gate['passed'] else 'NOT passed'}: {gate['english']}"
        for gate in page["gates"]
    ]
    lines += [
        f"Not as planned: {item['what']} was {item['done'] or 'none'}, "
        f"planned {item['planned'] or 'none'}."
        for item in page.get("plan", {}).get("deviations", ())
    ]
    return lines


@transaction.atomic
def _keep(by: str, record: Run) -> None:
    append(by=by, changes=[Change(action="estimate.run", records=[record])])
