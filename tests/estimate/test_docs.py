"""The page names every gate, reason and error that this room can raise."""

from __future__ import annotations

import re
from pathlib import Path

import dadkhah.estimate as mse
from dadkhah.estimate.reasons import codes

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/estimate.md").read_text(encoding="utf-8")


def test_every_gate_and_reason_is_on_the_page() -> None:
    assert [code for code in codes() if f"`{code}`" not in PAGE] == []


def test_every_error_is_on_the_page() -> None:
    raised = set()
    for path in (ROOT / "src/dadkhah/estimate").glob("*.py"):
        raised |= set(re.findall(r'EstimateError\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert raised
    assert sorted(code for code in raised if f"`{code}`" not in PAGE) == []


def test_exported_names_are_sorted_and_there() -> None:
    assert sorted(mse.__all__, key=lambda n: (not n.isupper(), n[0].islower(), n)) == mse.__all__
    assert all(hasattr(mse, name) for name in mse.__all__)
