"""An archive walked in stretches gives what one walk gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.custody.invented_archive import build, relist

from dadkhah import archive
from dadkhah.cli.verify import verify_archive
from dadkhah.custody.report import Report
from dadkhah.sources import passing


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("invented") / "archive", count=40)


def said(report: Report) -> list[tuple[int, bool, str]]:
    return [(check.number, check.passed, check.code) for check in report.checks]


@pytest.mark.parametrize("first", [0, 1, 2, 3, 4, 17, 39, 40, 99])
@pytest.mark.parametrize("kind", ["source", "claim", "case", "judgement"])
def test_lines_from_an_entry_on_are_those_that_a_whole_reading_gives(
    good: Path, kind: str, first: int
) -> None:
    whole = [*archive.lines(good, kind)]
    for last in (first, first + 1, first + 7, None):
        wanted = [x for x in whole if first <= x.entry < (99 if last is None else last)]
        assert [*archive.lines(good, kind, first=first, last=last)] == wanted


def test_two_processes_say_what_one_says_of_good_and_of_altered(good: Path, tmp_path: Path) -> None:
    assert said(verify_archive(good, processes=2)) == said(verify_archive(good, processes=1))
    copy = Path(shutil.copytree(good, tmp_path / "archive"))
    path = copy / "records" / "source.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b"a book", b"a cook")
    path.write_bytes(b"".join(lines[:-1]))
    relist(copy)
    one, two = verify_archive(copy, processes=1), verify_archive(copy, processes=2)
    assert said(one) == said(two)
    assert {check.code for check in one.failures} == {
        "record-changed",
        "entry-count",
        "entry-commitments",
    }
    assert [c.where for c in one.failures] == [c.where for c in two.failures]


def test_a_small_archive_is_walked_in_this_process(good: Path) -> None:
    assert passing.processes_for(good) == 1
