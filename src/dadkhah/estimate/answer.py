"""One interface: overlaps in, one of three honest answers out."""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from typing import Any

from dadkhah import __version__
from dadkhah.errors import EstimateError
from dadkhah.estimate.borrowing import lend
from dadkhah.estimate.families import MODELS, Asking, Progress, ask
from dadkhah.estimate.gates import gates as test_gates
from dadkhah.estimate.overlaps import MOST_MODELLED, join_smallest, tidy
from dadkhah.estimate.pooling import total
from dadkhah.estimate.reading import read
from dadkhah.estimate.reasons import reason
from dadkhah.estimate.values import (
    Answer,
    AtLeast,
    Diagnostics,
    Draws,
    Estimate,
    Gate,
    Overlaps,
    Reason,
    Refusal,
)
from dadkhah.estimate.verdict import Verdict, decide
from dadkhah.records import Collection as ListRecord

__all__ = ["MODELS", "estimate", "versions"]


def versions() -> dict[str, str]:
    """Versions that a reproduction of the draws needs."""
    names = ("numpy", "scipy", "numba")
    return {
        "dadkhah": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in names},
    }


def estimate(
    data: Any,
    *,
    assumption: str,
    seed: int = 1,
    level: float = 0.95,
    lists: Sequence[str] | None = None,
    count: str | None = None,
    strata: Sequence[str] | None = None,
    models: Collection[str] = MODELS,
    chains: int = 4,
    draws: int = 500,
    borrow: str = "",
    collections: Iterable[ListRecord] | Mapping[str, ListRecord] = (),
    progress: Progress | None = None,
) -> Answer:
    """Say how many people there are, listed and unlisted, as honestly as the lists allow.

    Args:
        data: people per pattern of independent lists: anything `read` takes. Several strata are
            estimated apart and added up by joint draws; their answers are in `strata`.
        assumption: the written identifying assumption (ST-15): why, in this case, the lists can
            tell of the unlisted. It is shown wherever the answer is.
        seed: the same seed, versions and overlaps give the same answer.
        level: of the interval, or of the one-sided bound.
        lists, count, strata: what the columns are, as for `read`.
        models: families to ask, of `MODELS`; an interval needs "wary" and "degree" (ST-11).
        draws: per chain, at the least; more are taken until the chains agree.
        borrow: why thin strata may be judged by the others, in words; without it they are not.
        collections: the lists' records, for the gate on their description.
        progress: told what is running and how far (0 to 1).

    Raises:
        EstimateError: estimate-assumption-missing, estimate-setting-bad and those of `read`.
    """
    _check(assumption, level, models, chains, draws, seed)
    tables = read(data, lists=lists, count=count, strata=strata)
    described = list(collections.values() if isinstance(collections, Mapping) else collections)
    how = Asking(seed=seed, level=level, models=tuple(models), chains=chains, draws=draws,
                 progress=progress)  # fmt: skip
    answers = [_one(table, how, assumption, described) for table in tables]
    if len(answers) == 1:
        return answers[0]
    return total(lend(tables, answers, why=borrow, level=level, seed=seed), seed=seed)


def _one(table: Overlaps, how: Asking, assumption: str, collections: list[ListRecord]) -> Answer:
    """Answer for one stratum."""
    passed = test_gates(table, collections)
    if _stopped(passed, "everything"):
        return _refuse(table, passed, assumption, how.seed)
    full = _without_empty(table)
    table = join_smallest(full, MOST_MODELLED)
    findings, diagnostics = ask(table, how)
    verdict = decide(table, findings, passed, level=how.level, seed=how.seed)
    if table.lists != full.lists:
        note = reason("lists-joined", lists=len(full.lists), left=len(table.lists))
        verdict = replace(verdict, notes=(*verdict.notes, note))
    return _answer(table, verdict, passed, diagnostics, assumption, how.seed, how.level)


def _check(
    assumption: str, level: float, models: Collection[str], chains: int, draws: int, seed: int
) -> None:
    """Refuse settings that no estimate can use."""
    if not assumption.strip():
        raise EstimateError(
            "estimate-assumption-missing",
            "An estimate needs a written identifying assumption.",
            todo="Write why these lists, in this case, can tell of people on none of them.",
        )
    unknown = sorted(set(models) - set(MODELS))
    if unknown or not models:
        raise EstimateError(
            "estimate-setting-bad",
            "These model families are not known." if unknown else "No model family was named.",
            where=", ".join(unknown),
            todo=f"Choose among {', '.join(MODELS)}.",
        )
    if not 0.5 <= level < 1.0 or chains < 2 or draws < 50 or seed < 0:
        raise EstimateError(
            "estimate-setting-bad",
            f"level {level}, chains {chains}, draws {draws} or seed {seed} cannot be used.",
            todo="level from 0.5 to below 1, 2 chains or more of 50 draws or more, seed from 0.",
        )


def _stopped(gates: tuple[Gate, ...], what: str) -> tuple[Reason, ...]:
    """The failed gates that forbid this much."""
    return tuple(g.reason() for g in gates if not g.passed and g.stops == what)


def _without_empty(table: Overlaps) -> Overlaps:
    """Leave out lists that name nobody here; they tell nothing and the gate has said so."""
    full = [j for j, size in enumerate(table.sizes()) if size]
    if len(full) == len(table.lists):
        return table
    return tidy(
        Overlaps(
            lists=tuple(table.lists[j] for j in full),
            patterns=tuple(tuple(p[j] for j in full) for p in table.patterns),
            counts=table.counts,
            stratum=table.stratum,
            structural_zeros=table.structural_zeros,
            merged=table.merged,
        )
    )


def _refuse(table: Overlaps, gates: tuple[Gate, ...], assumption: str, seed: int) -> Refusal:
    """Refuse because of gates."""
    return Refusal(
        reasons=_stopped(gates, "everything"),
        documented=table.documented,
        stratum=table.stratum,
        assumption=assumption,
        seed=seed,
        gates=gates,
        notes=(reason("never-listable"),),
    )


def _answer(
    table: Overlaps, verdict: Verdict, gates: tuple[Gate, ...], diagnostics: Diagnostics | None,
    assumption: str, seed: int, level: float,
) -> Answer:  # fmt: skip
    """Dress the verdict as one of the three answers."""
    drawn = None
    if verdict.draws is not None:
        drawn = Draws(values=verdict.draws, seed=seed, versions=versions())
    reasons = (*_stopped(gates, "interval"), *verdict.reasons)
    notes = (*verdict.notes, reason("never-listable"))
    if verdict.kind == "estimate":
        return Estimate(
            low=verdict.low, middle=verdict.middle, high=verdict.high, level=level,
            documented=table.documented, stratum=table.stratum, assumption=assumption, seed=seed,
            findings=verdict.findings, gates=gates, notes=notes, diagnostics=diagnostics,
            draws=drawn,
        )  # fmt: skip
    if verdict.kind == "at-least":
        return AtLeast(
            low=verdict.low, level=level, reasons=reasons, documented=table.documented,
            stratum=table.stratum, assumption=assumption, seed=seed, findings=verdict.findings,
            gates=gates, notes=notes, diagnostics=diagnostics, draws=drawn,
        )  # fmt: skip
    return Refusal(
        reasons=reasons, documented=table.documented, stratum=table.stratum,
        assumption=assumption, seed=seed, findings=verdict.findings, gates=gates, notes=notes,
        diagnostics=diagnostics,
    )  # fmt: skip
