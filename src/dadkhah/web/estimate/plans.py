"""The plan of an estimate: laid down in the log before overlaps are counted, never edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from dadkhah import __version__, canonical, estimate
from dadkhah.errors import EstimateError
from dadkhah.estimate import verdict
from dadkhah.records import Run, new_id
from dadkhah.web.custody import tree
from dadkhah.web.custody.actions import Change, append, now
from dadkhah.web.people.models import Run as RunRow

__all__ = ["CUTS", "Plan", "deviations", "latest", "lay_down", "runs_under", "thresholds"]

CUTS = ("place", "year", "month", "affiliation", "sex", "age")
TYPE = "estimate-plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was decided before anybody looked.

    Args:
        lists: ids of the collections that enter. cuts: what cuts the people into strata.
        partitions: draws of who is who; 1 takes the register as it stands.
        borrow: why thin strata may be judged by the others; empty when they may not.
    """

    assumption: str
    lists: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    models: tuple[str, ...] = estimate.MODELS
    level: float = 0.95
    seed: int = 1
    scope: str = ""
    partitions: int = 10
    borrow: str = ""


def thresholds() -> dict[str, Any]:
    """The limits that a verdict keeps to, with their names in the code."""
    return {"agree": verdict.AGREE, "wide": verdict.WIDE, "like_prior": verdict.LIKE_PRIOR}


@transaction.atomic
def lay_down(*, by: str, plan: Plan) -> Run:
    """Keep a plan; it enters the log.

    Raises:
        EstimateError: estimate-cut-unknown.
    """
    unknown = sorted(set(plan.cuts) - set(CUTS))
    if unknown:
        raise EstimateError(
            "estimate-cut-unknown",
            "People cannot be cut into strata by this.",
            where=", ".join(unknown),
            todo=f"Choose among {', '.join(CUTS)}.",
        )
    size, root = tree.head()
    record = Run(
        id=new_id(), type=TYPE, at=now(), by=by, log_size=size, log_root=root.hex(),
        seed=plan.seed, versions={"dadkhah": __version__},
        settings=canonical.without_floats({**asdict(plan), "thresholds": thresholds()}),
    )  # fmt: skip
    append(by=by, changes=[Change(action="estimate.plan", records=[record])])
    return record


def latest() -> RunRow | None:
    """Give the newest plan, or nothing."""
    return RunRow.objects.filter(type=TYPE).order_by("-entry", "-position").first()


def read(settings: Mapping[str, Any]) -> Plan:
    """Give a plan as it was laid down."""
    many = ("lists", "cuts", "models")
    kept = {name: settings[name] for name in Plan.__dataclass_fields__ if name in settings}
    kept |= {name: tuple(kept[name]) for name in many if name in kept}
    return Plan(**{**kept, "level": float(kept.get("level", 0.95))})


def runs_under(plan: str) -> int:
    """Count the runs that were made under a plan."""
    return RunRow.objects.filter(type="estimate", settings__plan=plan).count()


def deviations(plan: Mapping[str, Any], done: Plan) -> list[dict[str, Any]]:
    """Say where a run departs from the plan; an empty list says that it does not."""
    planned = canonical.without_floats(
        {**asdict(read(plan)), "thresholds": plan.get("thresholds", {})}
    )
    found = canonical.without_floats({**asdict(done), "thresholds": thresholds()})
    return [
        {"what": name, "planned": _text(planned[name]), "done": _text(found[name])}
        for name in found
        if _text(planned[name]) != _text(found[name])
    ]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in sorted(value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return str(value)
