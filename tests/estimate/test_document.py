"""The report on paper and on screen: the interval first, small cells hidden, both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import dadkhah.estimate as mse
from dadkhah.estimate import document
from dadkhah.estimate.document.charts import Bar, chart
from dadkhah.estimate.document.checks import fit
from dadkhah.estimate.document.phrases import percent, words
from dadkhah.estimate.document.traces import ranks, traces
from dadkhah.estimate.sensitivity import PRIORS

MODELS = ["chao", "log-linear", "degree", "wary"]


@pytest.fixture
def page(alike: mse.Overlaps) -> dict[str, object]:
    answer = mse.estimate(alike, seed=3, assumption='She said "apart" \\ twice.', models=MODELS)
    plan = {
        "id": "p", "at": "2041-01-01T00:00:00Z", "by": "account:1", "entry": 7, "run_number": 1,
        "deviations": [{"what": "level", "planned": "0.95", "done": "0.9"}],
    }  # fmt: skip
    page = mse.report(answer, alike, scope="An invented <town>.", plan=plan)
    return page | {"simulated": True}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_interval_comes_before_any_other_number(page: dict[str, object], language: str) -> None:
    parts = document.blocks(page, language)
    leads = [p.text for p in parts if p.kind == "lead"]
    assert leads[0].startswith("SIMULATED")
    assert leads[1] == page["headline"][language]  # type: ignore[index]
    before = "".join(
        p.text for p in parts[: parts.index(next(p for p in parts if p.text == leads[1]))]
    )
    assert not re.search(r"\d", before)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_count_below_five_is_shown(page: dict[str, object], language: str) -> None:
    small = [c for c in page["overlaps"]["counts"] if c < 5]  # type: ignore[index]
    shown = [c["people"] for c in page["overlaps_shown"]]  # type: ignore[attr-defined]
    assert all(n is None or n >= 5 for n in shown)
    assert shown.count(None) >= len(small)
    text = document.html_page(document.blocks(page, language), language)
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in text
    assert "&lt;town&gt;" in text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "1 January 2041, 00:00 UTC"), ("fa", "۱۲ دی ۱۴۱۹، ۰۰:۰۰ UTC")],
)
def test_the_plan_says_when_in_the_reader_s_calendar(
    page: dict[str, object], language: str, told: str
) -> None:
    assert any(told in part.text for part in document.blocks(page, language))


def test_the_chart_says_in_words_what_it_draws() -> None:
    bars = [
        Bar(name="The <answer>", low=100, high=300, strong=True),
        Bar(name="b", low=90, high=None),
    ]
    for rtl in (False, True):
        svg = chart(bars, 80, words="From 100 to 300.", label="documented", write=str, rtl=rtl)
        root = ElementTree.fromstring(svg)  # noqa: S314 our own drawing
        assert root.find("{http://www.w3.org/2000/svg}title").text == "From 100 to 300."  # type: ignore[union-attr]
        colours = set(re.findall(r'(?:stroke|fill)="(#[0-9a-f]+)"', svg))
        assert colours <= {"#000", "#bbb", "#fff"}
        for x in re.findall(r'x[12]?="([-\d.]+)"', svg):
            assert 0 <= float(x) <= 720


def test_every_word_is_there_in_both_languages() -> None:
    for key, said in words().items():
        assert set(said) == {"en", "fa"}, key
        slots = [sorted(re.findall(r"\{(\w+)\}", said[name])) for name in ("en", "fa")]
        assert slots[0] == slots[1], key
        assert re.search("[\u0600-\u06ff]", said["fa"]), key


def test_files_are_written_and_the_json_gives_the_draws_again(
    page: dict[str, object], tmp_path: Path
) -> None:
    written = document.write(page, tmp_path / "r")
    assert [p.name for p in written] == [
        "report.json", "report.en.html", "report.en.pdf", "report.fa.html", "report.fa.pdf",
    ]  # fmt: skip
    for path in written:
        if path.suffix == ".pdf":
            assert path.read_bytes().startswith(b"%PDF")
            assert path.stat().st_size > 20_000
    again = json.loads(written[0].read_text("utf-8"))
    assert again == json.loads(json.dumps(page))


def test_the_same_report_gives_the_same_paper(page: dict[str, object]) -> None:
    parts = document.blocks(page, "fa")
    assert document.pdf(parts, "fa") == document.pdf(parts, "fa")


def panel(found: mse.Estimate) -> dict[str, object]:
    """What `sensitivity` gives, short."""
    ends = {"low": found.low, "middle": found.middle, "high": found.high}
    return {
        "without_list": {"L1": {"documented": 9, "latent classes": ends, "log-linear": ends}},
        "priors": {name: ends | {"prior_overlap": 0.125} for name in PRIORS},
    }


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_the_answer_rests_on_and_how_the_chains_ran_is_told(
    alike: mse.Overlaps, language: str
) -> None:
    answer = mse.estimate(alike, seed=3, assumption="x", models=MODELS)
    assert isinstance(answer, mse.Estimate)
    page = mse.report(answer, alike, sensitivity=panel(answer))
    said = document.blocks(page, language)
    parts = {part.text: place for place, part in enumerate(said)}
    for key in ("resting", "chains", "fit"):
        assert words()[key][language] in parts
    place = parts[words()["resting"][language]]
    without, priors = said[place + 2].rows, said[place + 3].rows
    assert [row[0] for row in without[1:]] == ["L1", "L1"]
    assert len(priors) == len(PRIORS) + 1
    assert {row[3] for row in priors[1:]} == {percent(0.125, language)}
    drawn = [part.svg for part in said if part.kind == "chart" and "polyline" in part.svg]
    assert drawn[0].count("<polyline") == 4
    checked = said[parts[words()["fit"][language]] + 2].rows
    assert len(checked) == 2 + 6
    assert {row[2] for row in checked[1:]} == {words()["is_explained"][language]}


def test_an_overlap_that_the_model_does_not_make_is_marked() -> None:
    page = {"diagnostics": {"predictive": {"cells": 0.99, "A & B": 0.99, "A & C": 0.01}}}
    rows = fit(page, "en")[2].rows
    assert [row[2] for row in rows[1:]] == ["yes", "no", "no"]
    assert fit({}, "en") == []


def test_level_ranks_and_ranks_that_lean_look_unlike() -> None:
    level, leaning = (
        ranks([[10] * 4] * 2, words="w"),
        ranks([[40, 0, 0, 0], [0, 0, 0, 40]], words="w"),
    )
    heights = [re.findall(r'height="([\d.]+)" fill="#ccc"', svg) for svg in (level, leaning)]
    assert set(heights[0]) == {"46.0"}
    assert set(heights[1]) == {"46.0", "0.0"}
    for svg in (level, leaning, traces([[10.0, 20.0], [15.0, 12.0]], words="<w>", write=str)):
        root = ElementTree.fromstring(svg)  # noqa: S314 our own drawing
        assert root.tag.endswith("svg")
