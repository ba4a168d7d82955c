"""Collecting from the command line: nothing goes online before somebody says yes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import PASSWORD, Run
from tests.sources.wires import serving, web


def test_it_asks_before_it_goes_online_and_keeps_what_came(tmp_path: Path, run: Run) -> None:
    case = tmp_path / "case"
    assert run("init", case, "--password", PASSWORD).code == 0
    with serving(web) as wire:
        asked = run("collect", wire.address("/moved"), "--private", case=case)
        assert asked.code == 4
        assert "Go online directly" in asked.out
        refused = run("collect", wire.address("/moved"), "--yes", case=case)
        assert "collect-private" in refused.err
        assert wire.asked == []
        done = run("collect", wire.address("/moved"), "--private", "--yes", case=case)
    assert done.code == 0, done.err
    assert len(wire.asked) == 2
    assert run("people", "Navid Sahrai", "--json", case=case).rows
    assert run("verify", case).code == 0
