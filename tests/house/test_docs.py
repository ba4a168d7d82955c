"""The docs cannot lie: what the code has, the pages have."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from dadkhah import predicates

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "errors.md", "settings.md"])
def test_a_page_made_from_the_code_is_what_the_code_says(generate: ModuleType, name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == generate.PAGES[name]()


def test_every_setting_that_the_code_reads_is_documented(generate: ModuleType) -> None:
    assert generate.settings_in_code() == set(generate.SETTINGS)


def test_every_predicate_has_its_row() -> None:
    page = (DOCS / "predicates.md").read_text(encoding="utf-8")
    missing = [predicate.name for predicate in predicates.all() if predicate.name not in page]
    assert missing == []


def test_every_room_has_its_page() -> None:
    rooms = sorted(
        path.name
        for path in (ROOT / "src" / "dadkhah").iterdir()
        if (path / "__init__.py").is_file() and path.name not in {"web", "cli"}
    )
    missing = [room for room in rooms if not (DOCS / f"{room}.md").is_file()]
    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8"))
        broken += [f"{page.name} -> {to}" for to in targets if not (page.parent / to).exists()]
    assert broken == []


def test_the_readme_prints_the_two_commands_and_ci_runs_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
