from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

from tests.custody.cast import ROOT

from dadkhah.custody import verify
from dadkhah.custody.sentences import SENTENCES

PAGE = (ROOT / "docs/custody.md").read_text("utf-8")
ROOM = sorted((ROOT / "src/dadkhah/custody").glob("*.py"))


def codes_in_code(paths: list[Path]) -> set[str]:
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(re.findall(r"\A[a-z]+(?:-[a-z]+)+\Z", node.value))
    return found


def test_every_code_has_one_row_and_every_row_a_code() -> None:
    passes = {sentence.code for sentence in SENTENCES.values()}
    rows = re.findall(r"^\| `([a-z-]+)` \| .+ \| .+ \|$", PAGE, re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert codes_in_code(ROOM) - passes <= set(rows)
    assert set(rows) <= codes_in_code([*(ROOT / "src/dadkhah").rglob("*.py")])


def test_the_page_lists_the_checks_as_the_code_does() -> None:
    listed = re.findall(r"^ ?(\d+)\. (.+?)$", verify.__doc__ or "", re.MULTILINE)
    rows = re.findall(r"^\| (\d+) \| (.+?) \| `([a-z-]+)` \|$", PAGE, re.MULTILINE)
    starts = [(number, said.split(":")[0]) for number, said in listed]
    assert [(number, said.split(":")[0]) for number, said, _ in rows] == starts
    assert [code for _, _, code in rows] == [sentence.code for sentence in SENTENCES.values()]


def test_every_name_a_module_offers_is_there_and_sorted() -> None:
    for path in ROOM:
        if path.stem != "__init__":
            module = importlib.import_module(f"dadkhah.custody.{path.stem}")
            offered = list(module.__all__)
            assert all(hasattr(module, name) for name in offered), path.stem
            assert len(offered) == len(set(offered)), path.stem
