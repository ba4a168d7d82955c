"""Plan, run, report, and the same draws again, as a person does it from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import dadkhah.estimate as mse
from dadkhah.estimate import document
from tests.cli.conftest import Run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of four invented lists, written to a folder."""
    kinds = (mse.Kind(share=1.0, least=0.2, most=0.4),)
    table = mse.world(mse.Design(people=800, lists=4, kinds=kinds), seed=5)
    models = ["chao", "degree", "wary"]
    answer = mse.estimate(table, assumption="Gathered apart.", models=models)
    page = mse.report(answer, table, settings={"models": models})
    document.write(page, tmp_path / "report")
    return tmp_path / "report/report.json"


def test_a_report_is_computed_again_to_the_last_bit(run: Run, report: Path) -> None:
    done = run("estimate", "--reproduce", report)
    assert done.code == 0, done.err
    assert "to the last bit" in done.out


def test_a_report_whose_overlaps_were_changed_is_refused(run: Run, report: Path) -> None:
    text = report.read_text("utf-8")
    changed = text.replace('"overlaps_digest": "', '"overlaps_digest": "0')
    assert changed != text
    report.write_text(changed, "utf-8")
    done = run("estimate", "--reproduce", report)
    assert done.code == 4
    assert "report-changed" in done.err


def test_a_plan_is_laid_down_and_a_case_without_lists_is_refused(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--title", "Test").code == 0
    planned = run("estimate", "--plan", "--assumption", "Gathered apart.", case=case)
    assert planned.code == 0, planned.err
    assert "is in the log" in planned.out
    done = run("estimate", "--report", tmp_path / "out", case=case)
    assert done.code == 0, done.err
    assert done.out.startswith("Wrote report.json")
    assert "No estimate can be given." in done.out
    assert (tmp_path / "out/report.fa.pdf").read_bytes().startswith(b"%PDF")
    again = run("estimate", "--level", "0.9", "--borrow", "One office.", "--json", case=case)
    told = again.rows[0]["plan"]["deviations"]
    assert told == [
        {"what": "level", "planned": "0.95", "done": "0.9"},
        {"what": "borrow", "planned": "", "done": "One office."},
    ]
