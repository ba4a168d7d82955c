"""What an answer rests on, how its chains ran, and whether its model makes overlaps like these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dadkhah.estimate.document.block import Block, Page
from dadkhah.estimate.document.phrases import decimal, figure, percent, say
from dadkhah.estimate.document.traces import ranks, traces
from dadkhah.estimate.reasons import FAMILIES

__all__ = ["chains", "fit", "resting"]

_UNEXPLAINED = 0.025


def _heading(key: str, language: str) -> Block:
    return Block(kind="heading", text=say(key, language))


def _row(name: str, ends: Mapping[str, Any], rest: str, language: str) -> tuple[str, ...]:
    return (name, figure(ends["low"], language), figure(ends["high"], language), rest)


def resting(page: Page, language: str) -> list[Block]:
    """One list fewer, and other priors: an interval for each."""
    panel = page.get("sensitivity") or {}
    if not panel:
        return []
    latent = FAMILIES["latent classes"] if language == "fa" else "latent classes"
    linear = FAMILIES["log-linear bic"] if language == "fa" else "log-linear"
    ends = (say("low", language), say("high", language))
    without: list[tuple[str, ...]] = [(say("without", language), *ends, say("family", language))]
    for name, row in panel.get("without_list", {}).items():
        without.append(_row(name, row["latent classes"], latent, language))
        if "log-linear" in row:
            without.append(_row(name, row["log-linear"], linear, language))
    priors: list[tuple[str, ...]] = [
        (say("prior", language), *ends, say("prior_overlap", language))
    ]
    for name, row in panel.get("priors", {}).items():
        said = say(f"prior_{name.split(':')[0].replace(' ', '_')}", language)
        priors.append(_row(said, row, percent(row["prior_overlap"], language), language))
    tables = [Block(kind="table", rows=tuple(rows)) for rows in (without, priors) if rows[1:]]
    text = Block(kind="text", text=say("resting_text", language))
    return [_heading("resting", language), text, *tables]


def chains(page: Page, language: str) -> list[Block]:
    """How the chains of the wary classes ran: numbers, paths and ranks."""
    found = page.get("diagnostics") or {}
    if not found:
        return []
    said = say(
        "diagnostics", language, rhat=decimal(found["split_rhat"], language),
        bulk=figure(found["bulk_draws"], language), tail=figure(found["tail_draws"], language),
    )  # fmt: skip
    blocks = [_heading("chains", language), Block(kind="text", text=said)]
    if found.get("trace"):
        rows = [[float(x) for x in row] for row in found["trace"]]
        alt = say("trace_alt", language, chains=figure(len(rows), language))
        svg = traces(rows, words=alt, write=lambda x: figure(x, language), rtl=language == "fa")
        blocks.append(Block(kind="chart", text=alt, svg=svg))
    if found.get("ranks"):
        alt = say("ranks_alt", language)
        svg = ranks(found["ranks"], words=alt)
        blocks.append(Block(kind="chart", text=alt, svg=svg))
    return blocks


def fit(page: Page, language: str) -> list[Block]:
    """Would the model have made overlaps like these? Cells as a whole, and every pair of lists."""
    checks = (page.get("diagnostics") or {}).get("predictive") or {}
    if not checks:
        return []
    rows = [(say("checked", language), say("repeated", language), say("explained", language))]
    for name, chance in checks.items():
        low = float(chance)
        odd = low < _UNEXPLAINED or (name != "cells" and low > 1.0 - _UNEXPLAINED)
        shown = say("all_cells", language) if name == "cells" else name
        verdict = say("not_explained" if odd else "is_explained", language)
        rows.append((shown, percent(chance, language), verdict))
    text = Block(kind="text", text=say("fit_text", language))
    return [_heading("fit", language), text, Block(kind="table", rows=tuple(rows))]
