"""The house rules that a machine can hold."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dadkhah

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dadkhah"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
NAMELESS = {"utils", "helpers", "common", "misc", "base", "core", "manager", "service", "handler"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_no_room_is_named_for_nothing() -> None:
    assert [p for p in SOURCE.rglob("*") if p.stem in NAMELESS] == []


def test_files_stay_short() -> None:
    long = {
        str(p.relative_to(SOURCE)): n
        for p in FILES
        if (n := len(p.read_text("utf-8").splitlines())) > 300
    }
    # this one is one page by design: the domain
    assert set(long) <= {"records.py"}, long


def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in FILES
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno > 60
    ]
    assert long == []


def test_nothing_is_left_for_later_or_caught_blindly() -> None:
    words = re.compile(
        r"\bTODO\b|\bFIXME\b|NotImplementedError|except\s*:|except\s+(Base)?Exception\b"
    )
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert found == []


def modules() -> list[str]:
    return [
        module.name
        for module in pkgutil.walk_packages(dadkhah.__path__, "dadkhah.")
        if ".migrations" not in module.name
        and not module.name.endswith((".__main__", ".wsgi", ".apps", ".urls", ".settings"))
        and not module.name.startswith(("dadkhah.web", "dadkhah.cli"))
    ]


@pytest.mark.parametrize("name", modules())
def test_what_a_module_offers_is_there_and_in_order(name: str) -> None:
    module = importlib.import_module(name)
    offered = getattr(module, "__all__", None)
    if offered is None:
        assert not module.__file__ or Path(module.__file__).name == "__init__.py", name
        return
    assert [word for word in offered if not hasattr(module, word)] == []
    assert len(set(offered)) == len(offered)


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_in_the_project_names_where_it_was_made() -> None:
    words = re.compile(r"/work/|farm-|\.library|helper session")
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *FILES, ROOT / "Makefile"]
    assert [str(p) for p in texts if words.search(p.read_text(encoding="utf-8"))] == []
