"""The report: one JSON page that cannot be quoted wrongly, and its reproduction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from dadkhah.errors import EstimateError
from dadkhah.estimate.answer import estimate, versions
from dadkhah.estimate.averaging import Averaged, Draw, estimate_draws
from dadkhah.estimate.concealment import publishable
from dadkhah.estimate.families import MODELS
from dadkhah.estimate.telling import headline
from dadkhah.estimate.values import (
    Answer,
    AtLeast,
    Estimate,
    Gate,
    Overlaps,
)
from dadkhah.records import Collection

__all__ = ["FORMAT", "draws_digest", "report", "reproduce"]

FORMAT = "dadkhah-estimate-report/1"


def _figures(answer: Answer) -> dict[str, Any]:
    """The numbers, the interval first; a refusal has none."""
    if isinstance(answer, Estimate):
        return {"low": answer.low, "high": answer.high, "level": answer.level,
                "middle": answer.middle}  # fmt: skip
    if isinstance(answer, AtLeast):
        return {"low": answer.low, "level": answer.level}
    return {}


def _list_page(table: Overlaps, collections: Iterable[Collection]) -> list[dict[str, Any]]:
    """Every list with its size and, where known, its scope, period and parents."""
    known = {name: c for c in collections for name in (c.id, c.title)}
    pages = []
    for name, size in zip(table.lists, table.sizes(), strict=True):
        page: dict[str, Any] = {
            "list": name, "people": size, "stands_for": list(table.merged.get(name, (name,))),
        }  # fmt: skip
        if name in known:
            c = known[name]
            page |= {"title": c.title, "scope": c.scope, "period": c.period,
                     "would_not_list": c.would_not_list, "version": c.version,
                     "derived_from": list(c.derived_from)}  # fmt: skip
        pages.append(page)
    return pages


def _state(table: Overlaps, draws: Iterable[Draw] = ()) -> str:
    """SHA-256 of the overlaps, so that a report names the numbers it was computed from."""
    written = [table.to_json(), *(_drawn(draw) for draw in draws)]
    text = json.dumps(written, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def draws_digest(answer: Answer) -> str:
    """SHA-256 of the draws of the answer; two answers with one digest have the same draws."""
    if answer.draws is None:
        return ""
    return hashlib.sha256(np.ascontiguousarray(answer.draws.values).tobytes()).hexdigest()


def _stratum(part: Answer) -> dict[str, Any]:
    """One stratum's answer, short."""
    return {
        "kind": part.kind,
        "stratum": part.stratum,
        "answer": _figures(part),
        "headline": headline(part),
        "documented": part.documented,
        "borrowed": any(note.code == "strength-borrowed" for note in part.notes),
        "reasons": [why.to_json() for why in getattr(part, "reasons", ())],
    }


def _drawn(draw: Draw) -> dict[str, Any]:
    """One draw of the strata, cells as text."""
    return {
        "partition": draw.partition,
        "imputation": draw.imputation,
        "tables": [
            {
                **{k: v for k, v in table.to_json().items() if k not in ("patterns", "counts")},
                "cells": {
                    "".join(map(str, pattern)): n
                    for pattern, n in zip(table.patterns, table.counts, strict=True)
                },
            }
            for table in draw.tables
        ],
    }


def _read_draw(page: Mapping[str, Any]) -> Draw:
    tables = [
        {
            **table,
            "patterns": [[int(x) for x in cell] for cell in table["cells"]],
            "counts": list(table["cells"].values()),
        }
        for table in page["tables"]
    ]
    return Draw(
        tables=tuple(_read_overlaps(table) for table in tables),
        partition=page["partition"],
        imputation=page["imputation"],
    )


def _finite(value: Any) -> Any:
    """JSON has no infinity: write it as null."""
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return value


def report(
    answer: Answer,
    overlaps: Overlaps,
    gates: Sequence[Gate] = (),
    *,
    scope: str = "",
    collections: Iterable[Collection] | Mapping[str, Collection] = (),
    sensitivity: Mapping[str, Any] | None = None,
    log_digest: str = "",
    made_on: str = "",
    settings: Mapping[str, Any] | None = None,
    averaged: Averaged | None = None,
    draws: Sequence[Draw] = (),
    simulation: Sequence[Mapping[str, Any]] = (),
    plan: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write the whole answer as JSON values: interval first, then all that it stands on.

    Args:
        gates: those of the answer when empty.
        scope: whom the number is about, in words.
        sensitivity: what `sensitivity` returned.
        log_digest: digest of the state of the log the overlaps were computed from.
        made_on: date of the report, EDTF.
        settings: arguments given to `estimate` besides seed, level and assumption.
        averaged: what `estimate_draws` returned, for the strata and the parts of the width.
        draws: what was given to it.
        simulation: what `rehearse` returned.
        plan: what was laid down before, and how the run departs from it.
    """
    known = list(collections.values() if isinstance(collections, Mapping) else collections)
    page = {
        **_said(answer),
        "scope": scope,
        "reported": overlaps.reported,
        "lists": _list_page(overlaps, known),
        "gates": [gate.to_json() for gate in gates or answer.gates],
        "sensitivity": dict(sensitivity or {}),
        "strata": [_stratum(part) for part in (averaged.strata if averaged else answer.strata)],
        "width": dict(averaged.width) if averaged else {},
        "simulation": [dict(row) for row in simulation],
        "plan": dict(plan or {}),
        "overlaps": overlaps.to_json(),
        "overlaps_shown": publishable(overlaps),
        "draws": [_drawn(draw) for draw in draws],
        "overlaps_digest": _state(overlaps, draws),
        "log_digest": log_digest,
        "made_on": made_on,
        "settings": dict(settings or {}),
        "versions": versions(),
    }
    written: dict[str, Any] = _finite(page)
    return written


def _said(answer: Answer) -> dict[str, Any]:
    """What the answer itself says, the interval first."""
    return {
        "format": FORMAT,
        "kind": answer.kind,
        "answer": _figures(answer),
        "headline": headline(answer),
        "stratum": answer.stratum,
        "documented": answer.documented,
        "assumption": answer.assumption,
        "outside": [note.to_json() for note in answer.notes],
        "reasons": [why.to_json() for why in getattr(answer, "reasons", ())],
        "families": [finding.to_json() for finding in answer.findings],
        "diagnostics": answer.diagnostics.to_json() if answer.diagnostics else None,
        "draws_digest": draws_digest(answer),
        "seed": answer.seed,
    }


def reproduce(page: Mapping[str, Any]) -> Answer:
    """Compute a report's answer again, with the same draws.

    Args:
        page: what `report` returned, perhaps read back from JSON.

    Raises:
        EstimateError: report-not-readable, report-changed, report-versions-differ.
    """
    if page.get("format") != FORMAT:
        raise EstimateError(
            "report-not-readable",
            "This is not an estimate report this version can read.",
            where=str(page.get("format")),
            todo=f"Give a report of format {FORMAT}.",
        )
    table = _read_overlaps(page["overlaps"])
    draws = [_read_draw(draw) for draw in page.get("draws", ())]
    if _state(table, draws) != page["overlaps_digest"]:
        raise EstimateError(
            "report-changed",
            "The report's overlaps do not match their digest.",
            todo="Take the report from where it was first published.",
        )
    changed = sorted(k for k, v in versions().items() if page["versions"].get(k) != v)
    if changed:
        raise EstimateError(
            "report-versions-differ",
            "The report was computed with other versions.",
            where=", ".join(f"{k} {page['versions'].get(k)}" for k in changed),
            todo="Install those versions to get the same draws.",
        )
    # A report kept in canonical form holds its decimals as text.
    level = float(page["answer"].get("level", page["settings"].get("level", 0.95)))
    options = {k: v for k, v in page["settings"].items() if k in ("chains", "draws", "models")}
    seed, assumption = page["seed"], page["assumption"]
    if draws:
        models = options.get("models", MODELS)
        return estimate_draws(
            draws, seed=seed, level=level, assumption=assumption, models=models,
            borrow=page["settings"].get("borrow", ""),
        ).answer  # fmt: skip
    return estimate(table, seed=seed, level=level, assumption=assumption, **options)


def _read_overlaps(page: Mapping[str, Any]) -> Overlaps:
    return Overlaps(
        lists=tuple(page["lists"]),
        patterns=tuple(tuple(p) for p in page["patterns"]),
        counts=tuple(page["counts"]),
        stratum=page["stratum"],
        structural_zeros=tuple(page["structural_zeros"]),
        contradicted=tuple(page["contradicted"]),
        merged={k: tuple(v) for k, v in page["merged"].items()},
    )
