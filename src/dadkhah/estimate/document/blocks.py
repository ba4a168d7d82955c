"""A report as blocks in one language: what is said, in order, before it is HTML or paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dadkhah.estimate.document.block import Block, Page
from dadkhah.estimate.document.charts import Bar, chart
from dadkhah.estimate.document.checks import chains, fit, resting
from dadkhah.estimate.document.phrases import decimal, figure, moment, percent, say
from dadkhah.estimate.reasons import FAMILIES

__all__ = ["Block", "blocks", "footing"]


_ENGLISH = {"chao": "Chao's bound", "log-linear bic": "Log-linear (BIC)"}


def _family(name: str, language: str) -> str:
    if language == "fa":
        return FAMILIES.get(name, name)
    return _ENGLISH.get(name, name[:1].upper() + name[1:])


def _told(items: Iterable[Page], language: str) -> tuple[str, ...]:
    """Sentences of reasons or notes, with what would change them."""
    names = ("english", "remedy") if language == "en" else ("persian", "remedy_persian")
    return tuple(" ".join(filter(None, (i[n] for n in names))) for i in items)


def blocks(page: Page, language: str) -> list[Block]:
    """Lay a report out in one language ("en" or "fa"), the interval first."""
    parts = (
        _head, _three, _whys, _families, _assumed, _lists, _strata, _gates, _overlaps, resting,
        chains, fit, _width, _simulation, _plan, _appendix,
    )  # fmt: skip
    return [block for part in parts for block in part(page, language)]


def _heading(key: str, language: str) -> Block:
    return Block(kind="heading", text=say(key, language))


def _head(page: Page, language: str) -> list[Block]:
    found = [Block(kind="title", text=say("title", language))]
    if page.get("simulated"):
        found.append(Block(kind="lead", text=say("simulated", language)))
    found.append(Block(kind="lead", text=page["headline"][language]))
    scope = page.get("scope") or say("no_scope", language)
    found += [
        Block(kind="text", text=f"{say('scope', language)}: \u2068{scope}\u2069"),
        Block(kind="text", text=say("quote", language)),
    ]
    return found


def _three(page: Page, language: str) -> list[Block]:
    return [
        _heading("three", language),
        Block(
            kind="items",
            items=(
                say("reported", language, n=figure(page["reported"], language)),
                say("documented", language, n=figure(page["documented"], language)),
                say("estimated", language, n=page["headline"][language]),
            ),
        ),
    ]


def _whys(page: Page, language: str) -> list[Block]:
    found = []
    for key, name in (("why", "reasons"), ("beside", "outside")):
        if page.get(name):
            told = tuple(dict.fromkeys(_told(page[name], language)))
            found += [_heading(key, language), Block(kind="items", items=told)]
    return found


def _families(page: Page, language: str) -> list[Block]:
    if not page["families"]:
        return []
    answer = page["answer"]
    bars = []
    if answer.get("low") is not None:
        bars.append(
            Bar(name=say("answer", language), low=float(answer["low"]),
                high=_end(answer.get("high")), strong=True)
        )  # fmt: skip
    bars += [
        Bar(
            name=_family(f["family"], language),
            low=float(f["low"]),
            high=_end(f["high"]),
            middle=_end(f["middle"]),
        )
        for f in page["families"]
    ]
    rows = [
        (say("family", language), say("low", language), say("high", language),
         say("part", language)),
        *(
            (_family(f["family"], language), figure(f["low"], language),
             figure(f["high"], language), say(f"role_{f['role']}", language))
            for f in page["families"]
        ),
    ]  # fmt: skip
    return [
        _heading("families", language),
        _chart(bars, page["documented"], language),
        Block(kind="table", rows=tuple(rows)),
    ]


def _end(value: Any) -> float | None:
    return None if value is None else float(value)


def _chart(bars: Sequence[Bar], documented: Any, language: str) -> Block:
    """A chart with its alternative in words."""
    rows = "; ".join(
        say("row_alt", language, name=b.name, low=figure(b.low, language),
            high=figure(b.high, language))
        for b in bars
    )  # fmt: skip
    text = say("families_alt", language, rows=rows, n=figure(documented, language))
    svg = chart(
        bars, float(documented), words=text, label=say("documented_line", language),
        write=lambda value: figure(value, language), rtl=language == "fa",
    )  # fmt: skip
    return Block(kind="chart", text=text, svg=svg)


def _assumed(page: Page, language: str) -> list[Block]:
    own = say("assumed_own", language, text=page["assumption"])
    rest = tuple(say(f"assumed_{i}", language) for i in (1, 2, 3))
    return [_heading("assumed", language), Block(kind="items", items=(own, *rest))]


def _lists(page: Page, language: str) -> list[Block]:
    keys = ("list", "people", "whom", "would_not", "parents")
    rows = [tuple(say(key, language) for key in keys)]
    for item in page["lists"]:
        stands = [name for name in item.get("stands_for", ()) if name != item["list"]]
        whom = ", ".join(filter(None, (item.get("scope"), item.get("period")))) or "-"
        parents = [*item.get("derived_from", ()), *stands]
        rows.append(
            (item.get("title") or item["list"], figure(item["people"], language), whom,
             item.get("would_not_list") or "-", ", ".join(parents) or "-")
        )  # fmt: skip
    left = tuple(
        f"{say('left_out', language)}: {item['title']}. {item['why']}"
        for item in page.get("left_out", ())
    )
    tail = [Block(kind="items", items=left)] if left else []
    return [_heading("lists", language), Block(kind="table", rows=tuple(rows)), *tail]


def _strata(page: Page, language: str) -> list[Block]:
    if not page.get("strata"):
        return []
    bars, rows = [], [(say("stratum", language), say("estimated", language, n="").rstrip(": "))]
    for part in page["strata"]:
        rows.append((part["stratum"], part["headline"][language]))
        if part["answer"].get("low") is not None:
            low, high = float(part["answer"]["low"]), _end(part["answer"].get("high"))
            bars.append(Bar(name=part["stratum"], low=low, high=high))
    found = [_heading("strata", language)]
    if {"year", "month"} & set(page.get("settings", {}).get("cuts", ())):
        found.append(Block(kind="text", text=say("no_trend", language)))
    if float(page.get("missing_strata") or 0.0):
        share = percent(page["missing_strata"], language)
        found.append(Block(kind="text", text=say("missing", language, n=share)))
    if page.get("values_joined"):
        pairs = "; ".join(f"{a} = {b}" for a, b in page["values_joined"].items())
        found.append(Block(kind="text", text=say("joined", language, pairs=pairs)))
    found += _borrowed(page, language)
    smallest = min((part["documented"] for part in page["strata"]), default=0)
    charts = [_chart(bars, smallest, language)] if bars else []
    return [*found, *charts, Block(kind="table", rows=tuple(rows))]


def _borrowed(page: Page, language: str) -> list[Block]:
    """Which parts lean on the others, and why that was thought right."""
    comma = "، " if language == "fa" else ", "
    names = comma.join(part["stratum"] for part in page["strata"] if part.get("borrowed"))
    why = page.get("settings", {}).get("borrow", "")
    said = say("borrowed", language, names=names, why=f"\u2068{why}\u2069")
    return [Block(kind="text", text=said)] if names else []


def _gates(page: Page, language: str) -> list[Block]:
    text, remedy = ("english", "remedy") if language == "en" else ("persian", "remedy_persian")
    said = tuple(
        say("passed" if g["passed"] else "not_passed", language, text=g[text],
            remedy=g.get(remedy, "")).strip()
        for g in page["gates"]
    )  # fmt: skip
    return [_heading("gates", language), Block(kind="items", items=said)]


def _overlaps(page: Page, language: str) -> list[Block]:
    rows = [(say("on_lists", language), say("people", language))]
    for cell in page.get("overlaps_shown", ()):
        hidden = cell["people"] is None
        shown = say("hidden", language) if hidden else figure(cell["people"], language)
        rows.append((" + ".join(cell["lists"]), shown))
    concealed = any(cell["people"] is None for cell in page.get("overlaps_shown", ()))
    note = [Block(kind="text", text=say("hidden_why", language))] if concealed else []
    return [_heading("overlaps", language), Block(kind="table", rows=tuple(rows)), *note]


def _width(page: Page, language: str) -> list[Block]:
    width = page.get("width") or {}
    if not width:
        return []
    shares = {n: percent(width[n], language) for n in ("linkage", "models", "sampling")}
    many = {n: figure(width[n], language) for n in ("partitions", "imputations")}
    missing = percent(width["missing strata"], language)
    text = say("width_text", language, missing=missing, **shares, **many)
    return [_heading("width", language), Block(kind="text", text=text)]


def _simulation(page: Page, language: str) -> list[Block]:
    if not page.get("simulation"):
        return []
    keys = ("supposed", "worlds", "estimates_hold", "bias", "spread", "bounds_hold")
    rows = [tuple(say(key, language) for key in keys)]
    for row in page["simulation"]:
        many = {n: figure(row[n], language) for n in ("worlds", "estimates", "bounds")}
        hold = {n: figure(row[n], language) for n in ("estimates_hold", "bounds_hold")}
        rows.append(
            (row["words"][language], many["worlds"],
             f"{hold['estimates_hold']} / {many['estimates']}",
             decimal(row["middle_to_truth"], language), decimal(row["high_to_low"], language),
             f"{hold['bounds_hold']} / {many['bounds']}")
        )  # fmt: skip
    return [_heading("simulation", language), Block(kind="table", rows=tuple(rows))]


def _plan(page: Page, language: str) -> list[Block]:
    plan = page.get("plan") or {}
    if not plan:
        return []
    text = say(
        "plan_text", language, at=moment(plan["at"], language), by=plan["by"],
        entry=figure(plan["entry"], language), run=figure(plan["run_number"], language),
    )  # fmt: skip
    none = say("none", language)
    departed = tuple(
        say("deviation", language, what=d["what"], done=d["done"] or none,
            planned=d["planned"] or none)
        for d in plan["deviations"]
    )  # fmt: skip
    items = departed or (say("no_deviation", language),)
    head = [_heading("plan", language), Block(kind="text", text=text)]
    return [*head, Block(kind="items", items=items)]


def _appendix(page: Page, language: str) -> list[Block]:
    items = [say(f"method_{i}", language) for i in range(1, 8)]
    versions = ", ".join(f"{name} {version}" for name, version in page["versions"].items())
    items.append(
        say("again", language, seed=page["seed"], versions=versions,
            log=page.get("log_digest") or say("none", language), overlaps=page["overlaps_digest"])
    )  # fmt: skip
    if page.get("made_on"):
        items.append(say("made", language, date=page["made_on"]))
    return [_heading("appendix", language), Block(kind="items", items=tuple(items))]


def footing(page: Page, language: str) -> tuple[str, ...]:
    """What a report says of its width, its plan, and what departs from it, in plain sentences."""
    parts = [*_width(page, language), *_plan(page, language)]
    return tuple(
        text
        for block in parts
        if block.kind != "heading"
        for text in (block.items or (block.text,))
    )
