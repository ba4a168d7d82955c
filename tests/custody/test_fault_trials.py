"""The study's fault trials, run small: nothing altered goes unfound."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.custody.cast import ROOT


@pytest.fixture(scope="module")
def study() -> ModuleType:
    spec = importlib.util.spec_from_file_location("faults", ROOT / "studies/custody/faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_flipped_bit_is_found_and_named(study: ModuleType, tmp_path: Path) -> None:
    for group, found in study.flips(tmp_path, 70, seed=4).items():
        assert found["flipped"] == found["detected"] == found["named"] == 10, group


def test_every_structured_fault_gives_its_code(study: ModuleType, tmp_path: Path) -> None:
    found = [*study.altered(tmp_path), *study.rewritten(tmp_path)]
    assert [(what, code) for what, code, came in found if not came] == []
    assert len(found) >= 35


def test_the_page_shows_the_tables_of_the_last_run() -> None:
    page = (ROOT / "docs/custody.md").read_text("utf-8")
    for name in ("flips", "faults"):
        table = (ROOT / f"studies/custody/output/{name}.md").read_text("utf-8")
        assert f"<!-- {name} -->\n{table}" in page
        assert "| NO |" not in table
    (whole,) = re.findall(r"\*\*all\*\* \| \*\*([\d,]+)\*\* \| \*\*([\d,]+)\*\* \|", page)
    assert whole[0] == whole[1]
